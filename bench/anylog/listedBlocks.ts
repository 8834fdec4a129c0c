import { bestF1Threshold } from '../../src/core/numeric/confusion';
import { averagePrecision, rocAuc } from '../../src/core/evaluation/ranking';
import type { ScanSettings } from '../../src/node/settings/scanSettings';
import { listedBy, shippedScanner } from './listed';
import { report } from './report';

/** A log on disk whose blocks are labelled. */
export interface LabelledLog {
  set: string;
  file: string;
  /** Per block of the labels whether it is anomalous. */
  labels: ReadonlyMap<string, boolean>;
  /** The block of the labels that each physical line belongs to; left out where the blocks are the programs' own. */
  blockOf?: readonly string[];
}

/**
 * Scans a labelled log as the programs do and reports how well what they list fits the labels. Where the labels speak
 * of other blocks than the programs, one has the highest score of the entries that hold a line of it.
 * @param detector name in the table
 */
export async function evaluateListed(detector: string, log: LabelledLog, settings: ScanSettings): Promise<void> {
  const scanner = shippedScanner();
  const { summary, entries, seconds } = await listedBy(scanner, log.file, settings);
  await scanner.release();
  const { blockOf } = log;
  const blocksOf = ({ block, lines }: (typeof entries)[number]): readonly string[] =>
    blockOf === undefined ? [block] : Array.from(lines, (line) => blockOf[line - 1]);
  const scores = new Map([...log.labels.keys()].map((block) => [block, 0]));
  const flagged = new Set<string>();
  for (const entry of entries) {
    for (const block of new Set(blocksOf(entry))) {
      if (scores.has(block)) {
        scores.set(block, Math.max(entry.score, scores.get(block)!));
        if (entry.anomalous) {
          flagged.add(block);
        }
      }
    }
  }
  const blocks = [...log.labels.keys()];
  const samples = {
    scores: Float64Array.from(blocks, (block) => scores.get(block)!),
    labels: Uint8Array.from(blocks, (block) => (log.labels.get(block) === true ? 1 : 0)),
  };
  const anomalous = blocks.filter((block) => log.labels.get(block) === true);
  const found = anomalous.filter((block) => flagged.has(block)).length;
  report({
    set: log.set,
    detector,
    AP: averagePrecision(samples),
    AUC: rocAuc(samples),
    'best F1': bestF1Threshold(samples).f1,
    P: found / flagged.size,
    R: found / anomalous.length,
    findings: summary.anomalous,
    seconds,
    'lines/s': Math.round(summary.lines / seconds),
    'clean flagged': (flagged.size - found) / (blocks.length - anomalous.length),
  });
}
