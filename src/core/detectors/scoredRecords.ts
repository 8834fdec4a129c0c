import type { UnsupervisedScores } from '../detect/unsupervised/unsupervisedScores';
import { UnsupervisedFindings } from '../findings/unsupervisedFindings';
import type { RecordLog } from '../scan/recordLog';
import { verdictOf, type Description, type Verdict } from '../verdict/verdict';

/** What is wanted of a detector that learns from no labels. */
export interface RecordSettings {
  /** Score from which a block is anomalous. */
  threshold: number;
  /** Whether the sessions were found in the log, and not asked for: then they count only if they are alike. */
  mayBeUnlike: boolean;
  /**
   * What a summary says of a log that its counts do not say.
   * @param log as it was judged, of which only what is in the file that is read now is counted
   */
  describe: (log: RecordLog, learned: LearnedFrom) => Omit<Description, 'threshold'>;
}

/** From what the scores of a log was learned. */
export interface LearnedFrom {
  /** Records. */
  records: number;
  /** Entries and ends of sessions among them that were judged by the event before them alone, see Surprisal. */
  shortened: number;
}

/** A log of records, and how they were judged. */
export interface ScoredRecords {
  log: RecordLog;
  scores: UnsupervisedScores;
  /** The records that belong to no session, in a log of sessions. */
  outside?: { log: RecordLog; scores: UnsupervisedScores };
}

/** From what a log was judged that was learned from as a whole. */
export function learnedFrom({ log, scores, outside }: ScoredRecords): LearnedFrom {
  return {
    records: log.records,
    shortened: (scores.surprisal?.shortened ?? 0) + (outside?.scores.surprisal?.shortened ?? 0),
  };
}

/** The verdict on all blocks of a log. */
export function verdictOfRecords(judged: ScoredRecords, { threshold, describe }: RecordSettings): Verdict {
  const { log, scores, outside } = judged;
  const findings = new UnsupervisedFindings(log, scores, threshold, outside);
  const ranked = {
    get total() {
      return findings.total;
    },
    anomalous: findings.anomalous,
    findings: async (start: number, end: number) => findings.findings(start, end),
  };
  const blocks = log.eventLog.blockCount + (outside?.log.eventLog.blockCount ?? 0);
  const counts = {
    lines: log.lineCount,
    blocks: blocksAtLeast(blocks, findings.anomalous),
    unknownRecords: 0,
    clippedLines: log.clippedLines,
    timeline: log.timeline,
  };
  return verdictOf(ranked, counts, { threshold, ...describe(log, learnedFrom(judged)) });
}

/** A stretch that is a finding by itself is a block, however many of them lie in one window. */
export function blocksAtLeast(blocks: number, findings: number): number {
  return Math.max(blocks, findings);
}
