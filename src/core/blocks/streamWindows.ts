import type { EventLog } from '../events/eventLog';
import { grown } from '../numeric/columns';

/** Physical lines of a block where a log has no sessions; of a source among others as many records. */
export const WINDOW_LINES = 20;

/** The columns of a stream that tell its sources apart. */
export interface StreamColumns {
  /** For its event log. */
  eventLog: Pick<EventLog, 'sequences' | 'sequenceCount' | 'blocks' | 'blockCount'>;
  /** Per record where it stands: its line, or where sources are told apart which one of its source it is, from 1 on. */
  places: Uint32Array;
}

/**
 * The sequences and blocks of a stream: what each source writes is a sequence, and windows of it are blocks, none empty.
 * The stream may grow.
 */
export class StreamWindows {
  private sequences = new Uint32Array(0);
  private blocks = new Uint32Array(0);
  private places = new Uint32Array(0);
  private length = 0;
  private blockCount = 0;
  /** Per source its records, which of its windows was the last, and the number of that. */
  private readonly counts: Uint32Array;
  private readonly lastWindow: Int32Array;
  private readonly lastBlock: Uint32Array;

  /** @param sourceCount 1 if sources are not told apart */
  constructor(readonly sourceCount: number) {
    this.counts = new Uint32Array(sourceCount);
    this.lastWindow = new Int32Array(sourceCount).fill(-1);
    this.lastBlock = new Uint32Array(sourceCount);
  }

  /**
   * The columns of a stream, at the cost of the records that have come since it was asked last.
   * @param lines first physical line of each record, ascending
   * @param sources number of each record's source; one that has come since the sources were counted goes with those of none
   */
  of(lines: Uint32Array, sources: ArrayLike<number>): StreamColumns {
    const { length } = lines;
    const isOne = this.sourceCount === 1;
    this.makeRoom(length, isOne);
    for (; this.length < length; this.length++) {
      const source = sources[this.length] < this.sourceCount ? sources[this.length] : 0;
      const place = isOne ? lines[this.length] : ++this.counts[source];
      if (!isOne) {
        this.sequences[this.length] = source;
        this.places[this.length] = place;
      }
      this.blocks[this.length] = this.blockOf(source, Math.floor((place - 1) / WINDOW_LINES));
    }
    return {
      eventLog: {
        sequences: this.sequences.subarray(0, length),
        sequenceCount: this.sourceCount,
        blocks: this.blocks.subarray(0, length),
        blockCount: this.blockCount,
      },
      places: isOne ? lines : this.places.subarray(0, length),
    };
  }

  /** Room for so many records; the first time no more than that. */
  private makeRoom(length: number, isOne: boolean): void {
    if (this.blocks.length >= length) {
      return;
    }
    this.blocks = grown(this.blocks, length);
    // Of one source all numbers are 0, in memory that nothing has touched.
    this.sequences = isOne ? new Uint32Array(this.blocks.length) : grown(this.sequences, length);
    this.places = isOne ? this.places : grown(this.places, length);
  }

  private blockOf(source: number, window: number): number {
    if (window !== this.lastWindow[source]) {
      this.lastWindow[source] = window;
      this.lastBlock[source] = this.blockCount++;
    }
    return this.lastBlock[source];
  }
}
