import { distinctSequences, NO_COLUMN, type DistinctSequences } from '../blocks/distinctSequences';
import type { Hooks } from '../cancellation';
import { SequenceScorer } from '../detect/model/sequenceScorer';
import { isoTime } from '../formats/timeLayout';
import { partitionPoint } from '../numeric/bisect';
import { UNKNOWN_EVENT, type ScannedLog } from '../scan/modelLog';
import type { Classifier } from '../model/classifier';
import type { Profile } from '../model/profile';
import { Explainer, type Explanation } from './explanation';
import type { Finding } from './finding';
import type { FindingPart } from './findingParts';
import { NO_CAUSE } from './fingerprint';

/** The scores of a log's blocks, from which findings are made as they are wanted. */
export interface ScoredLog {
  log: ScannedLog;
  sequences: DistinctSequences;
  /** Probability that a block is anomalous, per distinct sequence. */
  sequenceScores: Float64Array;
  /** Blocks by falling score, then by first line. */
  ranking: Uint32Array;
  /** How many blocks at the beginning of the ranking reach the threshold. */
  anomalous: number;
}

/** Scores the blocks of a log with a model, and makes findings of those that are wanted. */
export class ModelScorer {
  private readonly scorer: SequenceScorer;
  private readonly explainer: Explainer;
  private readonly columnOf: Int32Array;

  constructor(profile: Profile, classifier: Classifier) {
    this.scorer = new SequenceScorer(profile.features, classifier);
    this.explainer = new Explainer(profile, this.scorer);
    this.columnOf = columnsOfTemplates(profile);
  }

  /**
   * Scores all blocks, each distinct event sequence once.
   * @param threshold score from which a block is anomalous
   * @throws CancelledError if the hooks say so
   */
  async score(log: ScannedLog, threshold: number, hooks: Hooks = {}): Promise<ScoredLog> {
    const sequences = distinctSequences(log.blocks, this.columnOf);
    const sequenceScores = await this.scorer.score(sequences.count, (i) => columnsOf(sequences, i), hooks);
    const ranking = rankBlocks(sequences.sequenceOf, sequenceScores);
    let anomalous = 0;
    while (anomalous < ranking.length && sequenceScores[sequences.sequenceOf[ranking[anomalous]]] >= threshold) {
      anomalous++;
    }
    return { log, sequences, sequenceScores, ranking, anomalous };
  }

  /**
   * Makes findings of the ranked blocks `start…end`; those that are anomalous are explained.
   * @throws CancelledError if the hooks say so
   */
  async findings(scored: ScoredLog, start: number, end: number, hooks: Hooks = {}): Promise<Finding[]> {
    const { sequences, sequenceScores, ranking, anomalous } = scored;
    const wanted = new Map<number, number>();
    for (let rank = start; rank < Math.min(end, anomalous); rank++) {
      const sequence = sequences.sequenceOf[ranking[rank]];
      if (!wanted.has(sequence) && columnsOf(sequences, sequence).length > 0) {
        wanted.set(sequence, wanted.size);
      }
    }
    const list = [...wanted.keys()];
    const explanations = await this.explainer.explain(
      list.map((sequence) => columnsOf(sequences, sequence)),
      list.map((sequence) => sequenceScores[sequence]),
      hooks,
    );
    return Array.from(ranking.subarray(start, end), (block, k) => {
      const explanation = wanted.get(sequences.sequenceOf[block]);
      return this.finding(
        scored,
        block,
        start + k < anomalous,
        explanation === undefined ? undefined : explanations[explanation],
      );
    });
  }

  private finding(
    { log, sequences, sequenceScores }: ScoredLog,
    block: number,
    anomalous: boolean,
    explanation: Explanation | undefined,
  ): Finding {
    const { offsets, events, lines } = log.blocks;
    const first = offsets[block];
    const end = offsets[block + 1];
    const unknown = events.subarray(first, end).filter((event) => event === UNKNOWN_EVENT).length;
    const notes: FindingPart[] = unknown === 0 ? [] : [{ part: 'unknown-lines', count: unknown }];
    return {
      block: log.keyOf(block),
      score: sequenceScores[sequences.sequenceOf[block]],
      anomalous,
      count: 1,
      lines: physicalLines(log, first, end),
      line: lines[this.entryOf(events, first, end, explanation?.position ?? 0)],
      firstTime: isoTime(log.firstTimes[block]),
      lastTime: isoTime(log.lastTimes[block]),
      time: null,
      kind: explanation?.kind ?? 'ordinary',
      parts: notes.length === 0 ? (explanation?.parts ?? []) : [...(explanation?.parts ?? []), ...notes],
      ...(explanation?.cause ?? NO_CAUSE),
    };
  }

  /** The entry of a block whose event has the given place in its sequence of columns. */
  private entryOf(events: Uint16Array, first: number, end: number, position: number): number {
    let left = position;
    for (let entry = first; entry < end; entry++) {
      const event = events[entry];
      if (event < this.columnOf.length && this.columnOf[event] !== NO_COLUMN && left-- === 0) {
        return entry;
      }
    }
    return first;
  }
}

/**
 * Blocks by falling score. Blocks are numbered in the order of their first lines, so a counting sort over the different
 * scores keeps equal ones in the order of the log.
 */
function rankBlocks(sequenceOf: Uint32Array, sequenceScores: Float64Array): Uint32Array {
  const falling = sequenceScores
    .slice()
    .sort()
    .reverse()
    .filter((score, i, all) => score !== all[i - 1]);
  const rankOfSequence = Uint32Array.from(sequenceScores, (score) => partitionPoint(falling, (each) => each > score));
  const next = new Uint32Array(falling.length + 1);
  for (const sequence of sequenceOf) {
    next[rankOfSequence[sequence] + 1]++;
  }
  for (let rank = 0; rank < falling.length; rank++) {
    next[rank + 1] += next[rank];
  }
  const ranking = new Uint32Array(sequenceOf.length);
  sequenceOf.forEach((sequence, block) => {
    ranking[next[rankOfSequence[sequence]]++] = block;
  });
  return ranking;
}

/** The image column of each template of a profile, or {@link NO_COLUMN}. */
function columnsOfTemplates(profile: Profile): Int32Array {
  const columns = new Map(profile.vocabulary.map((id, column) => [id, column]));
  return Int32Array.from(profile.templates, ({ id }) => columns.get(id) ?? NO_COLUMN);
}

function columnsOf({ columns, offsets }: DistinctSequences, sequence: number): Uint16Array {
  return columns.subarray(offsets[sequence], offsets[sequence + 1]);
}

/** All lines of a block's records with their continuation lines, ascending. */
function physicalLines(log: ScannedLog, first: number, end: number): Uint32Array {
  const { lines } = log.blocks;
  const all: number[] = [];
  for (let entry = first; entry < end; entry++) {
    const count = log.continuations.countOf(lines[entry]);
    for (let line = lines[entry]; line <= lines[entry] + count; line++) {
      all.push(line);
    }
  }
  return Uint32Array.from(all);
}
