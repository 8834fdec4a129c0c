import type { BlockIndex, EntryStore } from '../blocks/entryStore';

/**
 * The blocks of a log that grows: which of them have changed, and the records of any of them, at the cost of these
 * blocks alone. Every entry knows the one before it in its block, which takes four bytes for each, and four for each
 * block.
 */
export class GrowingBlocks {
  /** Entries taken in so far. */
  private length = 0;
  /** For each entry the one before it in its block, plus 1; 0 = none. */
  private previous = new Uint32Array(1024);
  /** For each block its last entry, plus 1. */
  private last = new Uint32Array(1024);

  constructor(private readonly entries: EntryStore) {}

  /**
   * Takes in the entries that have been added since the last call.
   * @returns the blocks that they belong to
   */
  takeChanges(): Set<number> {
    const changed = new Set<number>();
    for (; this.length < this.entries.length; this.length++) {
      const block = this.entries.blockOf(this.length);
      this.previous = withRoom(this.previous, this.length);
      this.last = withRoom(this.last, block);
      this.previous[this.length] = this.last[block];
      this.last[block] = this.length + 1;
      changed.add(block);
    }
    return changed;
  }

  /** The last record that belongs to any block: its first line, 0 if there is none, and its blocks. */
  lastRecord(): { line: number; blocks: number[] } {
    const blocks: number[] = [];
    const line = this.length === 0 ? 0 : this.entries.lineOf(this.length - 1);
    for (let entry = this.length - 1; entry >= 0 && this.entries.lineOf(entry) === line; entry--) {
      blocks.push(this.entries.blockOf(entry));
    }
    return { line, blocks };
  }

  /** The records of some blocks; the first of them is block 0 of the result. */
  group(blocks: readonly number[]): BlockIndex {
    const offsets = new Uint32Array(blocks.length + 1);
    blocks.forEach((block, i) => {
      let count = 0;
      for (let entry = this.last[block]; entry > 0; entry = this.previous[entry - 1]) {
        count++;
      }
      offsets[i + 1] = offsets[i] + count;
    });
    const events = new Uint16Array(offsets[blocks.length]);
    const lines = new Uint32Array(offsets[blocks.length]);
    blocks.forEach((block, i) => {
      let place = offsets[i + 1];
      for (let entry = this.last[block]; entry > 0; entry = this.previous[entry - 1]) {
        place--;
        events[place] = this.entries.eventOf(entry - 1);
        lines[place] = this.entries.lineOf(entry - 1);
      }
    });
    return { offsets, events, lines };
  }
}

/** The array, or a larger copy that has room for the index. */
function withRoom(array: Uint32Array<ArrayBuffer>, index: number): Uint32Array<ArrayBuffer> {
  if (index < array.length) {
    return array;
  }
  const larger = new Uint32Array(Math.max(2 * array.length, index + 1));
  larger.set(array);
  return larger;
}
