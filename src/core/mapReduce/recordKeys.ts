/**
 * The different session keys of one record, of which a line may name the same again and again. Keys are places in a
 * buffer; an open-addressing table finds equal ones, so that a line of ten thousand keys costs no more than its length.
 */
export class RecordKeys {
  private count = 0;
  private starts = new Uint32Array(128);
  private ends = new Uint32Array(128);
  private hashes = new Int32Array(128);
  /** The slot of each key. */
  private places = new Uint32Array(128);
  /** Key + 1; 0 = free. At most half of it is ever used. */
  private slots = new Uint32Array(256);

  /** Forgets the keys of the last record. */
  clear(): void {
    for (let key = 0; key < this.count; key++) {
      this.slots[this.places[key]] = 0;
    }
    this.count = 0;
  }

  /** Adds the key `buffer[start…end)`; false if the record has it already. All keys of a record are in one buffer. */
  add(buffer: Uint8Array, start: number, end: number): boolean {
    let hash = 0x811c9dc5 | 0;
    for (let i = start; i < end; i++) {
      hash = Math.imul(hash ^ buffer[i], 0x01000193);
    }
    hash ^= hash >>> 15;
    if (2 * this.count === this.slots.length) {
      this.enlarge();
    }
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (; this.slots[slot] !== 0; slot = (slot + 1) & mask) {
      const key = this.slots[slot] - 1;
      if (this.hashes[key] === hash && equal(buffer, this.starts[key], this.ends[key], start, end)) {
        return false;
      }
    }
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.hashes[this.count] = hash;
    this.places[this.count] = slot;
    this.slots[slot] = ++this.count;
    return true;
  }

  private enlarge(): void {
    const grow = <T extends Uint32Array | Int32Array>(array: T, larger: T): T => (larger.set(array), larger);
    const capacity = 2 * this.starts.length;
    this.starts = grow(this.starts, new Uint32Array(capacity));
    this.ends = grow(this.ends, new Uint32Array(capacity));
    this.hashes = grow(this.hashes, new Int32Array(capacity));
    this.places = new Uint32Array(capacity);
    this.slots = new Uint32Array(2 * capacity);
    for (let key = 0; key < this.count; key++) {
      let slot = this.hashes[key] & (this.slots.length - 1);
      while (this.slots[slot] !== 0) {
        slot = (slot + 1) & (this.slots.length - 1);
      }
      this.slots[slot] = key + 1;
      this.places[key] = slot;
    }
  }
}

function equal(buffer: Uint8Array, start: number, end: number, otherStart: number, otherEnd: number): boolean {
  if (end - start !== otherEnd - otherStart) {
    return false;
  }
  for (let i = start, k = otherStart; i < end; i++, k++) {
    if (buffer[i] !== buffer[k]) {
      return false;
    }
  }
  return true;
}
