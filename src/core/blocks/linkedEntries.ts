import { grown } from '../numeric/columns';

/**
 * The entries of each block of a log that grows. Every entry knows the one before it in its block, which takes four bytes
 * for each, and four for each block.
 */
export class LinkedEntries {
  /** Entries taken in so far. */
  length = 0;
  /** For each entry the one before it in its block, plus 1; 0 = none. */
  private previous = new Uint32Array(1024);
  /** For each block its last entry, plus 1. */
  private last = new Uint32Array(1024);

  /** Takes in the next entry. */
  add(block: number): void {
    if (this.length === this.previous.length) {
      this.previous = grown(this.previous);
    }
    if (block >= this.last.length) {
      this.last = grown(this.last, block + 1);
    }
    this.previous[this.length] = this.last[block];
    this.last[block] = ++this.length;
  }

  /** Visits the entries of a block, the last one first. */
  forEachBackwards(block: number, visit: (entry: number) => void): void {
    for (let entry = this.last[block]; entry > 0; entry = this.previous[entry - 1]) {
      visit(entry - 1);
    }
  }

  /** How many entries a block has. */
  countOf(block: number): number {
    let count = 0;
    this.forEachBackwards(block, () => count++);
    return count;
  }

  /** The entry before one in its block; −1 if it is the first. */
  before(entry: number): number {
    return this.previous[entry] - 1;
  }
}
