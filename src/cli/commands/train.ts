import { basename, join, resolve } from 'node:path';
import { HDFS_FORMAT } from '../../core/formats/logFormat';
import { evaluationText } from '../../core/evaluation/evaluationText';
import { UsageError } from '../usageError';
import { STANDARD_OUTPUT } from '../../node/files/outputPlace';
import { refuseOverwrittenInputs } from '../../node/files/overwrittenInput';
import { trainBundle, type TrainingData } from '../../node/training/trainBundle';
import { SCAN_OPTIONS } from '../../node/settings/options';
import { defineCommand } from '../command';
import { LABELLED_OPTIONS } from '../options';
import { EXIT } from '../program';
import { tell } from '../standardError';

/** Trains a model. */
export const TRAIN = defineCommand({
  name: 'train',
  summary: 'Train a model on labelled sessions',
  usages: [
    '--sequences <csv> --templates <csv> --output <bundle> [options]',
    '--input <log> --labels <csv> --output <bundle> [options]',
  ],
  description:
    'Trains a LogCNN on labelled sessions, measures it beside simple baselines on sessions that were kept from it, and writes a model bundle: model.onnx, profile.json and the model card README.md.',
  options: {
    ...LABELLED_OPTIONS,
    input: { ...LABELLED_OPTIONS.input, help: `${LABELLED_OPTIONS.input.help}; its templates are learned` },
    templates: { kind: 'text', short: 't', value: '<csv>', help: 'The events of the sequences: EventId,Template' },
    output: { kind: 'text', short: 'o', value: '<bundle>', help: 'Folder of the bundle; made if missing' },
    name: { kind: 'text', value: '<name>', help: 'Name of the model', usual: 'that of the folder' },
    header: { kind: 'text', value: '<format>', help: 'How a record begins', usual: HDFS_FORMAT.header },
    time: {
      kind: 'text',
      value: '<layout>',
      help: 'Form of its time',
      usual: `${HDFS_FORMAT.time} with the default header, else none`,
    },
    sessionKey: { ...SCAN_OPTIONS.sessionKey, default: 'blk_-?\\d+' },
    seed: {
      kind: 'number',
      value: '<n>',
      minimum: 0,
      maximum: 0x7fffffff,
      isWhole: true,
      default: 1,
      help: 'Seed of the split and of the training',
    },
    testShare: {
      kind: 'number',
      value: '<0…1>',
      minimum: 0.01,
      maximum: 0.9,
      default: 0.2,
      help: 'Share of the sessions that are kept for the figures',
    },
    excludeRawDev: { kind: 'switch', help: 'Leave sessions with InRawDev = 1 out and judge them by themselves' },
    maxEpochs: {
      kind: 'number',
      value: '<n>',
      minimum: 1,
      maximum: 10_000,
      isWhole: true,
      default: 100,
      help: 'Passes over the training blocks at most',
    },
    note: {
      kind: 'text',
      value: '<text>',
      help: 'For the model card: where the data come from and under which terms',
    },
  },
  more: `Exit: 0 it ran, 2 wrong use or input.

Examples:
  {} --sequences hdfs_v1_sequences.csv.gz --templates hdfs_templates.csv --output my-model
  {} --input hdfs.log --labels labels.csv --output my-model --max-epochs 40
  {} --input app.log --labels labels.csv --output my-model \\
    --header '<Date> <Time> <Level> <Component>: <Content>' --session-key 'req-[0-9a-f]+'`,
  async run(values, signal) {
    if (values.output === undefined) {
      throw new UsageError('--output is missing; give the folder of the bundle (see --help).');
    }
    const name = values.name ?? basename(resolve(values.output));
    if (!/^[\w.-]{1,64}$/.test(name)) {
      throw new UsageError(`--name is "${name}"; give up to 64 letters, digits, ".", "_" and "-".`);
    }
    const format =
      values.header === undefined
        ? { ...HDFS_FORMAT, ...(values.time === undefined ? {} : { time: values.time }) }
        : { header: values.header, ...(values.time === undefined ? {} : { time: values.time }) };
    const data = dataOf(values);
    const bundle = values.output;
    await refuseOverwrittenInputs(
      [STANDARD_OUTPUT, ...['model.onnx', 'profile.json', 'README.md'].map((file) => join(bundle, file))],
      Object.values(data),
    );
    const { evaluation } = await trainBundle(
      {
        data,
        output: bundle,
        name,
        format,
        sessionKey: values.sessionKey,
        seed: values.seed,
        testShare: values.testShare,
        excludeRawDev: values.excludeRawDev ?? false,
        maximumEpochs: values.maxEpochs,
        note: values.note,
      },
      {
        isCancelled: () => signal.aborted,
        onPhase: tell,
        onEpoch: ({ epoch, epochs, loss, validation }) =>
          tell(
            `epoch ${epoch}/${epochs}  loss ${loss.toExponential(3)}` +
              (validation === undefined
                ? ''
                : `  validation F1 ${validation.f1.toFixed(5)}  cross-entropy ${validation.loss.toExponential(3)}`),
          ),
      },
    );
    process.stdout.write(evaluationText(evaluation));
    return EXIT.ok;
  },
});

function dataOf(values: { sequences?: string; templates?: string; input?: string; labels?: string }): TrainingData {
  const { sequences, templates, input, labels } = values;
  if (sequences !== undefined && templates !== undefined && input === undefined && labels === undefined) {
    return { sequences, templates };
  }
  if (sequences === undefined && templates === undefined && input !== undefined && labels !== undefined) {
    return { log: input, labels };
  }
  throw new UsageError('Give either --sequences and --templates, or --input and --labels (see --help).');
}
