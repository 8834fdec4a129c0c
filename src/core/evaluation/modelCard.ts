import type { Evaluation, SessionCounts } from './evaluation';
import type { Figures } from './figures';
import { imageSize } from '../features/blockImage';
import { parameterCount } from '../model/logCnn';
import type { Profile } from '../model/profile';
import type { ModelSettings, TrainedModel } from '../training/trainModel';

/** What a model card tells of. */
export interface ModelCardContent {
  profile: Profile;
  settings: ModelSettings;
  trained: Pick<TrainedModel, 'epochs' | 'validation'>;
  evaluation: Evaluation;
  /** Figures on the sessions with InRawDev = 1, where those were left out. */
  rawDev?: Figures;
  /** Where the data come from and under which terms. */
  note?: string;
}

/** Writes the model card of a bundle: data, split, metrics beside the baselines, limits; as Markdown. */
export function modelCard({ profile, settings, trained, evaluation, rawDev, note }: ModelCardContent): string {
  const { epochs, validation } = trained;
  const { features, vocabulary, templates, threshold, training } = profile;
  const { train, test, unseen, reliability, detectors } = evaluation;
  const { height, width } = imageSize(features);
  const unused = templates.filter(({ id }) => !vocabulary.includes(id)).map(({ id }) => id);
  return [
    `# ${profile.name}`,
    '',
    `A LogCNN that tells anomalous from normal sessions of a log, made by \`train-model\` (${String(training.program)}).`,
    `A session is called anomalous from a score of ${threshold.toFixed(4)}; the score is a calibrated probability.`,
    '',
    '## Data',
    '',
    `- Source: ${String(training.data)}.${note === undefined ? '' : ` ${note}`}`,
    `- Trained on ${countsText(train)}.`,
    `- Tested on ${countsText(test)}, drawn at random (seed ${settings.schedule.seed}). **The weights never saw them.**`,
    `- Of the test, ${countsText(unseen)} never occurred in training, not even as an equal sequence.`,
    ...(rawDev === undefined
      ? []
      : ['- The sessions marked InRawDev are in none of these parts; they are judged by themselves below.']),
    '',
    '## Figures',
    '',
    'On all test sessions:',
    '',
    ...figuresTable(detectors.map(({ name, all }) => ({ name, figures: all }))),
    '',
    'On those whose sequence never occurred in training:',
    '',
    ...figuresTable(detectors.map((detector) => ({ name: detector.name, figures: detector.unseen }))),
    '',
    ...(rawDev === undefined
      ? []
      : ['On the sessions marked InRawDev:', '', ...figuresTable([{ name: profile.name, figures: rawDev }]), '']),
    `Reliability of the score as a probability on the test sessions: Brier score ${reliability.brier.toExponential(2)}, expected calibration error ${reliability.calibrationError.toExponential(2)} (ten bins of equal width).`,
    '',
    '| scores | sessions | mean score | anomalous |',
    '|---|--:|--:|--:|',
    ...reliability.bins.map(
      ({ lowest, highest, weight, meanScore, anomalousShare }) =>
        `| ${lowest.toFixed(3)} … ${highest.toFixed(3)} | ${weight} | ${meanScore.toFixed(4)} | ${anomalousShare.toFixed(4)} |`,
    ),
    '',
    '## Network',
    '',
    `Image of ${height} × ${width}: ${features.rows} rows of sliding windows (${features.window} events, stride 1) with the TF-IDF of ${vocabulary.length} events, ${features.countRows} equal rows with the counts of the whole block × idf, and a border of zeros. Blocks of more than ${features.maximumLength} events are shrunk along time. Conv 2×2 (16) → ReLU → MaxPool 2 → Conv 2×2 (32) → ReLU → MaxPool 2 → FC 120 → FC 84 → 2 logits; ${parameterCount({ height, width, classes: 2 })} parameters.`,
    '',
    `Adam, learning rate ${settings.schedule.rate} after ${settings.schedule.warmUp} steps, falling along half a cosine over ${epochs} epochs, batch ${settings.schedule.batch}; each distinct block is one sample an epoch and shown with its events in random order ${Math.round(100 * settings.shuffledShare)} % of the time.`,
    '',
    `A first network was trained without ${validation.blocks} of the distinct blocks (${validation.sessions} sessions), which watched over the number of epochs and gave the calibration (Platt scaling, built into the last layer) and the threshold; counted by sessions, on them it has an F1 of ${ratio(validation.f1)} and a cross-entropy of ${validation.loss.toExponential(2)}. The network of this bundle was then trained alike on all training sessions.`,
    '',
    '## Limits',
    '',
    '- It knows the log format, the templates and the kind of system it was trained on; on others its scores mean nothing.',
    ...(unused.length === 0
      ? []
      : [
          `- These events of the templates did not occur in training and are not looked at: ${unused.join(', ')}. Neither are messages without a template.`,
        ]),
    '- A session whose beginning or end is missing from the log can look anomalous, because normal ones are complete.',
    '- Test and training sessions come from the same time and system: expect less on logs of another.',
    '',
  ].join('\n');
}

function countsText({ sessions, anomalous, sequences }: SessionCounts): string {
  return `${sessions} sessions (${anomalous} anomalous, ${sequences} distinct sequences)`;
}

function figuresTable(rows: readonly { name: string; figures: Figures }[]): string[] {
  return [
    '| detector | precision | recall | F1 | AUC | TP | FP | FN | TN |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...rows.map(({ name, figures: { precision, recall, f1, auc, confusion } }) => {
      const { truePositives, falsePositives, falseNegatives, trueNegatives } = confusion;
      const ratios = [precision, recall, f1, auc].map(ratio);
      return `| ${[name, ...ratios, truePositives, falsePositives, falseNegatives, trueNegatives].join(' | ')} |`;
    }),
  ];
}

function ratio(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(4);
}
