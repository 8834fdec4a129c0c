import { escapeControls, jsonText } from '../core/findings/escapeControls';
import { evaluationText } from '../core/evaluation/evaluationText';
import { type EvaluationData, type EvaluationReport, evaluateModel } from '../node/training/evaluateModel';
import { modelFiles } from '../node/models/modelFiles';
import { STANDARD_OUTPUT } from '../node/files/outputPlace';
import { refuseOverwrittenInputs } from '../node/files/overwrittenInput';
import { UsageError } from './usageError';
import { EXIT, parseArguments, runProgram } from './program';
import { ProgressBar } from './progressBar';

const HELP = `Usage: evaluate-model --model <bundle> --sequences <csv> [options]
       evaluate-model --model <bundle> --input <log> --labels <csv> [options]

Measures a model on labelled sessions, beside simple baselines on the same ones: decision tree, nearest neighbour and
table on event counts, rarity of counts, new events, sequence length. The sessions are split as the model's own
training data were, and those that were kept from it are judged; the figures on sequences that never occurred in
training stand apart.

  -m, --model <bundle>   a bundle folder, or a .onnx file with its profile.json beside it
  -s, --sequences <csv>  sessions as event sequences: BlockId,Label,Sequence and optionally InRawDev; also .gz
  -i, --input <log>      a raw log, also .gz, or - for standard input
  -l, --labels <csv>     the labels of the log's blocks: BlockId,Label with Normal or Anomaly
      --train <csv>      sessions as event sequences from which the baselines learn; all of the above are judged
  -f, --format <form>    text or json (default: text); a ratio that is not defined is – or null
  -h, --help             show this

Exit: 0 it ran, 2 wrong use or input.

Examples:
  evaluate-model --model models/hdfs --sequences hdfs_v1_sequences.csv.gz
  evaluate-model --model models/hdfs --input hdfs.log --labels labels.csv --train hdfs_v1_sequences.csv.gz
  evaluate-model --model my-model --sequences mine.csv --format json > figures.json
`;

runProgram({
  name: 'evaluate-model',
  async run(args, isCancelled) {
    const { values } = parseArguments({
      args,
      options: {
        model: { type: 'string', short: 'm' },
        sequences: { type: 'string', short: 's' },
        input: { type: 'string', short: 'i' },
        labels: { type: 'string', short: 'l' },
        train: { type: 'string' },
        format: { type: 'string', short: 'f', default: 'text' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(HELP);
      return EXIT.ok;
    }
    if (values.model === undefined) {
      throw new UsageError('--model is missing; give a model bundle (see --help).');
    }
    const { format } = values;
    if (format !== 'text' && format !== 'json') {
      throw new UsageError(`--format is "${format}"; give text or json.`);
    }
    const data = dataOf(values);
    await refuseOverwrittenInputs(
      [STANDARD_OUTPUT],
      [...Object.values(data), values.train, ...modelFiles(values.model)],
    );
    const bar = new ProgressBar();
    let report: EvaluationReport;
    try {
      const onProgress = (done: number, total: number): void => bar.update('judging', done, total);
      report = await evaluateModel(values.model, data, values.train, { isCancelled, onProgress });
    } finally {
      bar.clear();
    }
    process.stdout.write(format === 'json' ? asJson(report) : asText(report));
    return EXIT.ok;
  },
});

function dataOf({ sequences, input, labels }: { sequences?: string; input?: string; labels?: string }): EvaluationData {
  if (sequences !== undefined && input === undefined && labels === undefined) {
    return { sequences };
  }
  if (sequences === undefined && input !== undefined && labels !== undefined) {
    return { log: input, labels };
  }
  throw new UsageError('Give either --sequences, or --input and --labels together (see --help).');
}

/** Numbers that JSON does not have (NaN, infinity) become null. */
function asJson({ evaluation, ...about }: EvaluationReport): string {
  return `${jsonText({ ...about, ...evaluation }, 2)}\n`;
}

function asText({ model, input, notes, evaluation }: EvaluationReport): string {
  const head = [`model: ${model}`, `input: ${input}`, ...notes.map((note) => `note: ${note}`)];
  return `${head.map(escapeControls).join('\n')}\n${evaluationText(evaluation)}`;
}
