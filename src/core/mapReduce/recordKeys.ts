import { grown } from '../numeric/columns';
import { FNV_BASIS, fnvStep, mixed } from '../numeric/hash';

/**
 * The different session keys of one record, of which a line may name the same again and again. Keys are places in a
 * buffer; an open-addressing table finds equal ones, so that a line of ten thousand keys costs no more than its length.
 * It is a table of its own, no HashSlots: one that forgets its few keys for every record takes half as long again by those.
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
    let hash = FNV_BASIS;
    for (let i = start; i < end; i++) {
      hash = fnvStep(hash, buffer[i]);
    }
    hash = mixed(hash);
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
    this.starts = grown(this.starts);
    this.ends = grown(this.ends);
    this.hashes = grown(this.hashes);
    this.places = grown(this.places);
    this.slots = new Uint32Array(2 * this.slots.length);
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
