import { grown } from '../numeric/columns';
import { FNV_BASIS, fnvStep, mixed } from '../numeric/hash';
import { HashSlots } from '../numeric/hashSlots';

/** Keys that most records have fewer of. */
const FEW = 16;

/**
 * The different session keys of one record, of which a line may name the same again and again. Keys are places in a
 * buffer; a hash table finds equal ones, so that a line of ten thousand keys costs no more than its length.
 */
export class RecordKeys {
  private readonly slots = new HashSlots(FEW);
  private starts = new Uint32Array(FEW);
  private ends = new Uint32Array(FEW);

  /** Forgets the keys of the last record. */
  clear(): void {
    this.slots.clear();
  }

  /** Adds the key `buffer[start…end)`; false if the record has it already. All keys of a record are in one buffer. */
  add(buffer: Uint8Array, start: number, end: number): boolean {
    const { slots } = this;
    let hash = FNV_BASIS;
    for (let i = start; i < end; i++) {
      hash = fnvStep(hash, buffer[i]);
    }
    hash = mixed(hash);
    let slot = slots.first(hash);
    for (; slots.numberAt(slot) >= 0; slot = slots.next(slot, hash)) {
      const key = slots.numberAt(slot);
      if (isEqual(buffer, this.starts[key], this.ends[key], start, end)) {
        return false;
      }
    }
    const key = slots.add(slot, hash);
    if (key === this.starts.length) {
      this.starts = grown(this.starts);
      this.ends = grown(this.ends);
    }
    this.starts[key] = start;
    this.ends[key] = end;
    return true;
  }
}

function isEqual(buffer: Uint8Array, start: number, end: number, otherStart: number, otherEnd: number): boolean {
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
