import type { FormatEntry } from '../formatEntry';

/** What setupapi logs about, by its short names. */
const SECTIONS = 'dvi|ndv|inf|cpy|ump|sto|flq|idb|cmi|pol|sig|bak|set|utl|prm|drv|sec|cci';

/** Phones, desktops and network devices. */
export const DEVICE_FORMATS: readonly FormatEntry[] = [
  {
    name: 'logcat',
    title: 'Android logcat',
    patterns: [
      '<time:MM-dd HH:mm:ssf> <pid:digits> <tid:digits> <level:letter> <component:text>: <content>',
      '<time:yyyy-MM-dd HH:mm:ssf> <pid:digits> <tid:digits> <level:letter> <component:text>: <content>',
      '<time:MM-dd HH:mm:ssf> <level:letter>/<component:text>(<pid:text>): <content>',
      '<time:yyyy-MM-dd HH:mm:ssf> <pid:digits>-<tid:digits> <component:text> <package:dotted> <level:letter> <content>',
      '<time:yyyy-MM-dd HH:mm:ssf> <pid:digits>-<tid:digits>/<package> <level:letter>/<component:text>: <content>',
      '<time:MM-dd HH:mm:ssf> <pid:digits>-<tid:digits>/<package> <level:letter>/<component:text>: <content>',
      '<level:letter>/<component:text>(<pid:text>): <content>',
    ],
    examples: [
      {
        line: '03-17 16:13:38.811  1702  2395 E WindowManager: Lost surface',
        content: 'Lost surface',
        level: 'error',
        time: '2000-03-17T16:13:38.811',
        component: 'WindowManager',
      },
      {
        line: '2024-05-01 10:00:00.123 4711-4722/com.example.shop E/ShopDb: Cannot open',
        content: 'Cannot open',
        level: 'error',
        time: '2024-05-01T10:00:00.123',
        component: 'ShopDb',
      },
      {
        line: '2024-05-01 10:00:00.123  4711-4722  ShopDb                  com.example.shop                     W  Slow',
        content: 'Slow',
        level: 'warn',
        time: '2024-05-01T10:00:00.123',
        component: 'ShopDb',
      },
      {
        line: 'W/ActivityManager( 585): Slow operation',
        content: 'Slow operation',
        level: 'warn',
        component: 'ActivityManager',
      },
    ],
  },
  {
    name: 'windows-cbs',
    title: 'Windows servicing (CBS)',
    patterns: [
      '<time:yyyy-MM-dd HH:mm:ss>, <level> <component:name> <content>',
      '<time:yyyy-MM-dd HH:mm:ss>, <level> <content>',
    ],
    examples: [
      {
        line: '2016-09-28 04:30:30, Error                 CBS    Failed to open package',
        content: 'Failed to open package',
        level: 'error',
        time: '2016-09-28T04:30:30',
        component: 'CBS',
      },
    ],
  },
  {
    name: 'setupapi',
    title: 'Windows setup (setupapi)',
    patterns: [
      '>>> Section start <content><time:yyyy/MM/dd HH:mm:ssf>',
      '>>>~~<content>',
      '\\<\\<\\<~~<content>',
      `<level:in !!!|!>{ }<component:in ${SECTIONS}>: <content>`,
      `~~~~~<component:in ${SECTIONS}>: <content>`,
    ],
    examples: [
      { line: '>>>  [Device Install - USB]', content: '[Device Install - USB]' },
      {
        line: '>>>  Section start 2024/05/01 10:00:00.123',
        content: '2024/05/01 10:00:00.123',
        time: '2024-05-01T10:00:00.123',
      },
      { line: '     dvi: Installing device', content: 'Installing device', component: 'dvi' },
      { line: '!!!  dvi: Device not started', content: 'Device not started', level: 'error', component: 'dvi' },
    ],
  },
  {
    name: 'healthapp',
    title: 'HealthApp (LogHub)',
    patterns: ['<time:yyyyMMdd-h:p:q:r>|<component:name>|<pid:digits>|<content>'],
    examples: [
      {
        line: '20171224-0:7:20:12|Step_LSC|30002312|onStandStepChanged 3579',
        content: 'onStandStepChanged 3579',
        time: '2017-12-24T00:07:20.012',
        component: 'Step_LSC',
      },
    ],
  },
  {
    name: 'proxifier',
    title: 'Proxifier',
    patterns: ['[<time:MM.dd HH:mm:ss>] <component:text> - <content>'],
    examples: [
      {
        line: '[10.30 16:49:06] chrome.exe - proxy.example.com:5070 open through proxy',
        content: 'proxy.example.com:5070 open through proxy',
        time: '2000-10-30T16:49:06',
        component: 'chrome.exe',
      },
    ],
  },
];
