import type { Hooks } from '../cancellation';
import type { Finding, ScanSummary } from '../findings/finding';

/** Findings that are made at once by who goes through all of them. */
const BATCH = 1000;

/** The blocks of a log by falling score, of which findings are made as they are wanted. */
export interface RankedFindings {
  /** How many findings can be made: the anomalous ones, and as far as they are ranked those below the threshold. */
  readonly total: number;
  /** How many reach the threshold; they come first. */
  readonly anomalous: number;
  /**
   * The findings of the ranks `start…end`, at most {@link total}.
   * @throws CancelledError if the hooks say so
   */
  findings(start: number, end: number, hooks?: Pick<Hooks, 'isCancelled'>): Promise<Finding[]>;
}

/** What a detector says of a log: all that a report or an editor shows of it. */
export interface Verdict extends RankedFindings {
  readonly summary: ScanSummary;
}

/** What was counted in a log. */
export type LogCounts = Pick<ScanSummary, 'lines' | 'blocks' | 'unknownRecords' | 'clippedLines' | 'timeline'>;

/** What a summary says that is not counted: who judged, how the log was read, and what else is to be known. */
export type Description = Pick<ScanSummary, 'model' | 'threshold' | 'format' | 'notes' | 'baselines'>;

/** Makes a verdict of ranked findings, the counts of their log, and its description. */
export function verdictOf(
  ranked: RankedFindings,
  { lines, blocks, unknownRecords, clippedLines, timeline }: LogCounts,
  { model, threshold, format, notes, baselines }: Description,
): Verdict {
  const { anomalous } = ranked;
  return withFindings(ranked, ranked.findings.bind(ranked), {
    model,
    threshold,
    lines,
    blocks,
    anomalous,
    unknownRecords,
    clippedLines,
    format,
    notes: [...notes],
    ...(baselines && { baselines }),
    ...(timeline && { timeline }),
  });
}

/** A verdict with other findings of the same ranks, and another summary. */
export function withFindings(ranked: RankedFindings, findings: Verdict['findings'], summary: ScanSummary): Verdict {
  return {
    // A stream takes a look at every line to tell it, so it is asked only where it is wanted.
    get total() {
      return ranked.total;
    },
    anomalous: summary.anomalous,
    findings,
    summary,
  };
}

/** The same verdict with further notes in its summary, after those that it has. */
export function withNotes(verdict: Verdict, notes: readonly string[]): Verdict {
  const { summary } = verdict;
  return withFindings(verdict, verdict.findings.bind(verdict), { ...summary, notes: [...summary.notes, ...notes] });
}

/**
 * The first findings of a verdict in batches, so that never all of them are in memory.
 * @param end rank before which to stop, at most `total`
 * @throws CancelledError if the hooks say so
 */
export async function* inBatches(
  verdict: RankedFindings,
  end: number,
  hooks: Hooks = {},
): AsyncGenerator<Finding[], void> {
  for (let start = 0; start < end; start += BATCH) {
    hooks.onProgress?.(start, end);
    yield await verdict.findings(start, Math.min(end, start + BATCH), hooks);
  }
}
