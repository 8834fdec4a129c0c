import type { BlockIndex, EntryStore } from '../../blocks/entryStore';
import { LinkedEntries } from '../../blocks/linkedEntries';

/**
 * The blocks of a log that grows: which of them have changed, and the records of any of them, at the cost of these
 * blocks alone.
 */
export class FollowedBlocks {
  private readonly links = new LinkedEntries();

  constructor(private readonly entries: EntryStore) {}

  /**
   * Takes in the entries that have been added since the last call.
   * @returns the blocks to which those after a line belong
   */
  takeChanges(linesBefore: number): Set<number> {
    const changed = new Set<number>();
    while (this.links.length < this.entries.length) {
      const entry = this.links.length;
      const block = this.entries.blockOf(entry);
      this.links.add(block);
      if (this.entries.lineOf(entry) > linesBefore) {
        changed.add(block);
      }
    }
    return changed;
  }

  /** The last record that belongs to any block: its first line, 0 if there is none, and its blocks. */
  lastRecord(): { line: number; blocks: number[] } {
    const blocks: number[] = [];
    const { length } = this.links;
    const line = length === 0 ? 0 : this.entries.lineOf(length - 1);
    for (let entry = length - 1; entry >= 0 && this.entries.lineOf(entry) === line; entry--) {
      blocks.push(this.entries.blockOf(entry));
    }
    return { line, blocks };
  }

  /** The records of some blocks; the first of them is block 0 of the result. */
  group(blocks: readonly number[]): BlockIndex {
    const offsets = new Uint32Array(blocks.length + 1);
    blocks.forEach((block, i) => (offsets[i + 1] = offsets[i] + this.links.countOf(block)));
    const events = new Uint16Array(offsets[blocks.length]);
    const lines = new Uint32Array(offsets[blocks.length]);
    blocks.forEach((block, i) => {
      let place = offsets[i + 1];
      this.links.forEachBackwards(block, (entry) => {
        place--;
        events[place] = this.entries.eventOf(entry);
        lines[place] = this.entries.lineOf(entry);
      });
    });
    return { offsets, events, lines };
  }
}
