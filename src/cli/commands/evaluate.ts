import { escapeControls, jsonText } from '../../core/findings/escapeControls';
import { evaluationText } from '../../core/evaluation/evaluationText';
import { type EvaluationData, type EvaluationReport, evaluateModel } from '../../node/training/evaluateModel';
import { UsageError } from '../usageError';
import { modelFiles } from '../../node/models/modelFiles';
import { STANDARD_OUTPUT } from '../../node/files/outputPlace';
import { refuseOverwrittenInputs } from '../../node/files/overwrittenInput';
import { SCAN_OPTIONS } from '../../node/settings/options';
import { defineCommand } from '../command';
import { LABELLED_OPTIONS } from '../options';
import { EXIT } from '../program';
import { ProgressBar } from '../progressBar';

/** Measures a model. */
export const EVALUATE = defineCommand({
  name: 'evaluate',
  summary: 'Measure a model on labelled sessions',
  usages: ['--model <bundle> --sequences <csv> [options]', '--model <bundle> --input <log> --labels <csv> [options]'],
  description:
    "Measures a model on labelled sessions, beside simple baselines on the same ones: decision tree, nearest neighbour and table on event counts, rarity of counts, new events, sequence length. The sessions are split as the model's own training data were, and those that were kept from it are judged; the figures on sequences that never occurred in training stand apart.",
  options: {
    model: {
      ...SCAN_OPTIONS.model,
      help: 'Model to measure: the folder of a bundle, or a `.onnx` file with its `profile.json` beside it',
      usual: undefined,
      excludes: {},
    },
    ...LABELLED_OPTIONS,
    train: {
      kind: 'text',
      value: '<csv>',
      help: 'Sessions as event sequences from which the baselines learn; all of the above are judged',
    },
    format: {
      kind: 'text',
      short: 'f',
      value: '<form>',
      choices: ['text', 'json'],
      default: 'text',
      help: 'Form of the figures: text or json; a ratio that is not defined is – or null',
    },
  },
  more: `Exit: 0 it ran, 2 wrong use or input.

Examples:
  {} --model models/hdfs --sequences hdfs_v1_sequences.csv.gz
  {} --model models/hdfs --input hdfs.log --labels labels.csv --train hdfs_v1_sequences.csv.gz
  {} --model my-model --sequences mine.csv --format json > figures.json`,
  async run(values, signal) {
    if (values.model === undefined) {
      throw new UsageError('--model is missing; give a model bundle (see --help).');
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
      report = await evaluateModel(values.model, data, values.train, { isCancelled: () => signal.aborted, onProgress });
    } finally {
      bar.clear();
    }
    process.stdout.write(values.format === 'json' ? asJson(report) : asText(report));
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
