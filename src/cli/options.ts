import type { OptionTable } from '../node/settings/option';
import { REPORTS, type ReportFormat } from '../node/reports/report';

const FORMS = Object.keys(REPORTS) as ReportFormat[];

/** Log that is read, and where what is found is written. */
export const INPUT = {
  kind: 'text',
  short: 'i',
  value: '<log>',
  help: 'Log file, also compressed (`.gz`, `.zst`, `.xz`, `.bz2`, `.zip`), or - for standard input; a log of several in a zip as `logs.zip/app.log`',
} as const;

export const OUTPUT = {
  kind: 'text',
  short: 'o',
  value: '<file>',
  help: 'Where to write; - for standard output',
  default: 'anomalies.txt',
} as const;

/** Options of reports. */
export const REPORT_OPTIONS = {
  output: OUTPUT,
  format: {
    kind: 'text',
    value: '<form>',
    help: 'Form of the report: text, json, csv, sarif, html, markdown or github (annotations of a workflow)',
    usual: "by the output's extension, else text",
    choices: FORMS,
  },
  allBlocks: { kind: 'switch', help: 'Write the blocks that are not anomalous, too' },
  failOnAnomaly: { kind: 'switch', help: 'Exit with 1 if there are anomalous blocks, with --known new ones' },
} as const satisfies OptionTable;

/** Options that say which configuration counts. */
export const CONFIG_OPTIONS = {
  config: {
    kind: 'text',
    value: '<file>',
    help: 'Settings',
    usual: 'of logcnn.config.json beside the log, else in the current folder, those that say how the log is read',
    excludes: { noConfig: '' },
  },
  noConfig: { kind: 'switch', help: 'Without settings of a file' },
} as const satisfies OptionTable;

/** Options of one whole scan beside those of every scan. */
export const RUN_OPTIONS = {
  since: {
    kind: 'text',
    value: '<time>',
    help: 'Only the records from this time on, for example 2025-03-01T10:15, without zone as the log writes its times',
  },
  until: { kind: 'text', value: '<time>', help: 'Only the records up to this time' },
  known: {
    kind: 'text',
    value: '<file>',
    help: 'JSON report of an earlier run, or fingerprints, one a line: the report says which findings are new, and --fail-on-anomaly counts only these',
  },
  rotated: {
    kind: 'switch',
    help: 'Read the files that the log was rotated to, too, as one log (app.log.2.gz, app.log.1, app.log); reasons name file and line',
  },
  threads: {
    kind: 'number',
    value: '<n>',
    minimum: 1,
    maximum: 64,
    isWhole: true,
    help: 'Threads that read a large log that a model knows',
    usual: 'as many as there are cores, at most 4',
  },
  saveParsed: {
    kind: 'text',
    value: '<folder>',
    help: 'Also write <stem>_structured.csv and <stem>_templates.csv',
  },
  saveFeatures: { kind: 'text', value: '<folder>', help: 'Also write x_<stem>.npy and blocks_<stem>.csv' },
} as const satisfies OptionTable;

/** Labelled sessions, which train-model and evaluate-model read. */
export const LABELLED_OPTIONS = {
  sequences: {
    kind: 'text',
    short: 's',
    value: '<csv>',
    help: 'Sessions as event sequences: BlockId,Label,Sequence and optionally InRawDev; also `.gz`',
  },
  input: INPUT,
  labels: {
    kind: 'text',
    short: 'l',
    value: '<csv>',
    help: "The labels of the log's blocks: BlockId,Label with Normal or Anomaly",
  },
} as const satisfies OptionTable;
