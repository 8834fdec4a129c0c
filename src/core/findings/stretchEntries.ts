import type { EventLog } from '../events/eventLog';
import { EntryGroups } from './entryGroups';
import { lowerBound, upperBound } from '../numeric/bisect';
import type { Stretch } from './stretchGroups';

/** Tells the entries of a stretch: those of its source from its first to its last, ascending. */
export type EntriesOf = (stretch: Pick<Stretch, 'first' | 'last'>) => Uint32Array;

/** The entries of the stretches of a log, each at its own cost: where there are several sources they are grouped once. */
export function groupedEntries({ sequences, sequenceCount }: Pick<EventLog, 'sequences' | 'sequenceCount'>): EntriesOf {
  if (sequenceCount <= 1) {
    return ({ first, last }) => new Uint32Array(last + 1 - first).map((_, k) => first + k);
  }
  let bySource: EntryGroups | undefined;
  return ({ first, last }) => {
    bySource ??= new EntryGroups(sequences, sequenceCount);
    const entries = bySource.of(sequences[first]);
    return entries.subarray(lowerBound(entries, first), upperBound(entries, last));
  };
}

/** The same in a log that grows, whose entries cannot be grouped once: what other sources wrote meanwhile is passed over. */
export function entriesInPassing({ sequences }: Pick<EventLog, 'sequences'>): EntriesOf {
  return ({ first, last }) => {
    const all = sequences.subarray(first, last + 1);
    const entries: number[] = [];
    for (let k = 0; k >= 0; k = all.indexOf(all[0], k + 1)) {
      entries.push(first + k);
    }
    return Uint32Array.from(entries);
  };
}
