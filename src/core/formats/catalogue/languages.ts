import type { FormatEntry } from '../formatEntry';

/** The logging libraries of Python, Go, Rust, Ruby, PHP, .NET, JavaScript and Erlang. */
export const LANGUAGE_FORMATS: readonly FormatEntry[] = [
  {
    name: 'klog',
    title: 'glog and klog',
    patterns: [
      '<level:letter><time:MMdd HH:mm:ss.SSSSSS> <tid:digits> <component:word>] <content>',
      '<level:letter><time:yyyyMMdd HH:mm:ss.SSSSSS> <tid:digits> <component:word>] <content>',
    ],
    examples: [
      {
        line: 'E0501 10:00:00.123456    4711 reflector.go:138] Failed to watch *v1.Pod',
        content: 'Failed to watch *v1.Pod',
        level: 'error',
        time: '2000-05-01T10:00:00.123',
        component: 'reflector.go:138',
      },
    ],
  },
  {
    name: 'python-logging',
    title: 'Python logging',
    patterns: [
      '<time:yyyy-MM-dd HH:mm:ss,SSS> - <component:name> - <level> - <content>',
      '<time:yyyy-MM-dd HH:mm:ss,SSS> <level> (<thread:text>) [<component:text>] <content>',
      '<time:yyyy-MM-dd HH:mm:ss> <level> (<thread:text>) [<component:text>] <content>',
      '[<time:yyyy-MM-dd HH:mm:ss,SSS>] <level> in <component:name>: <content>',
      '[<time:yyyy-MM-dd HH:mm:ss,SSS>: <level>/<component:text>] <content>',
      '[<time:yyyy-MM-dd HH:mm:ss z>] [<pid:digits>] [<level>] <content>',
      '<time:yyyy-MM-dd HH:mm:ss.SSS> | <level> | <component:text> - <content>',
      '[<time:yyyy-MM-dd HH:mm:ss,SSS>] [<level>] [<component:text>] <content>',
      '<time:yyyy-MM-dd HH:mm:ss,SSS> <component:name>{[<pid:digits>]}: <level> <content>',
      '<level>:<component:name>:<content>',
    ],
    examples: [
      {
        line: '2024-05-01 10:00:00,123 - shop.orders - ERROR - Order 7 failed',
        content: 'Order 7 failed',
        level: 'error',
        time: '2024-05-01T10:00:00.123',
        component: 'shop.orders',
      },
      { line: 'WARNING:root:Disk is nearly full', content: 'Disk is nearly full', level: 'warn', component: 'root' },
      {
        line: '[2024-05-01 10:00:00,123: INFO/MainProcess] celery ready',
        content: 'celery ready',
        level: 'info',
        time: '2024-05-01T10:00:00.123',
        component: 'MainProcess',
      },
      {
        line: '[2024-05-01 10:00:00 +0000] [7] [CRITICAL] WORKER TIMEOUT (pid:9)',
        content: 'WORKER TIMEOUT (pid:9)',
        level: 'fatal',
        time: '2024-05-01T10:00:00',
      },
      {
        line: '2024-05-01 10:00:00.123 | SUCCESS  | app.main:run:12 - Done',
        content: 'Done',
        level: 'info',
        time: '2024-05-01T10:00:00.123',
        component: 'app.main:run:12',
      },
    ],
  },
  {
    name: 'zap-console',
    title: 'Go zap (console)',
    patterns: [
      '<time:yyyy-MM-ddTHH:mm:ss.SSSz> <level> <component:name> <caller:word>.go:<line:digits> <content>',
      '<time:yyyy-MM-ddTHH:mm:ss.SSSz> <level> <component:word>.go:<line:digits> <content>',
    ],
    examples: [
      {
        line: '2024-05-01T10:00:00.123+0200\tERROR\tstore/open.go:42\tCannot open\t{"path": "/x"}',
        content: 'Cannot open\t{"path": "/x"}',
        level: 'error',
        time: '2024-05-01T08:00:00.123',
        component: 'store/open',
      },
    ],
  },
  {
    name: 'rust-tracing',
    title: 'Rust tracing and env_logger',
    patterns: [
      String.raw`<time:yyyy-MM-ddTHH:mm:ssfz> <level> <spans:name>\{<span:text>\}: <component:name>: <content>`,
      '<time:yyyy-MM-ddTHH:mm:ssfz> <level> <component:dotted>: <content>',
      '[<time:yyyy-MM-ddTHH:mm:ssfz> <level> <component:word>] <content>',
    ],
    examples: [
      {
        line: '2024-05-01T10:00:00.123456Z  WARN app::store: lock is slow elapsed=3s',
        content: 'lock is slow elapsed=3s',
        level: 'warn',
        time: '2024-05-01T10:00:00.123',
        component: 'app::store',
      },
      {
        line: '[2024-05-01T10:00:00Z ERROR app::store] cannot open',
        content: 'cannot open',
        level: 'error',
        time: '2024-05-01T10:00:00',
        component: 'app::store',
      },
    ],
  },
  {
    name: 'ruby-logger',
    title: 'Ruby Logger',
    patterns: [
      '<letter:letter>, [<time:yyyy-MM-ddTHH:mm:ssf> #<pid:digits>] <level> -- <component:text>: <content>',
      '<letter:letter>, [<time:yyyy-MM-ddTHH:mm:ssf> #<pid:digits>] <level> -- : <content>',
    ],
    examples: [
      {
        line: 'E, [2024-05-01T10:00:00.123456 #1] ERROR -- : Failed login',
        content: 'Failed login',
        level: 'error',
        time: '2024-05-01T10:00:00.123',
      },
    ],
  },
  {
    name: 'monolog',
    title: 'Monolog and Laravel (PHP)',
    patterns: ['[<time:yyyy-MM-dd_HH:mm:ssfz>] <component:word>.<level>: <content>'],
    examples: [
      {
        line: '[2024-05-01 10:00:00] local.ERROR: Target class does not exist.',
        content: 'Target class does not exist.',
        level: 'error',
        time: '2024-05-01T10:00:00',
        component: 'local',
      },
    ],
  },
  {
    name: 'php',
    title: 'PHP error log',
    patterns: [
      '[<time:dd-MMM-yyyy HH:mm:ssz>] PHP <kind:text>: <content>',
      '[<time:dd-MMM-yyyy HH:mm:ssz>]{:} <content>',
    ],
    examples: [
      {
        line: '[01-May-2024 10:00:00 UTC] PHP Fatal error:  Uncaught Exception: no',
        content: 'Uncaught Exception: no',
        time: '2024-05-01T10:00:00',
      },
    ],
  },
  {
    name: 'dotnet-console',
    title: '.NET console',
    patterns: ['<level:in info|warn|fail|crit|dbug|trce>: <component:word>[<event:digits>]{ }'],
    next: '<content>',
    examples: [
      {
        line: 'fail: Microsoft.Hosting.Lifetime[14]\n      Cannot listen',
        content: 'Cannot listen',
        level: 'error',
        component: 'Microsoft.Hosting.Lifetime',
      },
    ],
  },
  {
    name: 'serilog',
    title: 'Serilog (.NET)',
    patterns: [
      '<time:yyyy-MM-dd HH:mm:ss.SSSz> [<level>] <content>',
      '[<time:yyyy-MM-dd HH:mm:ss.SSS z>] [<level>] [<thread:digits>] <component:name>: <content>',
      '[<time:HH:mm:ss> <level>] <content>',
    ],
    examples: [
      {
        line: '2024-05-01 10:00:00.123 +02:00 [WRN] Failed login attempt. 10.0.0.1',
        content: 'Failed login attempt. 10.0.0.1',
        level: 'warn',
        time: '2024-05-01T08:00:00.123',
      },
      { line: '[10:00:00 INF] Listening', content: 'Listening', level: 'info', time: '1970-01-01T10:00:00' },
    ],
  },
  {
    name: 'nlog',
    title: 'NLog (.NET)',
    patterns: ['<time:yyyy-MM-dd HH:mm:ssf>|<level>{ }|<component:text>|<content>'],
    examples: [
      {
        line: '2024-05-01 10:00:00.1|Warn|Auth|Auth-Failure ip 10.0.0.1',
        content: 'Auth-Failure ip 10.0.0.1',
        level: 'warn',
        time: '2024-05-01T10:00:00.100',
        component: 'Auth',
      },
    ],
  },
  {
    name: 'nestjs',
    title: 'NestJS',
    patterns: ['[Nest] <pid:digits> - <time:MM/dd/yyyy, h:mm:ss a> <level> [<component:text>] <content>'],
    examples: [
      {
        line: '[Nest] 7  - 05/01/2024, 7:32:47 PM    WARN [AuthService] Failed login attempt',
        content: 'Failed login attempt',
        level: 'warn',
        time: '2024-05-01T19:32:47',
        component: 'AuthService',
      },
    ],
  },
  {
    name: 'erlang',
    title: 'Erlang error logger',
    patterns: [
      '=<level> REPORT==== <time:yyyy-MM-dd HH:mm:ss> ===',
      '=<level> REPORT==== <time:D-MMM-yyyy::HH:mm:ssf> ===',
    ],
    next: '<content>',
    examples: [
      {
        line: '=ERROR REPORT==== 2024-05-01 10:00:00 ===\nI(<0.1.0>) : Lost connection',
        content: 'I(<0.1.0>) : Lost connection',
        level: 'error',
        time: '2024-05-01T10:00:00',
      },
    ],
  },
  {
    name: 'elixir',
    title: 'Elixir Logger',
    patterns: ['<time:HH:mm:ss.SSS> [<level>] <content>', '<time:HH:mm:ss.SSS> <metadata:text> [<level>] <content>'],
    examples: [
      {
        line: '18:37:23.568 user=postgres [error] Connection lost',
        content: 'Connection lost',
        level: 'error',
        time: '1970-01-01T18:37:23.568',
      },
    ],
  },
];
