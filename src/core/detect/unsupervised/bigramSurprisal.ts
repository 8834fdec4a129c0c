import { templateCounts, type EventLog } from '../../events/eventLog';

/**
 * How unusual it is, in nats, that each entry comes right after the one before it in its sequence: −ln of the share of
 * this pair among all that follows the one, or among all that precedes the other where that is more. So a step that is
 * left out is seen between two frequent events of a regular log, which as frequent ones surprisal little, but not a
 * heartbeat that may come in between anywhere.
 */
export class BigramSurprisal {
  private readonly counts: Uint32Array;
  private readonly pairCounts = new Map<number, number>();

  constructor(log: EventLog) {
    this.counts = templateCounts(log);
    forEachPair(log, (before, event) => {
      const pair = this.pairOf(before, event);
      this.pairCounts.set(pair, (this.pairCounts.get(pair) ?? 0) + 1);
    });
  }

  /** Per entry of the log; 0 for the first of a sequence. */
  entriesOf(log: EventLog): Float64Array {
    const entries = new Float64Array(log.events.length);
    forEachPair(log, (before, event, entry) => {
      const { counts } = this;
      entries[entry] = Math.log(
        Math.min(counts[before], counts[event]) / this.pairCounts.get(this.pairOf(before, event))!,
      );
    });
    return entries;
  }

  /** The same for an entry that is not one of the log's, as if it were one more; 0 where the log lacks one of the two. */
  ofLater(before: number, event: number): number {
    const { counts } = this;
    if (before >= counts.length || event >= counts.length) {
      return 0;
    }
    const most = Math.min(counts[before], counts[event]);
    return Math.log((most + 1) / ((this.pairCounts.get(this.pairOf(before, event)) ?? 0) + 1));
  }

  private pairOf(before: number, event: number): number {
    return before * this.counts.length + event;
  }
}

function forEachPair(
  { events, sequences, sequenceCount, leftOut }: EventLog,
  visit: (before: number, event: number, entry: number) => void,
): void {
  const last = new Int32Array(sequenceCount).fill(-1);
  let gap = 0;
  events.forEach((event, entry) => {
    if (entry === leftOut?.gaps[gap]) {
      last.fill(-1);
      gap++;
    }
    const before = last[sequences[entry]];
    last[sequences[entry]] = event;
    if (before >= 0) {
      visit(before, event, entry);
    }
  });
}
