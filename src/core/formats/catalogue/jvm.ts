import type { FormatEntry } from '../formatEntry';

/** The Java virtual machine: log4j, Logback, java.util.logging and servers that bring their own form. */
export const JVM_FORMATS: readonly FormatEntry[] = [
  {
    name: 'spring-boot',
    title: 'Spring Boot',
    patterns: [
      '<time:yyyy-MM-dd_HH:mm:ss.SSSz> <level> <pid:digits> --- [<application:text>] [<thread:text>] <component> : <content>',
      '<time:yyyy-MM-dd_HH:mm:ss.SSSz> <level> [<trace:text>] <pid:digits> --- [<thread:text>] <component> : <content>',
      '<time:yyyy-MM-dd_HH:mm:ss.SSSz> <level> <pid:digits> --- [<thread:text>] <component> : <content>',
    ],
    examples: [
      {
        line: '2024-05-01 10:00:00.123 ERROR 4711 --- [nio-8080-exec-1] c.e.shop.OrderController  : Order 7 failed',
        content: 'Order 7 failed',
        level: 'error',
        time: '2024-05-01T10:00:00.123',
        component: 'c.e.shop.OrderController',
      },
      {
        line: '2024-05-01T10:00:00.123+02:00  INFO 4711 --- [shop] [main] c.e.Shop : Started',
        content: 'Started',
        level: 'info',
        time: '2024-05-01T08:00:00.123',
        component: 'c.e.Shop',
      },
    ],
  },
  {
    name: 'logback',
    title: 'Logback',
    patterns: [
      '<time:HH:mm:ssf> [<thread:text>] <level> <component> - <content>',
      '<time:yyyy-MM-dd_HH:mm:ssfz> [<thread:text>] <level> <component> - <content>',
      '<time:HH:mm:ssf> [<thread:text>] {<correlation:name> }<level> <component> <method> - <content>',
      '<time:HH:mm:ssf> [<thread:text>] <level> <component:name> <content>',
      '<time:HH:mm:ssf> <level> <component:dotted> <content>',
    ],
    examples: [
      {
        line: '10:00:00.123 [main] DEBUG com.example.App - Starting up',
        content: 'Starting up',
        level: 'debug',
        time: '1970-01-01T10:00:00.123',
        component: 'com.example.App',
      },
      {
        line: '2024-05-01 10:00:00.123 [pool-1-thread-1] WARN  c.e.Pool - Queue is full',
        content: 'Queue is full',
        level: 'warn',
        time: '2024-05-01T10:00:00.123',
        component: 'c.e.Pool',
      },
      {
        line: '18:00:41.836 [XNIO-1 task-4]  m60z3CiLQl6JYcYLKG2y0A DEBUG c.n.ApiPath <init> - normalised = /token',
        content: 'normalised = /token',
        level: 'debug',
        time: '1970-01-01T18:00:41.836',
        component: 'c.n.ApiPath',
      },
    ],
  },
  {
    name: 'log4j',
    title: 'log4j',
    patterns: [
      '<time:yyyy-MM-dd_HH:mm:ssfz> <level> [<thread:text>] {(<place:text>) }<component:name> - <content>',
      '<time:yyyy-MM-dd_HH:mm:ssfz> <level> [<component:text>] (<thread:text>) <content>',
      '<time:yyyy-MM-dd_HH:mm:ssfz> [<thread:text>] <level> <component:name>: <content>',
      '<time:yyyy-MM-dd_HH:mm:ssfz> <level> <component:name>:<line:digits> - <content>',
      '<time:yyyy-MM-dd_HH:mm:ssfz> <level> <component:name> [<thread:text>] <content>',
      '<time:yyyy-MM-dd_HH:mm:ssfz> <level> <component:name> - <content>',
      '<millis:digits> [<thread:text>] <level> <component:name> {<ndc:word> }- <content>',
    ],
    examples: [
      {
        line: '2024-05-01 10:00:00,123 ERROR [http-1] com.example.Shop - Cannot connect',
        content: 'Cannot connect',
        level: 'error',
        time: '2024-05-01T10:00:00.123',
        component: 'com.example.Shop',
      },
      {
        line: '2023-05-25 22:24:19,357 WARN  [org.key.events] (executor-thread-3) type=LOGIN_ERROR',
        content: 'type=LOGIN_ERROR',
        level: 'warn',
        time: '2023-05-25T22:24:19.357',
        component: 'org.key.events',
      },
      {
        line: '176 [main] INFO org.example.Sort - Populating an array',
        content: 'Populating an array',
        level: 'info',
        component: 'org.example.Sort',
      },
    ],
  },
  {
    name: 'tomcat',
    title: 'Apache Tomcat',
    patterns: ['<time:dd-MMM-yyyy HH:mm:ss.SSS> <level> [<thread:text>] <component:name> <content>'],
    examples: [
      {
        line: '01-May-2024 10:00:00.123 SEVERE [main] org.apache.catalina.Catalina.start Cannot start server',
        content: 'Cannot start server',
        level: 'error',
        time: '2024-05-01T10:00:00.123',
        component: 'org.apache.catalina.Catalina.start',
      },
    ],
  },
  {
    name: 'java-util-logging',
    title: 'java.util.logging',
    patterns: [
      '<time:MMM D, yyyy h:mm:ss a> <component:name> <method:word>{ }',
      '<time:MMM D, yyyy h:mm:ss a> <component:name>{ }',
    ],
    next: '<level>: <content>',
    examples: [
      {
        line: 'May 1, 2024 2:00:00 PM com.example.App main\nWARNING: Queue is full',
        content: 'Queue is full',
        level: 'warn',
        time: '2024-05-01T14:00:00',
        component: 'com.example.App',
      },
    ],
  },
  {
    name: 'jvm-gc',
    title: 'Java garbage collection',
    patterns: [
      '<time:yyyy-MM-ddTHH:mm:ssfz>: <uptime:word>: <content>',
      '[<time:u>s][<level>][<component:text>] <content>',
    ],
    examples: [
      {
        line: '2016-12-19T16:31:46.725+0100: 1.595: [GC pause (G1) (young), 0.0096173 secs]',
        content: '[GC pause (G1) (young), 0.0096173 secs]',
        time: '2016-12-19T15:31:46.725',
      },
      {
        line: '[0.015s][info][gc,start] GC(0) Pause Young',
        content: 'GC(0) Pause Young',
        level: 'info',
        time: '1970-01-01T00:00:00.015',
        component: 'gc,start',
      },
    ],
  },
];
