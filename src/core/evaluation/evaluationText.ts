import type { Evaluation, SessionCounts } from './evaluation';
import type { Figures } from './figures';

/** An evaluation as tables for people. The model is the first row of each. */
export function evaluationText({ train, test, unseen, reliability, detectors }: Evaluation): string {
  const share = percent(unseen.sessions / test.sessions);
  return [
    `trained on (baselines): ${counts(train)}`,
    `tested on: ${counts(test)}`,
    `of these never seen in training: ${counts(unseen)}, ${share} of the tested sessions`,
    '',
    'All tested sessions',
    ...figuresTable(detectors.map(({ name, all }) => ({ name, figures: all }))),
    '',
    'Sessions whose sequence never occurred in training',
    ...(unseen.sessions === 0
      ? ['none']
      : figuresTable(detectors.map((detector) => ({ name: detector.name, figures: detector.unseen })))),
    '',
    'TP, FP, FN, TN: anomalous found, normal called anomalous, anomalous missed, normal left alone; – is not defined.',
    '',
    `Reliability of ${detectors[0].name} as a probability: Brier score ${scientific(reliability.brier)}, calibration error ` +
      `${scientific(reliability.calibrationError)} (equal-width bins), ` +
      `${scientific(reliability.calibrationErrorEqualMass)} (equal-mass bins)`,
    ...table([
      ['scores', 'sessions', 'mean score', 'anomalous'],
      ...reliability.bins.map(({ lowest, highest, weight, meanScore, anomalousShare }) => [
        `${lowest.toFixed(3)}…${highest.toFixed(3)}`,
        String(weight),
        ratio(meanScore),
        ratio(anomalousShare),
      ]),
    ]),
    '',
  ].join('\n');
}

function figuresTable(rows: readonly { name: string; figures: Figures }[]): string[] {
  return table([
    ['detector', 'precision', 'recall', 'F1', 'AUC', 'avg. precision', 'TP', 'FP', 'FN', 'TN'],
    ...rows.map(({ name, figures: { precision, recall, f1, auc, averagePrecision, confusion } }) => [
      name,
      ...[precision, recall, f1, auc, averagePrecision].map(ratio),
      ...[confusion.truePositives, confusion.falsePositives, confusion.falseNegatives, confusion.trueNegatives].map(
        String,
      ),
    ]),
  ]);
}

/** Lines of a table: the first column to the left, the others to the right. */
function table(rows: readonly string[][]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
}

function counts({ sessions, anomalous, sequences }: SessionCounts): string {
  return `${sessions} sessions, ${anomalous} anomalous, ${sequences} distinct sequences`;
}

function ratio(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(4);
}

function percent(value: number): string {
  return Number.isNaN(value) ? '–' : `${(100 * value).toFixed(2)} %`;
}

function scientific(value: number): string {
  return Number.isNaN(value) ? '–' : value.toPrecision(3);
}
