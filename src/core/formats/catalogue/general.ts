import type { FormatEntry } from '../formatEntry';

const ISO = '<time:yyyy-MM-dd_HH:mm:ssfz>';

/** What no product in particular writes; tried after all others. */
export const GENERAL_FORMATS: readonly FormatEntry[] = [
  {
    name: 'logfmt',
    title: 'logfmt',
    logfmt: true,
    examples: [
      {
        line: 'time="2024-05-01T10:00:00Z" level=warning msg="no \\"x\\"" pod=a logger=kubelet',
        content: 'no \\"x\\"',
        level: 'warn',
        time: '2024-05-01T10:00:00',
        component: 'kubelet',
      },
      {
        line: 't=2024-05-01T10:00:00+0200 lvl=eror msg=gone err=EOF',
        content: 'gone',
        level: 'error',
        time: '2024-05-01T08:00:00',
      },
    ],
  },
  {
    name: 'iso-level',
    title: 'ISO 8601 time and level',
    patterns: [
      `${ISO} <level>: <content>`,
      `${ISO} [<level>]{:} <content>`,
      `${ISO} [<level>][<component:text>]: <content>`,
      `${ISO}:{ }<level>:{ }<content>`,
      `${ISO} <process:digits>]<level>:<component:name>:<content>`,
      `${ISO} - <level> - <content>`,
      `${ISO} | <level> | <content>`,
      `${ISO}|<level>{ }|<component:text>|<content>`,
      `${ISO} [<component:text>] <level>: <content>`,
      `${ISO} [<component:text>] <level> <content>`,
      `${ISO} [<level>] [<component:text>] <content>`,
      `${ISO} <level> [<thread:text>] <content>`,
      `${ISO} <level> <content>`,
      `[${ISO}] [<level>] [<thread:digits>] <component:name>: <content>`,
      `[${ISO}][<component:text>][<level>] <content>`,
      `[${ISO}] [<level>{ }] <content>`,
      `[${ISO}] [<component:text>] <level>: <content>`,
      `[${ISO}]{ }<level>{:} <content>`,
      `[${ISO} <level>] <content>`,
      `[<level>] ${ISO} <content>`,
      `[<level>] [${ISO}] <content>`,
      `<level>{:} [${ISO}]{:} <content>`,
      `<level>{:} ${ISO}{ -} <content>`,
      `(<letter:letter>) ${ISO} - <content>`,
      `\\<<letter:letter>>${ISO} <content>`,
    ],
    examples: [
      {
        line: '2024-05-01T10:00:00.5Z ERROR no space',
        content: 'no space',
        level: 'error',
        time: '2024-05-01T10:00:00.500',
      },
      {
        line: '[2024-05-01 10:00:00,123] [WARNING] slow',
        content: 'slow',
        level: 'warn',
        time: '2024-05-01T10:00:00.123',
      },
      { line: 'ERROR 2024-05-01T10:00:00 - no', content: 'no', level: 'error', time: '2024-05-01T10:00:00' },
      {
        line: '2024-05-01 10:00:00,123:DEBUG:foo bar',
        content: 'foo bar',
        level: 'debug',
        time: '2024-05-01T10:00:00.123',
      },
      {
        line: '2024-05-01T10:00:00Z [AUTH] WARN: Incorrect password',
        content: 'Incorrect password',
        level: 'warn',
        time: '2024-05-01T10:00:00',
        component: 'AUTH',
      },
    ],
  },
  {
    name: 'level-first',
    title: 'Level and message',
    patterns: ['[<level>]{:} <content>', '<level>: <content>', '<level> [<component:text>] <content>'],
    loose: true,
    ambiguous: true,
    examples: [
      { line: '[ERROR] Failed to execute goal', content: 'Failed to execute goal', level: 'error' },
      { line: 'INFO:     Application startup complete.', content: 'Application startup complete.', level: 'info' },
    ],
  },
  {
    name: 'go-log',
    title: 'Go log',
    patterns: [
      '<time:yyyy/MM/dd HH:mm:ssf> <component:word>.go:<line:digits>: <content>',
      '<time:yyyy/MM/dd HH:mm:ssf> <content>',
    ],
    examples: [
      {
        line: '2024/05/01 10:00:00 main.go:23: cannot listen',
        content: 'cannot listen',
        time: '2024-05-01T10:00:00',
        component: 'main',
      },
      {
        line: '2024/05/01 10:00:00 ERROR request failed status=500',
        content: 'ERROR request failed status=500',
        level: 'error',
        time: '2024-05-01T10:00:00',
      },
    ],
  },
];
