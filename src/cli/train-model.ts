import { basename, join, resolve } from 'node:path';
import { HDFS_FORMAT } from '../core/formats/logFormat';
import { evaluationText } from '../core/evaluation/evaluationText';
import { STANDARD_OUTPUT } from '../node/files/outputPlace';
import { refuseOverwrittenInputs } from '../node/files/overwrittenInput';
import { trainBundle, type TrainingData } from '../node/training/trainBundle';
import { UsageError } from './usageError';
import { EXIT, numberArgument, parseArguments, runProgram } from './program';
import { tell } from './standardError';

const HELP = `Usage: train-model --sequences <csv> --templates <csv> --output <bundle> [options]
       train-model --input <log> --labels <csv> --output <bundle> [options]

Trains a LogCNN on labelled sessions, measures it beside simple baselines on sessions that were kept from it, and writes
a model bundle: model.onnx, profile.json and the model card README.md.

  -s, --sequences <csv>    sessions as event sequences: BlockId,Label,Sequence and optionally InRawDev; also .gz
  -t, --templates <csv>    the events of the sequences: EventId,Template
  -i, --input <log>        a raw log, also .gz, or - for standard input; its templates are learned
  -l, --labels <csv>       the labels of the log's blocks: BlockId,Label with Normal or Anomaly
  -o, --output <bundle>    folder of the bundle; made if missing
      --name <name>        name of the model (default: that of the folder)
      --header <format>    how a record begins (default: ${HDFS_FORMAT.header})
      --time <layout>      form of its time (default: ${HDFS_FORMAT.time} with the default header, else none)
      --session-key <regex>  how a session key looks in a message (default: blk_-?\\d+)
      --seed <n>           seed of the split and of the training (default: 1)
      --test-share <0…1>   share of the sessions that are kept for the figures (default: 0.2)
      --exclude-raw-dev    leave sessions with InRawDev = 1 out and judge them by themselves
      --max-epochs <n>     passes over the training blocks at most (default: 100)
      --note <text>        for the model card: where the data come from and under which terms
  -h, --help               show this

Exit: 0 it ran, 2 wrong use or input.

Examples:
  train-model --sequences hdfs_v1_sequences.csv.gz --templates hdfs_templates.csv --output my-model
  train-model --input hdfs.log --labels labels.csv --output my-model --max-epochs 40
  train-model --input app.log --labels labels.csv --output my-model \\
    --header '<Date> <Time> <Level> <Component>: <Content>' --session-key 'req-[0-9a-f]+'
`;

runProgram({
  name: 'train-model',
  async run(args, isCancelled) {
    const { values } = parseArguments({
      args,
      options: {
        sequences: { type: 'string', short: 's' },
        templates: { type: 'string', short: 't' },
        input: { type: 'string', short: 'i' },
        labels: { type: 'string', short: 'l' },
        output: { type: 'string', short: 'o' },
        name: { type: 'string' },
        header: { type: 'string' },
        time: { type: 'string' },
        'session-key': { type: 'string', default: 'blk_-?\\d+' },
        seed: { type: 'string', default: '1' },
        'test-share': { type: 'string', default: '0.2' },
        'exclude-raw-dev': { type: 'boolean', default: false },
        'max-epochs': { type: 'string', default: '100' },
        note: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(HELP);
      return EXIT.ok;
    }
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
        sessionKey: values['session-key'],
        seed: Math.floor(numberArgument('seed', values.seed, 0, 0x7fffffff)),
        testShare: numberArgument('test-share', values['test-share'], 0.01, 0.9),
        excludeRawDev: values['exclude-raw-dev'],
        maximumEpochs: Math.floor(numberArgument('max-epochs', values['max-epochs'], 1, 10_000)),
        note: values.note,
      },
      {
        isCancelled,
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
