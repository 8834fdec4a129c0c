import type { FormatEntry } from '../formatEntry';

/** What ArcSight's Common Event Format has behind a header of syslog: `name` and what follows it is the content. */
const CEF =
  'CEF:<version:digits>|<vendor:text>|<component:text>|<release:text>|<signature:text>|<content><title:text>|<grade:grade>|';

/** Syslog, its relatives and what is usually found within it. */
export const SYSLOG_FORMATS: readonly FormatEntry[] = [
  {
    name: 'cef',
    title: 'Common Event Format (CEF)',
    patterns: [
      CEF,
      String.raw`{\<<pri:priority>>}<time:MMM D HH:mm:ssfz> <host:word> ${CEF}`,
      String.raw`{\<<pri:priority>>}<time:MMM D yyyy HH:mm:ssfz> <host:word> ${CEF}`,
      String.raw`{\<<pri:priority>>}<time:yyyy-MM-ddTHH:mm:ssfz> <host:word> ${CEF}`,
    ],
    examples: [
      {
        line: 'CEF:0|Acme|Gate|1.0|100|worm stopped|10|src=10.0.0.1',
        content: 'worm stopped|10|src=10.0.0.1',
        level: 'fatal',
        component: 'Gate',
      },
      {
        line: '<14>May  1 2024 10:00:00.5 +0200 fw1 CEF:0|Acme|Gate|1.0|7|port scan|Medium|src=10.0.0.1',
        content: 'port scan|Medium|src=10.0.0.1',
        level: 'warn',
        time: '2024-05-01T08:00:00.500',
        component: 'Gate',
        source: 'fw1',
      },
    ],
  },
  {
    name: 'syslog-5424',
    title: 'Syslog (RFC 5424)',
    patterns: [
      String.raw`\<<pri:priority>>1 <time:yyyy-MM-dd_HH:mm:ssfz> <host> <component> <pid> <message> <data:data> <content>`,
      String.raw`\<<pri:priority>>1 - <host> <component> <pid> <message> <data:data> <content>`,
      '<time:yyyy-MM-ddTHH:mm:ssfz> <host> <component> <pid> <message> [<data:text>] <content>',
    ],
    wraps: true,
    examples: [
      {
        line: '<35>1 2023-10-11T22:14:15.003Z web1 su 123 ID47 [meta id="4"] su failed for lonvick',
        content: 'su failed for lonvick',
        level: 'error',
        time: '2023-10-11T22:14:15.003',
        component: 'su',
        source: 'web1',
      },
      { line: '<14>1 - web1 app - - - started', content: 'started', component: 'app', source: 'web1' },
      {
        line: '2022-08-27T17:22:01.694554+03:00 edge1 CRON 20856 JOB [abc@6876 comp="x"] run',
        content: 'run',
        time: '2022-08-27T14:22:01.694',
        component: 'CRON',
        source: 'edge1',
      },
    ],
  },
  {
    name: 'syslog',
    title: 'Syslog (RFC 3164)',
    patterns: [
      String.raw`{\<<pri:priority>>}<time:MMM D HH:mm:ss> <host:word> <component:word>[<pid:digits>]{:} <content>`,
      String.raw`{\<<pri:priority>>}<time:MMM D HH:mm:ss> <host:word> <component:word>: <content>`,
      String.raw`{\<<pri:priority>>}<time:MMM D HH:mm:ss> <component:word>[<pid:digits>]: <content>`,
      String.raw`{\<<pri:priority>>}<time:MMM D yyyy HH:mm:ss> <host:word> <component:word>{[<pid:digits>]}: <content>`,
      String.raw`{\<<pri:priority>>}<time:MMM D HH:mm:ss> <host:word> <content>`,
    ],
    wraps: true,
    examples: [
      {
        line: 'Jun  4 15:16:01 combo sshd(pam_unix)[19939]: authentication failure; uid=0',
        content: 'authentication failure; uid=0',
        time: '2000-06-04T15:16:01',
        component: 'sshd(pam_unix)',
        source: 'combo',
      },
      {
        line: '<11>Oct 11 22:14:15 web1 cron: job failed',
        content: 'job failed',
        level: 'error',
        time: '2000-10-11T22:14:15',
        component: 'cron',
        source: 'web1',
      },
      {
        line: 'Jul  1 09:00:55 host-1 kernel[0]: error: Thermal pressure',
        content: 'error: Thermal pressure',
        level: 'error',
        time: '2000-07-01T09:00:55',
        component: 'kernel',
        source: 'host-1',
      },
      {
        line: 'Jul  1 09:00:55 host-1 --- last message repeated 1 time ---',
        content: '--- last message repeated 1 time ---',
        time: '2000-07-01T09:00:55',
        source: 'host-1',
      },
    ],
  },
  {
    name: 'syslog-iso',
    title: 'Syslog with ISO 8601 time',
    patterns: [
      String.raw`{\<<pri:priority>>}<time:yyyy-MM-ddTHH:mm:ssfz> <host:name> <component:word>[<pid:digits>]: <content>`,
      String.raw`{\<<pri:priority>>}<time:yyyy-MM-ddTHH:mm:ssfz> <host:name> <component:word>: <content>`,
    ],
    wraps: true,
    examples: [
      {
        line: '2024-10-31T12:38:21.817327+01:00 mail1 postfix/smtpd[2634372]: warning: non-SMTP command',
        content: 'warning: non-SMTP command',
        level: 'warn',
        time: '2024-10-31T11:38:21.817',
        component: 'postfix/smtpd',
        source: 'mail1',
      },
    ],
  },
  {
    name: 'dmesg',
    title: 'Linux kernel ring buffer',
    patterns: [String.raw`{\<<pri:priority>>}[<time:u>] <content>`],
    examples: [
      {
        line: '[    1.250000] usb 1-1: new high-speed USB device number 2',
        content: 'usb 1-1: new high-speed USB device number 2',
        time: '1970-01-01T00:00:01.250',
      },
      {
        line: '<3>[12.5] I/O error, dev sda',
        content: 'I/O error, dev sda',
        level: 'error',
        time: '1970-01-01T00:00:12.500',
      },
    ],
  },
  {
    name: 'auditd',
    title: 'Linux audit',
    patterns: ['type=<component:name> msg=audit(<time:X>:<serial:digits>): <content>'],
    examples: [
      {
        line: 'type=USER_LOGIN msg=audit(1373330716.415:4063): user pid=11998 uid=0',
        content: 'user pid=11998 uid=0',
        time: '2013-07-09T00:45:16.415',
        component: 'USER_LOGIN',
      },
    ],
  },
  {
    name: 'tai64n',
    title: 'multilog (TAI64N)',
    patterns: ['@<stamp:hex> <component:word>: <content>'],
    examples: [
      { line: '@40000000433225833b6e1a8c tcpserver: status: 5/30', content: 'status: 5/30', component: 'tcpserver' },
    ],
  },
];
