import type { Option, OptionTable, OptionValue } from './option';

/**
 * The options that say how a log is scanned, each once: what stands here is what the flags, logcnn.config.json, its JSON
 * Schema, the editor's settings and the documentation know. The order is that of the documentation.
 *
 * Whether a key of a configuration may be used depends on who wrote the file. One that is named, or that lies in a trusted
 * workspace, is used as a whole. One in a workspace that is not trusted is not used at all: every key can hide findings.
 * One that was merely found says how the log is read, for that can hardly be found elsewhere and is always reported, but
 * neither what is reported of it nor which files are opened.
 */
export const SCAN_OPTIONS = {
  logFormat: {
    kind: 'text',
    value: '<format>',
    help: 'How the records begin: the name of a format, a pattern such as `<Date> <Time> <Level> <Component>: <Content>`, or a regular expression with `(?<content>…)`',
    usual: 'detected',
    config: {
      wanted: 'the name of a format, a pattern with <Content>, or a regular expression with (?<content>…)',
      harm: 'takes the model out, and may make one record of many',
      ifFound: 'used',
    },
    setting: { default: '' },
  },
  encoding: {
    kind: 'text',
    value: '<name>',
    help: 'Encoding of the log by its name in the WHATWG Encoding Standard, such as `windows-1252` or `shift_jis`, or `utf-32le`; a byte order mark wins over it',
    usual: 'detected',
    config: {
      wanted: 'the name of an encoding, such as "windows-1252"',
      harm: 'makes other characters of those that are read',
      ifFound: 'used',
    },
    setting: { default: '' },
  },
  sessionKey: {
    kind: 'text',
    value: '<regex>',
    help: 'Regular expression for the session key in a message; its first group is the key if it has one',
    usual: "the model's, or found",
    formerNames: ['sessionPattern'],
    config: {
      wanted: 'a regular expression',
      harm: 'may tie all records into one block, or leave all of them out',
      ifFound: 'used',
    },
    setting: { default: '' },
  },
  mask: {
    kind: 'list',
    value: '<regex>',
    help: 'Regular expression for what is variable in messages',
    formerNames: ['masks'],
    config: {
      wanted: 'a regular expression, or a list of them',
      harm: 'may make all messages alike',
      ifFound: 'used',
    },
  },
  unsupervised: {
    kind: 'switch',
    help: 'Judge without labels, even if a model fits',
    config: { wanted: 'true or false', harm: 'takes the model out', ifFound: 'used' },
  },
  threshold: {
    kind: 'number',
    value: '<0…1>',
    minimum: 0,
    maximum: 1,
    help: 'Score from 0 to 1 from which a block is anomalous',
    usual: "the model's",
    config: { wanted: 'a number from 0 to 1', harm: 'hides what scores less', ifFound: 'lowering' },
    setting: { default: null },
  },
  maxFindings: {
    kind: 'number',
    value: '<n>',
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    isWhole: true,
    help: 'How many findings are told at most, those of the highest score first',
    usual: 'all',
    formerNames: ['maximumFindings'],
    config: { wanted: 'a whole number from 0', harm: 'hides all findings but the first', ifFound: 'left out' },
    setting: { default: 5000, minimum: 1, maximum: 100_000 },
  },
  suppress: {
    kind: 'list',
    value: '<template>',
    help: 'Finding that is not told: a template as reasons show it, or a fingerprint',
    config: {
      wanted: 'a template or fingerprint, or a list of them',
      harm: 'hides findings',
      ifFound: 'left out',
    },
  },
  exclude: {
    kind: 'list',
    value: '<pattern>',
    help: 'File pattern of logs that are not scanned unless they are named',
    config: {
      wanted: 'a file pattern such as "*.old.log", or a list of them',
      harm: 'hides logs where several are scanned',
      ifFound: 'left out',
    },
  },
  model: {
    kind: 'text',
    short: 'm',
    value: '<bundle>',
    help: 'Model that judges: the folder of a bundle, or a `.onnx` file with its `profile.json` beside it',
    usual: 'the bundled model that fits the log, else the log is judged without labels',
    excludes: {
      unsupervised: '',
      logFormat: 'a model reads its own format',
      baseline: 'a model has its own idea of what is normal',
    },
    formerNames: ['modelPath'],
    config: {
      wanted: 'the path of a model bundle',
      harm: 'has a file loaded as a network, which then says what is found',
      ifFound: 'left out',
    },
    setting: { default: '' },
  },
  baseline: {
    kind: 'list',
    value: '<log>',
    help: 'Log that is believed good: what the log has beyond it is told',
    formerNames: ['baselines'],
    config: {
      wanted: 'the path of a log believed good, or a list of such paths',
      harm: 'has other files read, and hides what they have too',
      ifFound: 'left out',
    },
  },
} as const satisfies OptionTable;

/** Name of an option that says how a log is scanned. */
export type ScanOptionName = keyof typeof SCAN_OPTIONS;

/** What those options are given. */
export type ScanOptionValues = { [K in ScanOptionName]?: OptionValue<(typeof SCAN_OPTIONS)[K]> };

/** The names in the order of the documentation. */
export const SCAN_OPTION_NAMES = Object.keys(SCAN_OPTIONS) as ScanOptionName[];

/** The names that an option once had. */
export function formerNamesOf(name: ScanOptionName): readonly string[] {
  const option: Option = SCAN_OPTIONS[name];
  return option.formerNames ?? [];
}
