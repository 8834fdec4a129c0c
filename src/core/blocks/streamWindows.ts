import type { EventLog } from '../detectors/labelFree/eventLog';

/** Physical lines of a block where a log has no sessions; of a source among others as many records. */
export const WINDOW_LINES = 20;

/**
 * The sequences and blocks of a stream: what each source writes is a sequence, and windows of it are blocks, none empty.
 * The stream may grow.
 */
export class StreamWindows {
  private sequences = new Uint32Array(1024);
  private blocks = new Uint32Array(1024);
  private length = 0;
  private blockCount = 0;
  /** Per source its records, the place of its last window, and the number of that. */
  private readonly counts: Uint32Array;
  private readonly lastPlace: Int32Array;
  private readonly lastBlock: Uint32Array;

  /** @param sourceCount 1 if sources are not told apart */
  constructor(readonly sourceCount: number) {
    this.counts = new Uint32Array(sourceCount);
    this.lastPlace = new Int32Array(sourceCount).fill(-1);
    this.lastBlock = new Uint32Array(sourceCount);
  }

  /**
   * The columns of a stream, at the cost of the records that have come since it was asked last.
   * @param lines first physical line of each record, ascending
   * @param sources number of each record's source; one that has come since the sources were counted goes with the first
   */
  of(
    lines: Uint32Array,
    sources: Uint32Array,
  ): Pick<EventLog, 'sequences' | 'sequenceCount' | 'blocks' | 'blockCount'> {
    const { length } = lines;
    while (this.sequences.length < length) {
      this.sequences = enlarge(this.sequences);
      this.blocks = enlarge(this.blocks);
    }
    for (; this.length < length; this.length++) {
      const source = sources[this.length] < this.sourceCount ? sources[this.length] : 0;
      this.sequences[this.length] = source;
      this.blocks[this.length] = this.blockOf(source, lines[this.length]);
    }
    return {
      sequences: this.sequences.subarray(0, length),
      sequenceCount: this.sourceCount,
      blocks: this.blocks.subarray(0, length),
      blockCount: this.blockCount,
    };
  }

  private blockOf(source: number, line: number): number {
    const place = Math.floor(((this.sourceCount > 1 ? ++this.counts[source] : line) - 1) / WINDOW_LINES);
    if (place !== this.lastPlace[source]) {
      this.lastPlace[source] = place;
      this.lastBlock[source] = this.blockCount++;
    }
    return this.lastBlock[source];
  }
}

function enlarge(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * array.length);
  larger.set(array);
  return larger;
}
