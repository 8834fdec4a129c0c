/**
 * The slots of a hash table: they find numbers, counted from 0, by a hash. What the numbers stand for is kept by the owner, who
 * also compares it, so that the slots serve any kind of key:
 *
 *     let slot = slots.first(hash);
 *     while (slots.numberAt(slot) >= 0 && !isEqual(slots.numberAt(slot))) {
 *       slot = slots.next(slot, hash);
 *     }
 *
 * Open addressing with linear probing over one typed array, which is at most half full.
 */
export class HashSlots {
  /** How many numbers there are. */
  count = 0;
  /** Pairs of a number + 1, or 0 where the slot is free, and its hash: one look at the memory for both. */
  private pairs: Int32Array;

  /** @param capacity numbers that it has room for before it grows: a power of two */
  constructor(capacity = 1024) {
    this.pairs = new Int32Array(4 * capacity);
  }

  /** The first slot with a number of this hash; if there is none the free slot where it belongs. */
  first(hash: number): number {
    return this.seek((hash << 1) & (this.pairs.length - 1), hash);
  }

  /** The next such slot after one. */
  next(slot: number, hash: number): number {
    return this.seek((slot + 2) & (this.pairs.length - 1), hash);
  }

  /** The number in a slot; −1 if it is free. */
  numberAt(slot: number): number {
    return this.pairs[slot] - 1;
  }

  /** Puts the next number into the free slot that was found for its hash, and gives it. Slots found before hold no longer. */
  add(slot: number, hash: number): number {
    this.pairs[slot] = ++this.count;
    this.pairs[slot + 1] = hash;
    if (4 * this.count > this.pairs.length) {
      this.grow();
    }
    return this.count - 1;
  }

  private seek(slot: number, hash: number): number {
    const { pairs } = this;
    while (pairs[slot] !== 0 && pairs[slot + 1] !== hash) {
      slot = (slot + 2) & (pairs.length - 1);
    }
    return slot;
  }

  private grow(): void {
    const { pairs } = this;
    const larger = new Int32Array(2 * pairs.length);
    const mask = larger.length - 1;
    for (let from = 0; from < pairs.length; from += 2) {
      if (pairs[from] !== 0) {
        let slot = (pairs[from + 1] << 1) & mask;
        while (larger[slot] !== 0) {
          slot = (slot + 2) & mask;
        }
        larger[slot] = pairs[from];
        larger[slot + 1] = pairs[from + 1];
      }
    }
    this.pairs = larger;
  }
}
