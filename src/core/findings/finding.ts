import type { FindingKind } from './findingKind';
import type { FindingPart } from './findingParts';
import type { Timeline } from '../records/timeline';

/** An anomalous block of a log, ready to be shown: what was found, where, and why. */
export interface Finding {
  /** The session key (`blk_123`), or `L120-L139` for a window of lines. */
  block: string;
  /** How anomalous the block looks, 0…1: a probability by a model, and without labels in logs of sessions; else a rank. */
  score: number;
  /** Whether the score reaches the threshold in force. */
  anomalous: boolean;
  /** How many equal findings this one stands for; 1 unless findings were collapsed. */
  count: number;
  /** All physical lines of the block, ascending, counted from 1; zeros where their numbers are not known. */
  lines: Uint32Array;
  /** The most suspicious physical line, counted from 1; 0 where its number is not known. */
  line: number;
  /** ISO 8601 time of the block's first record, or null where the log has none. */
  firstTime: string | null;
  /** ISO 8601 time of the block's last record, or null where the log has none. */
  lastTime: string | null;
  /** ISO 8601 time of the most suspicious line's record, or null where it is not known. */
  time: string | null;
  /**
   * The message of the most suspicious line as the log has it, and the root cause of its stack trace; see RecordTexts. Left
   * out where the log was not read once more for it.
   */
  text?: string;
  /** What has happened, in a word. */
  kind: FindingKind;
  /** What is remarkable about it; sentences are made of it where it is shown, see wording.ts. */
  parts: readonly FindingPart[];
  /** The file that holds the most suspicious line, where lines are counted through several files. */
  place?: { file: string; line: number };
  /** The template that it is about, see templateText; empty if there is nothing unusual. */
  template: string;
  /** By what it is known again in other scans; see FindingCause. Empty if there is nothing unusual. */
  fingerprint: string;
  /** Whether its fingerprint was not known before; left out where nothing is known. */
  isNew?: boolean;
}

/** The totals of one scan. */
export interface ScanSummary {
  /** Name of the model that judged, for example `hdfs`. */
  model: string;
  /** Threshold in force: a block with at least this score is anomalous. */
  threshold: number;
  /** Physical lines read. */
  lines: number;
  /** Blocks judged. */
  blocks: number;
  /** Blocks at or above the threshold, also those beyond the limit on findings. */
  anomalous: number;
  /** Findings that reach the threshold but were suppressed; left out where nothing was to be. */
  suppressed?: number;
  /** Records whose message matched no template of the model. */
  unknownRecords: number;
  /** Lines longer than the limit, of which only the beginning was parsed. */
  clippedLines: number;
  /** Paths of the logs believed good that it was judged against; left out if there were none. */
  baselines?: readonly string[];
  /** How its records begin, in words. */
  format: string;
  /** Its records over its time; left out where they have none. */
  timeline?: Timeline;
  /** What else a reader should know: how the log was read, and why this model judged. */
  notes: string[];
}
