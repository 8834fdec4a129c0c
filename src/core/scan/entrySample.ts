import type { LeftOut } from '../events/eventLog';
import { RecordEntries, type NewEntry } from './recordEntries';

/** Share of the entries that may be precious at most; else there would be no room for what is usual. */
export const PRECIOUS_SHARE = 0.25;
/** Share of the entries that may be left when some are left out: with more that would be asked for again too soon. */
export const FULL_SHARE = 0.75;

/** How many records of a form are never left out. */
export const FEW = 8;

/** Whether a record of this rank, see NewEntry, is one of the first of its form: these are precious. */
export function areFew(rank: number): boolean {
  return rank <= FEW;
}

/** What a sample lacks, without the counts of the templates. */
export type SampleOf = Omit<LeftOut, 'counts'>;

/**
 * The entries of a log, or as many of them as there is room for. What is left out follows from the entries before and from
 * how often {@link leaveOut} was called, so it does not depend on the pieces in which a log comes. The first records of
 * each form are precious: what is rare or new must not be lost.
 */
export abstract class EntrySample {
  protected readonly entries = new RecordEntries();
  /** Of what is left out as a whole every how manyth is kept. */
  protected step = 1;
  protected isSettled = false;
  /** How many entries there were. */
  protected count = 0;

  /** @param most entries */
  constructor(protected readonly most: number) {}

  /** How many are kept. */
  get length(): number {
    return this.entries.length;
  }

  abstract readonly sample: SampleOf;

  /**
   * Adds an entry.
   * @param session that it belongs to, counted in the order of their first entries; of no meaning in a stream
   * @returns whether it was kept for now
   */
  abstract add(entry: NewEntry, session: number): boolean;

  /** Leaves out many of those that are kept, and as large a share of those that come. */
  abstract leaveOut(): void;

  /** Says that from now on all is kept, but for what belongs to a session that was left out. */
  settle(): void {
    this.isSettled = true;
  }

  /** Drops all entries, and goes on as at the beginning. */
  forget(): void {
    this.entries.forget();
    this.step = 1;
    this.count = 0;
  }

  /** First physical line of the record of an entry that is kept. */
  lineOf(entry: number): number {
    return this.entries.lineOf(entry);
  }

  /** See RecordEntries. */
  finish: RecordEntries['finish'] = (...given) => this.entries.finish(...given);
}
