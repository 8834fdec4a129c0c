import { UNKNOWN_EVENT, type ScannedLog } from '../scan/modelLog';
import type { Profile } from '../model/profile';
import { type SessionTable, SessionTableBuilder } from '../blocks/sessionTable';

/** The labelled sessions of a log. */
export interface LabelledSessions {
  table: SessionTable;
  /** Blocks of the log without a label, which are left out. */
  unlabelled: number;
  /** Labels whose block does not occur in the log. */
  absent: number;
}

/**
 * The number that each of a model's events has in the sequences of a CSV: the event's id where all ids are whole
 * numbers below `UNKNOWN_EVENT`, as in the published HDFS sequences; else its place among the templates.
 */
export function eventNumbers(profile: Pick<Profile, 'templates'>): Uint16Array {
  const numbers = profile.templates.map(({ id }) => (/^\d{1,5}$/.test(id) ? Number(id) : UNKNOWN_EVENT));
  return numbers.every((number) => number < UNKNOWN_EVENT)
    ? Uint16Array.from(numbers)
    : Uint16Array.from(numbers, (_, template) => template);
}

/**
 * Lines the blocks of a log up with their labels. Events that the model knows but does not look at (see
 * `Profile.vocabulary`) are left out, so that baselines see what the network sees; unknown ones stay as an event of
 * their own.
 * @param labels session key → whether it is anomalous
 */
export function labelledSessions(
  log: ScannedLog,
  labels: ReadonlyMap<string, boolean>,
  profile: Pick<Profile, 'templates' | 'vocabulary'>,
): LabelledSessions {
  const numbers = eventNumbers(profile);
  const vocabulary = new Set(profile.vocabulary);
  const isLookedAt = profile.templates.map(({ id }) => vocabulary.has(id));
  const { offsets, events } = log.blocks;
  const builder = new SessionTableBuilder();
  let labelled = 0;
  for (let block = 0; block < log.blockCount; block++) {
    const key = log.keyOf(block);
    const anomalous = labels.get(key);
    if (anomalous !== undefined) {
      labelled++;
      const sequence = events
        .subarray(offsets[block], offsets[block + 1])
        .filter((event) => event === UNKNOWN_EVENT || isLookedAt[event])
        .map((event) => (event === UNKNOWN_EVENT ? event : numbers[event]));
      builder.add(key, anomalous, false, sequence);
    }
  }
  return { table: builder.build(), unlabelled: log.blockCount - labelled, absent: labels.size - labelled };
}

/**
 * For every event number of a CSV its column in the image, as `eventNumbers` numbers them; undefined for events that
 * the network does not look at.
 */
export function columnsByEventNumber(profile: Pick<Profile, 'templates' | 'vocabulary'>): Map<number, number> {
  const columns = new Map(profile.vocabulary.map((id, column) => [id, column]));
  const numbers = eventNumbers(profile);
  const byNumber = new Map<number, number>();
  profile.templates.forEach(({ id }, template) => {
    const column = columns.get(id);
    if (column !== undefined) {
      byNumber.set(numbers[template], column);
    }
  });
  return byNumber;
}
