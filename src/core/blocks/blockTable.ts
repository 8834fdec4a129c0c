import { grown } from '../numeric/columns';
import { goldenStep, mixed } from '../numeric/hash';
import { HashSlots } from '../numeric/hashSlots';
import { ByteView } from '../input/byteView';

/** Keys of more bytes than this are cut: a key is an identifier, not a text. */
export const KEY_LIMIT = 256;

/** The keys of a table. */
export interface BlockKeys {
  bytes: Uint8Array<ArrayBuffer>;
  ends: Uint32Array<ArrayBuffer>;
}
/** Sessions that are told apart at most, and bytes of their keys; both together take half a gigabyte. */
export const MAX_BLOCKS = 3 << 21;
export const MAX_KEY_BYTES = 1 << 28;
/** The text of a key, of which a U+FEFF at the beginning is a part like any other. */
export function keyText(key: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(key);
}

/** What a key gets in place of a number when there is no room for a new one. */
export const NO_BLOCK = -1;

/**
 * Numbers session keys in the order in which they first occur. The keys' bytes are kept one after another in an arena and compared in full, so that two keys never share a number. Hashing and
 * comparing go four bytes at a time.
 */
export class BlockTable {
  /** How many different keys there are. */
  count = 0;
  /** How often a key was met that got no number any more. */
  refused = 0;

  private arena = new Uint8Array(1 << 14);
  private arenaView = new DataView(this.arena.buffer);
  private arenaLength = 0;
  private offsets = new Uint32Array(1 << 10);
  private slots = new HashSlots();
  private readonly byteView = new ByteView();
  /** Keys are only numbered if so many of the highest bits of their hash are 0. */
  private sampleBits = 0;

  /**
   * @param limit keys that are numbered at most
   * @param byteLimit bytes of them
   */
  constructor(
    private readonly limit = MAX_BLOCKS,
    private readonly byteLimit = MAX_KEY_BYTES,
  ) {}

  /**
   * The number of the key `bytes[start…end)`, which is new if it equals {@link count} before the call; {@link NO_BLOCK}
   * if it is new and there is no room for it, or if it is not of the {@link sample}.
   */
  numberOf(bytes: Uint8Array, start: number, end: number): number {
    const view = this.byteView.of(bytes);
    const length = Math.min(end - start, KEY_LIMIT);
    const hash = hashOf(view, start, length);
    const { slots } = this;
    for (let slot = slots.first(hash); ; slot = slots.next(slot, hash)) {
      const block = slots.numberAt(slot);
      if (block < 0) {
        return this.isOfSample(hash) ? this.add(slot, hash, bytes, start, length) : NO_BLOCK;
      }
      if (this.equals(block, view, start, length)) {
        return block;
      }
    }
  }

  /** Bytes of all keys together. */
  get keyBytes(): number {
    return this.arenaLength;
  }

  /**
   * Forgets all keys but a sample, and numbers no others from now on. Which keys are of the sample follows from the keys
   * alone, so each is met by all of its records or by none.
   * @param bits one of 2 to the power of them is of the sample; no fewer than before
   * @returns the new number of each key, ascending; {@link NO_BLOCK} of those that are forgotten
   */
  sample(bits: number): Int32Array {
    if (bits === this.sampleBits) {
      return new Int32Array(this.count).map((_, block) => block);
    }
    const ends = this.offsets.subarray(1, this.count + 1);
    const { arena } = this;
    this.sampleBits = bits;
    this.count = 0;
    this.arenaLength = 0;
    this.arena = new Uint8Array(1 << 14);
    this.arenaView = new DataView(this.arena.buffer);
    this.offsets = new Uint32Array(1 << 10);
    this.slots = new HashSlots();
    return this.append({ bytes: arena, ends });
  }

  /** The text of a block's key. */
  key(block: number): string {
    return keyText(this.arena.subarray(this.offsets[block], this.offsets[block + 1]));
  }

  /** Gives the memory back by which keys are found; none may be numbered any more. */
  complete(): void {
    this.slots = new HashSlots(1);
  }

  /** The bytes of all keys one after another: that of block b is `bytes[ends[b − 1]…ends[b])`. */
  keys(): BlockKeys {
    return { bytes: this.arena.slice(0, this.arenaLength), ends: this.offsets.slice(1, this.count + 1) };
  }

  /**
   * Numbers the keys of another table, in their order, and gives the number here of each of its blocks, {@link NO_BLOCK}
   * where there is no room. Does not count as meeting them.
   */
  append({ bytes, ends }: BlockKeys): Int32Array {
    const { refused } = this;
    const numbers = new Int32Array(ends.length);
    let start = 0;
    for (let block = 0; block < ends.length; block++) {
      numbers[block] = this.numberOf(bytes, start, ends[block]);
      start = ends[block];
    }
    this.refused = refused;
    return numbers;
  }

  private isOfSample(hash: number): boolean {
    return this.sampleBits === 0 || hash >>> (32 - this.sampleBits) === 0;
  }

  private equals(block: number, view: DataView, start: number, length: number): boolean {
    const { arenaView } = this;
    const offset = this.offsets[block];
    if (this.offsets[block + 1] - offset !== length) {
      return false;
    }
    let i = 0;
    for (; i + 4 <= length; i += 4) {
      if (arenaView.getInt32(offset + i) !== view.getInt32(start + i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (arenaView.getUint8(offset + i) !== view.getUint8(start + i)) {
        return false;
      }
    }
    return true;
  }

  private add(slot: number, hash: number, bytes: Uint8Array, start: number, length: number): number {
    if (this.count === this.limit || this.arenaLength + length > this.byteLimit) {
      this.refused++;
      return NO_BLOCK;
    }
    const block = this.slots.add(slot, hash);
    if (block + 2 > this.offsets.length) {
      this.offsets = grown(this.offsets);
    }
    if (this.arenaLength + length > this.arena.length) {
      this.arena = grown(this.arena, this.arenaLength + length);
      this.arenaView = new DataView(this.arena.buffer);
    }
    this.arena.set(bytes.subarray(start, start + length), this.arenaLength);
    this.arenaLength += length;
    this.offsets[block + 1] = this.arenaLength;
    this.count++;
    return block;
  }
}

function hashOf(view: DataView, start: number, length: number): number {
  const end = start + length;
  let hash = length;
  let position = start;
  for (; position + 4 <= end; position += 4) {
    hash = goldenStep(hash, view.getInt32(position));
  }
  for (; position < end; position++) {
    hash = goldenStep(hash, view.getUint8(position));
  }
  return mixed(hash);
}
