/** Keys of more bytes than this are cut: a key is an identifier, not a text. */
export const KEY_LIMIT = 256;

/** Sessions that are told apart at most: their keys and times then take about a gigabyte. */
export const MOST_BLOCKS = 1 << 24;
/** Bytes of all keys together at most. */
const MOST_KEY_BYTES = 2 ** 30;
/** What a key gets in place of a number when there is no room for a new one. */
export const NO_BLOCK = -1;

/**
 * Numbers session keys in the order in which they first occur. An open-addressing table over typed arrays; the keys'
 * bytes are kept one after another in an arena and compared in full, so that two keys never share a number.
 */
export class BlockTable {
  /** How many different keys there are. */
  count = 0;
  /** How often a key was met that got no number any more. */
  refused = 0;

  private arena = new Uint8Array(1 << 14);
  private arenaLength = 0;
  private offsets = new Uint32Array(1 << 10);
  private hashes = new Int32Array(1 << 10);
  /** Block + 1; 0 = free. */
  private slots = new Uint32Array(1 << 11);

  /** @param limit keys that are numbered at most */
  constructor(private readonly limit = MOST_BLOCKS) {}

  /**
   * The number of the key `bytes[start…end)`, which is new if it equals {@link count} before the call; {@link NO_BLOCK}
   * if it is new and there is no room for it.
   */
  numberOf(bytes: Uint8Array, start: number, end: number): number {
    const length = Math.min(end - start, KEY_LIMIT);
    let hash = 0x811c9dc5 | 0;
    for (let i = start; i < start + length; i++) {
      hash = Math.imul(hash ^ bytes[i], 0x01000193);
    }
    hash ^= hash >>> 15;
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    while (this.slots[slot] !== 0) {
      const block = this.slots[slot] - 1;
      if (this.hashes[block] === hash && this.equals(block, bytes, start, length)) {
        return block;
      }
      slot = (slot + 1) & mask;
    }
    return this.add(slot, hash, bytes, start, length);
  }

  /** The text of a block's key. */
  key(block: number): string {
    return new TextDecoder().decode(this.arena.subarray(this.offsets[block], this.offsets[block + 1]));
  }

  private equals(block: number, bytes: Uint8Array, start: number, length: number): boolean {
    const offset = this.offsets[block];
    if (this.offsets[block + 1] - offset !== length) {
      return false;
    }
    for (let i = 0; i < length; i++) {
      if (this.arena[offset + i] !== bytes[start + i]) {
        return false;
      }
    }
    return true;
  }

  private add(slot: number, hash: number, bytes: Uint8Array, start: number, length: number): number {
    if (this.count === this.limit || this.arenaLength + length > MOST_KEY_BYTES) {
      this.refused++;
      return NO_BLOCK;
    }
    const block = this.count++;
    if (block + 2 > this.offsets.length) {
      this.offsets = enlarge(this.offsets, Uint32Array);
      this.hashes = enlarge(this.hashes, Int32Array);
    }
    while (this.arenaLength + length > this.arena.length) {
      this.arena = enlarge(this.arena, Uint8Array);
    }
    this.arena.set(bytes.subarray(start, start + length), this.arenaLength);
    this.arenaLength += length;
    this.offsets[block + 1] = this.arenaLength;
    this.hashes[block] = hash;
    this.slots[slot] = block + 1;
    if (2 * this.count > this.slots.length) {
      this.rehash();
    }
    return block;
  }

  private rehash(): void {
    const slots = new Uint32Array(2 * this.slots.length);
    const mask = slots.length - 1;
    for (let block = 0; block < this.count; block++) {
      let slot = this.hashes[block] & mask;
      while (slots[slot] !== 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = block + 1;
    }
    this.slots = slots;
  }
}

function enlarge<T extends Uint8Array | Uint32Array | Int32Array>(array: T, type: new (length: number) => T): T {
  const larger = new type(2 * array.length);
  larger.set(array);
  return larger;
}
