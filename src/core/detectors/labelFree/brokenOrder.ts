import { templateCounts, type EventLog } from './eventLog';

/**
 * How unusual it is, in nats, that each entry comes right after the one before it in its sequence: −ln of the share of
 * this pair among all that follows the one, or among all that precedes the other where that is more. So a step that is
 * left out is seen between two frequent events of a regular log, which as frequent ones surprise little, but not a
 * heartbeat that may come in between anywhere.
 * @returns per entry; 0 for the first of a sequence
 */
export function brokenOrder(log: EventLog): Float64Array {
  const { events, sequences, sequenceCount, templates } = log;
  const counts = templateCounts(log);
  const last = new Int32Array(sequenceCount).fill(-1);
  const pairs = new Float64Array(events.length).fill(-1);
  const pairCounts = new Map<number, number>();
  events.forEach((event, entry) => {
    const before = last[sequences[entry]];
    last[sequences[entry]] = event;
    if (before >= 0) {
      const pair = before * templates.length + event;
      pairs[entry] = pair;
      pairCounts.set(pair, (pairCounts.get(pair) ?? 0) + 1);
    }
  });
  return pairs.map((pair) => {
    const count = pairCounts.get(pair);
    return count === undefined
      ? 0
      : Math.log(Math.min(counts[Math.floor(pair / templates.length)], counts[pair % templates.length]) / count);
  });
}
