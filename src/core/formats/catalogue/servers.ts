import type { FormatEntry } from '../formatEntry';

/** Methods of HTTP. */
const METHODS = 'GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH|PROPFIND|DEBUG|TRACE|SEARCH|CONNECT';

/** Web servers, proxies, databases and other servers. */
export const SERVER_FORMATS: readonly FormatEntry[] = [
  {
    name: 'apache-error',
    title: 'Apache error log',
    patterns: [
      '[<time:E MMM D HH:mm:ssf yyyy>] [{<component:name>}:<level>] [pid <pid:text>] {[client <client:text>] }<content>',
      '[<time:E MMM D HH:mm:ssf yyyy>] [<level>] {[client <client:text>] }<content>',
    ],
    examples: [
      {
        line: '[Sun Dec 04 04:47:44 2005] [error] [client 10.0.0.1] File does not exist: /x',
        content: 'File does not exist: /x',
        level: 'error',
        time: '2005-12-04T04:47:44',
      },
      {
        line: '[Fri Oct 08 17:08:41.203277 2021] [core:error] [pid 7:tid 14] [client ::1:37752] AH00126: Invalid URI',
        content: 'AH00126: Invalid URI',
        level: 'error',
        time: '2021-10-08T17:08:41.203',
        component: 'core',
      },
    ],
  },
  {
    name: 'nginx-error',
    title: 'nginx error log',
    patterns: ['<time:yyyy/MM/dd HH:mm:ssf> [<level>] <pid:digits>#<tid:digits>: {*<connection:digits> }<content>'],
    examples: [
      {
        line: '2024/05/01 10:00:00 [crit] 20#20: *9 connect() failed, client: 10.0.0.1',
        content: 'connect() failed, client: 10.0.0.1',
        level: 'fatal',
        time: '2024-05-01T10:00:00',
      },
    ],
  },
  {
    name: 'access-log',
    title: 'Web access log (common or combined)',
    patterns: [
      '<client> <identity> <user> [<time:dd/MMM/yyyy:HH:mm:ssfz>] <content>"<request:quoted>" <status:status> <size>',
      '<client> <identity> <user> [<time:dd/MMM/yyyy:HH:mm:ssfz>] <content>"<request:quoted>" <status:status>',
      '<host> <client> <identity> <user> [<time:dd/MMM/yyyy:HH:mm:ssfz>] <content>"<request:quoted>" <status:status>',
      '<client> <identity> <user> <more> [<time:dd/MMM/yyyy:HH:mm:ssfz>{ }] <vhost> <content>"<request:quoted>" <status:status>',
      '<client> <identity> <user> [<time:MM/dd/yyyy:HH:mm:ssfz>] <content>"<request:quoted>" <status:status>',
    ],
    examples: [
      {
        line: '10.0.0.1 - bob [10/Oct/2023:13:55:36 -0700] "GET /a \\"b\\" HTTP/1.1" 503 23 "-" "curl/8"',
        content: '"GET /a \\"b\\" HTTP/1.1" 503 23 "-" "curl/8"',
        level: 'error',
        time: '2023-10-10T20:55:36',
      },
      {
        line: 'example.com 10.0.0.1 - - [10/Oct/2023:13:55:36 +0000] "GET / HTTP/1.1" 200 5',
        content: '"GET / HTTP/1.1" 200 5',
        level: 'info',
        time: '2023-10-10T13:55:36',
        source: 'example.com',
      },
    ],
  },
  {
    name: 'haproxy',
    title: 'HAProxy',
    patterns: [
      '<client> [<time:dd/MMM/yyyy:HH:mm:ss.SSS>] <component> <backend> <timers:word> <status:status> <content>',
      '<client> [<time:dd/MMM/yyyy:HH:mm:ss.SSS>] <component> <backend> <content>',
    ],
    examples: [
      {
        line: '10.0.0.1:14853 [14/Jan/2015:12:48:57.127] https-in~ app/node1 170/0/0/3/173 503 739 - - --NN',
        content: '739 - - --NN',
        level: 'error',
        time: '2015-01-14T12:48:57.127',
        component: 'https-in~',
      },
    ],
  },
  {
    name: 'aws-load-balancer',
    title: 'AWS load balancer',
    patterns: [
      '<type:in https|http|h2|wss|ws|grpcs> <time:yyyy-MM-ddTHH:mm:ssfz> <component> <client> <target> <a> <b> <c> <status:status> <content>',
      '<type:in https|http|h2|wss|ws|grpcs> <time:yyyy-MM-ddTHH:mm:ssfz> <component> <content>',
    ],
    examples: [
      {
        line: 'http 2023-04-26T12:22:55.463821Z app/a/4 10.0.0.1:44740 10.0.0.2:80 0.000 0.1 0.0 502 502 41 "GET"',
        content: '502 41 "GET"',
        level: 'error',
        time: '2023-04-26T12:22:55.463',
        component: 'app/a/4',
      },
    ],
  },
  {
    name: 'w3c',
    title: 'W3C extended log (IIS)',
    patterns: [
      '#<directive:in Software|Version|Date|Fields|Remark|Start-Date|End-Date>: <content>',
      `<time:yyyy-MM-dd HH:mm:ss> <server:word> <method:in ${METHODS}> <content>`,
      `<time:yyyy-MM-dd HH:mm:ss> <site:word> <computer:word> <server:word> <method:in ${METHODS}> <content>`,
    ],
    columns: true,
    examples: [
      { line: '#Version: 1.0', content: '1.0' },
      {
        line: '2015-01-13 00:32:17 W3SVC1 WEB1 10.0.0.1 GET /robots.txt - 80',
        content: '/robots.txt - 80',
        time: '2015-01-13T00:32:17',
      },
      {
        line: '2015-01-13 00:32:17 10.0.0.1 GET /robots.txt - 80 - 10.0.0.2 Bing 404 0 2 1405',
        content: '/robots.txt - 80 - 10.0.0.2 Bing 404 0 2 1405',
        time: '2015-01-13T00:32:17',
      },
    ],
  },
  {
    name: 'squid',
    title: 'Squid access log',
    patterns: ['<time:X> <elapsed:digits> <client> <result:word>/<code:digits> <content>'],
    examples: [
      {
        line: '1386543323.000      4 10.0.0.1 TCP_DENIED/403 4099 GET http://example.com/',
        content: '4099 GET http://example.com/',
        time: '2013-12-08T22:55:23',
      },
    ],
  },
  {
    name: 'uwsgi',
    title: 'uWSGI',
    patterns: [
      '[pid: <pid:digits>|app: <app:text>|req: <request:text>] <client:text> [<time:E MMM D HH:mm:ss yyyy>] <content>',
    ],
    examples: [
      {
        line: '[pid: 8|app: 0|req: 1/1] 127.0.0.1 () {38 vars} [Sun Mar 13 22:49:12 2016] POST /m => generated 47 bytes',
        content: 'POST /m => generated 47 bytes',
        time: '2016-03-13T22:49:12',
      },
    ],
  },
  {
    name: 'gin',
    title: 'Gin (Go)',
    patterns: [
      '[GIN] <time:yyyy/MM/dd - HH:mm:ss> | <status:status> | <content>',
      '[GIN-<mode:name>] [<level>] <content>',
      '[GIN-<mode:name>] <content>',
    ],
    examples: [
      {
        line: '[GIN] 2024/05/01 - 10:49:33 | 500 |     505µs |       10.1.2.3 | POST     "/client"',
        content: '505µs |       10.1.2.3 | POST     "/client"',
        level: 'error',
        time: '2024-05-01T10:49:33',
      },
    ],
  },
  {
    name: 'postgresql',
    title: 'PostgreSQL',
    patterns: [
      '<time:yyyy-MM-dd HH:mm:ssfz> [<pid:text>] {<session:word> }<level>: <content>',
      '<client:word> <time:yyyy-MM-dd HH:mm:ssfz> [<pid:text>] {<session:word> }<level>: <content>',
    ],
    multiline: true,
    examples: [
      {
        line: '2024-05-01 10:00:00.123 CEST [4711] shop@db FATAL:  password authentication failed',
        content: 'password authentication failed',
        level: 'fatal',
        time: '2024-05-01T10:00:00.123',
      },
      {
        line: '2024-05-01 10:00:00.123 UTC [4711-1] LOG:  starting',
        content: 'starting',
        level: 'info',
        time: '2024-05-01T10:00:00.123',
      },
    ],
  },
  {
    name: 'mysql',
    title: 'MySQL and MariaDB',
    patterns: [
      '<time:yyyy-MM-ddTHH:mm:ssfz> <thread:digits> [<level>] [<code:text>] [<component:text>] <content>',
      '<time:yyyy-MM-ddTHH:mm:ssfz> <thread:digits> [<level>] <content>',
      '<time:yyyy-MM-dd h:mm:ss> <thread:digits> [<level>] <content>',
      '<time:yyMMdd h:mm:ss> [<level>] <content>',
      '<time:yyyy-MM-ddTHH:mm:ssfz> <thread:digits> <component:in Query|Connect|Quit|Prepare|Execute|Close|Init DB|Field List> <content>',
    ],
    examples: [
      {
        line: '2024-05-01T10:00:00.123456Z 5 [Warning] [MY-010068] [Server] CA certificate is self signed.',
        content: 'CA certificate is self signed.',
        level: 'warn',
        time: '2024-05-01T10:00:00.123',
        component: 'Server',
      },
      {
        line: '130324  0:04:00 [ERROR] Access denied',
        content: 'Access denied',
        level: 'error',
        time: '2013-03-24T00:04:00',
      },
    ],
  },
  {
    name: 'mysql-slow',
    title: 'MySQL slow query log',
    patterns: ['# Time: <content><time:yyyy-MM-ddTHH:mm:ssfz>', '# Time: <content><time:yyMMdd h:mm:ss>'],
    multiline: true,
    examples: [
      {
        line: '# Time: 2024-05-01T10:00:00.123Z',
        content: '2024-05-01T10:00:00.123Z',
        time: '2024-05-01T10:00:00.123',
      },
    ],
  },
  {
    name: 'mongodb',
    title: 'MongoDB (before 4.4)',
    patterns: [
      '<time:yyyy-MM-ddTHH:mm:ss.SSSz> <level:letter> <component:word> [<context:text>] <content>',
      '<time:yyyy-MM-ddTHH:mm:ss.SSSz> [<component:in conn|initandlisten|signalProcessingThread>{<connection:digits>}] <content>',
    ],
    examples: [
      {
        line: '2024-05-01T10:00:00.110+0100 E  ACCESS   [conn1] Failed to authenticate root@admin',
        content: 'Failed to authenticate root@admin',
        level: 'error',
        time: '2024-05-01T09:00:00.110',
        component: 'ACCESS',
      },
    ],
  },
  {
    name: 'redis',
    title: 'Redis and Valkey',
    patterns: [
      '<pid:digits>:<role:in M|S|C|X> <time:D MMM yyyy HH:mm:ssf> <level:in *|#|.|-> <content>',
      '[<pid:digits>:<role:in M|S|C|X>] <time:D MMM yyyy HH:mm:ssf> <level:in *|#|.|-> <content>',
      '<pid:digits>:<role:in M|S|C|X> <time:D MMM HH:mm:ssf> <level:in *|#|.|-> <content>',
      '[<pid:digits>] <time:D MMM HH:mm:ssf> <level:in *|#|.|-> <content>',
    ],
    examples: [
      {
        line: '7:M 01 May 2024 10:00:00.123 # Cannot save in background',
        content: 'Cannot save in background',
        level: 'warn',
        time: '2024-05-01T10:00:00.123',
      },
      {
        line: '[7:C] 01 May 2024 10:00:00.123 * Starting',
        content: 'Starting',
        level: 'info',
        time: '2024-05-01T10:00:00.123',
      },
      {
        line: '7:S 01 May 10:00:00.123 - Client closed connection',
        content: 'Client closed connection',
        level: 'debug',
        time: '2000-05-01T10:00:00.123',
      },
    ],
  },
  {
    name: 'ceph',
    title: 'Ceph',
    patterns: [
      '<time:yyyy-MM-dd_HH:mm:ss.SSSSSSz> 7<thread:hex> <level:in -1> <content>',
      '<time:yyyy-MM-dd_HH:mm:ss.SSSSSSz> 7<thread:hex> <verbosity:digits> <content>',
    ],
    examples: [
      {
        line: '2024-05-01T10:00:00.123456+0000 7f12ab34cd00 -1 rocksdb: checksum mismatch',
        content: 'rocksdb: checksum mismatch',
        level: 'error',
        time: '2024-05-01T10:00:00.123',
      },
      {
        line: '2024-05-01 10:00:00.123456 7f12ab34cd00  0 starting mon.a',
        content: 'starting mon.a',
        time: '2024-05-01T10:00:00.123',
      },
    ],
  },
  {
    name: 'asterisk',
    title: 'Asterisk',
    patterns: [
      '[<time:yyyy-MM-dd HH:mm:ssf>] <level>[<pid:text>] <component:word>: <content>',
      '[<time:MMM D HH:mm:ss>] <level>[<pid:text>] <component:word>: <content>',
      '[<time:MMM D HH:mm:ss>] <kind:name>[<pid:text>] <component:word> <content>',
    ],
    examples: [
      {
        line: '[2024-05-01 10:00:00] NOTICE[1638] chan_sip.c: Registration failed',
        content: 'Registration failed',
        level: 'info',
        time: '2024-05-01T10:00:00',
        component: 'chan_sip.c',
      },
    ],
  },
  {
    name: 'vmware',
    title: 'VMware',
    patterns: ['<time:yyyy-MM-ddTHH:mm:ss.SSSz> <level> <component:name>[<pid:text>] [<origin:text>] <content>'],
    examples: [
      {
        line: '2022-06-02T11:58:12.193Z warning vpxd[45715] [Originator@6876 sub=lro] -- BEGIN lro-846063',
        content: '-- BEGIN lro-846063',
        level: 'warn',
        time: '2022-06-02T11:58:12.193',
        component: 'vpxd',
      },
    ],
  },
];
