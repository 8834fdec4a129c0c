import type { FormatEntry } from '../formatEntry';

/** Supercomputers, Hadoop and its relatives, OpenStack: the systems of the LogHub collection. */
export const CLUSTER_FORMATS: readonly FormatEntry[] = [
  {
    name: 'bgl',
    title: 'Blue Gene/L RAS',
    patterns: [
      '<label> <stamp:digits> <day> <node> <time:yyyy-MM-dd-HH.mm.ss.SSSSSS> <place> <type> <component> <level> <content>',
      '<stamp:digits> <day> <node> <time:yyyy-MM-dd-HH.mm.ss.SSSSSS> <place> <type> <component> <level> <content>',
    ],
    examples: [
      {
        line: '- 1117838570 2005.06.03 R02-M1 2005-06-03-15.42.50.675872 R02-M1 RAS KERNEL INFO parity error corrected',
        content: 'parity error corrected',
        level: 'info',
        time: '2005-06-03T15:42:50.675',
        component: 'KERNEL',
        source: 'R02-M1',
      },
      {
        line: 'KERNDTLB 1117869872 2005.06.04 R23 2005-06-04-00.24.32.432192 R23 RAS KERNEL FATAL data TLB error interrupt',
        content: 'data TLB error interrupt',
        level: 'fatal',
        time: '2005-06-04T00:24:32.432',
        component: 'KERNEL',
        source: 'R23',
      },
    ],
  },
  {
    name: 'thunderbird',
    title: 'Thunderbird, Spirit and Liberty (syslog with alert label)',
    patterns: [
      '<label> <stamp:digits> <day:word> <node> <time:MMM D HH:mm:ss> <host> <component:word>[<pid:digits>]: <content>',
      '<label> <stamp:digits> <day:word> <node> <time:MMM D HH:mm:ss> <host> <component:word>: <content>',
      '<label> <stamp:digits> <day:word> <node> <time:MMM D HH:mm:ss> <host> <content>',
    ],
    examples: [
      {
        line: '- 1131566461 2005.11.09 dn228 Nov 9 12:01:01 dn228/dn228 crond[2915]: session closed',
        content: 'session closed',
        time: '2000-11-09T12:01:01',
        component: 'crond',
        source: 'dn228',
      },
    ],
  },
  {
    name: 'hpc',
    title: 'HPC (LogHub)',
    patterns: ['<id:digits> <node> <component:name> <state> <time:X> <flag:digits> <content>'],
    examples: [
      {
        line: '134681 node-246 unix.hw state_change.unavailable 1077804742 1 Component is unavailable',
        content: 'Component is unavailable',
        time: '2004-02-26T14:12:22',
        component: 'unix.hw',
        source: 'node-246',
      },
    ],
  },
  {
    name: 'hdfs',
    title: 'Hadoop HDFS',
    patterns: ['<time:yyMMdd HHmmss> <pid:digits> <level> <component:name>: <content>'],
    examples: [
      {
        line: '081109 203615 148 INFO dfs.DataNode$PacketResponder: Received block blk_1',
        content: 'Received block blk_1',
        level: 'info',
        time: '2008-11-09T20:36:15',
        component: 'dfs.DataNode$PacketResponder',
      },
    ],
  },
  {
    name: 'spark',
    title: 'Apache Spark',
    patterns: ['<time:yy/MM/dd HH:mm:ss> <level> <component:name>: <content>'],
    examples: [
      {
        line: '17/06/09 20:10:40 WARN executor.Backend: Lost task 1.0',
        content: 'Lost task 1.0',
        level: 'warn',
        time: '2017-06-09T20:10:40',
        component: 'executor.Backend',
      },
    ],
  },
  {
    name: 'zookeeper',
    title: 'Apache ZooKeeper',
    patterns: [
      '<time:yyyy-MM-dd HH:mm:ss,SSS> - <level> [<thread:text>] - <content>',
      '<time:yyyy-MM-dd HH:mm:ss,SSS> [myid:<id:text>] - <level> [<thread:text>] - <content>',
    ],
    examples: [
      {
        line: '2015-07-29 19:04:12,394 - WARN  [Send:1:Cnxn$Send@688] - Send worker leaving thread',
        content: 'Send worker leaving thread',
        level: 'warn',
        time: '2015-07-29T19:04:12.394',
      },
    ],
  },
  {
    name: 'hadoop',
    title: 'Apache Hadoop',
    patterns: [
      '<time:yyyy-MM-dd HH:mm:ss,SSS> <level> [<thread:text>] <component:name>: <content>',
      '<time:yyyy-MM-dd HH:mm:ss,SSS> <level> <component:dotted>: <content>',
    ],
    examples: [
      {
        line: '2015-10-18 18:01:47,978 INFO [Socket Reader #1 for port 62260] org.apache.hadoop.ipc.Server: Starting',
        content: 'Starting',
        level: 'info',
        time: '2015-10-18T18:01:47.978',
        component: 'org.apache.hadoop.ipc.Server',
      },
      {
        line: '2015-10-18 18:01:47,978 ERROR org.apache.hadoop.hdfs.DataNode: Exception in serveBlock',
        content: 'Exception in serveBlock',
        level: 'error',
        time: '2015-10-18T18:01:47.978',
        component: 'org.apache.hadoop.hdfs.DataNode',
      },
    ],
  },
  {
    name: 'kafka',
    title: 'Apache Kafka',
    patterns: [
      '[<time:yyyy-MM-dd HH:mm:ss,SSS>] <level> <content><text:text>(kafka.',
      '[<time:yyyy-MM-dd HH:mm:ss,SSS>] <level> <content><text:text>(org.apache.',
    ],
    examples: [
      {
        line: '[2016-12-19 16:31:47,437] INFO [Controller 0]: starting up (kafka.controller.KafkaController)',
        content: '[Controller 0]: starting up (kafka.controller.KafkaController)',
        level: 'info',
        time: '2016-12-19T16:31:47.437',
      },
    ],
  },
  {
    name: 'openstack',
    title: 'OpenStack (oslo.log)',
    patterns: [
      '<time:yyyy-MM-dd HH:mm:ss.SSS> <pid:digits> <level> <component:name> [<request:text>] <content>',
      '<file:name>:<stamp:digits>:<seconds:digits> <time:yyyy-MM-dd HH:mm:ss.SSS> <pid:digits> <level> <component:name> [<request:text>] <content>',
      '<file:word> <time:yyyy-MM-dd HH:mm:ss.SSS> <pid:digits> <level> <component:name> [<request:text>] <content>',
      '<time:yyyy-MM-dd HH:mm:ss.SSS> <pid:digits> <level> <component:name> <content>',
      '<level> <component:name> [req-<request:text>] <content>',
      '<level> <component:name> [-] <content>',
    ],
    examples: [
      {
        line: '2017-05-16 00:00:00.008 25746 INFO nova.wsgi.server [req-38101a0b 113d54fa] 10.1.2.3 "GET /v2"',
        content: '10.1.2.3 "GET /v2"',
        level: 'info',
        time: '2017-05-16T00:00:00.008',
        component: 'nova.wsgi.server',
      },
      {
        line: 'nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.272 25746 WARNING nova.compute [-] Lost it',
        content: 'Lost it',
        level: 'warn',
        time: '2017-05-16T00:00:00.272',
        component: 'nova.compute',
      },
      {
        line: 'INFO os_vif [req-a4498d64] Successfully plugged vif',
        content: 'Successfully plugged vif',
        level: 'info',
        component: 'os_vif',
      },
    ],
  },
];
