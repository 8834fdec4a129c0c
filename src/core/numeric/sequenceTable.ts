import { grown } from './columns';
import { FNV_BASIS, fnvStep, mixed } from './hash';
import { HashSlots } from './hashSlots';

/** A set of sequences of 16-bit numbers, which counts them in the order of their first appearance. */
export class SequenceTable {
  /** All sequences one after another, and room for more. */
  values = new Uint16Array(1024);
  /** Sequence s is `values[offsets[s]…offsets[s + 1])`; behind the last there is room for more. */
  offsets = new Uint32Array(1024);
  private readonly slots = new HashSlots();

  /** How many there are. */
  get count(): number {
    return this.slots.count;
  }

  /** The number of the sequence that the first `length` values are; −1 if it is not there. */
  find(values: Uint16Array, length = values.length): number {
    return this.slots.numberAt(this.slotOf(values, length, hashOf(values, length)));
  }

  /** The same, taken in if it is new. */
  add(values: Uint16Array, length = values.length): number {
    const hash = hashOf(values, length);
    const slot = this.slotOf(values, length, hash);
    const known = this.slots.numberAt(slot);
    if (known >= 0) {
      return known;
    }
    const number = this.slots.add(slot, hash);
    const start = this.offsets[number];
    if (start + length > this.values.length) {
      this.values = grown(this.values, start + length);
    }
    if (number + 1 === this.offsets.length) {
      this.offsets = grown(this.offsets);
    }
    for (let i = 0; i < length; i++) {
      this.values[start + i] = values[i];
    }
    this.offsets[number + 1] = start + length;
    return number;
  }

  private slotOf(values: Uint16Array, length: number, hash: number): number {
    const { slots } = this;
    let slot = slots.first(hash);
    while (slots.numberAt(slot) >= 0 && !this.equals(slots.numberAt(slot), values, length)) {
      slot = slots.next(slot, hash);
    }
    return slot;
  }

  private equals(number: number, values: Uint16Array, length: number): boolean {
    const start = this.offsets[number];
    if (this.offsets[number + 1] - start !== length) {
      return false;
    }
    for (let i = 0; i < length; i++) {
      if (this.values[start + i] !== values[i]) {
        return false;
      }
    }
    return true;
  }
}

function hashOf(values: Uint16Array, length: number): number {
  let hash = FNV_BASIS;
  for (let i = 0; i < length; i++) {
    hash = fnvStep(hash, values[i]);
  }
  return mixed(hash);
}
