import type { BlockIndex } from './entryStore';

/** The different event sequences of a log's blocks. Real logs repeat themselves a hundredfold, so each is judged once. */
export interface DistinctSequences {
  /** How many there are. */
  count: number;
  /** Events of all blocks as columns of the image, block after block; those without a column are left out. */
  columns: Uint16Array;
  /** The columns of block b are `columns[offsets[b]…offsets[b + 1])`. Length: blocks + 1. */
  offsets: Uint32Array;
  /** Number of each block's sequence. */
  sequenceOf: Uint32Array;
  /** For each sequence the first block that has it. */
  representatives: Uint32Array;
}

/** Marks an event without a column: the network does not look at it. */
export const NO_COLUMN = -1;

/**
 * Numbers the blocks' event sequences in the order in which they first occur.
 * @param blocks the blocks' events
 * @param columnOf column of each event in the image, or {@link NO_COLUMN}; events beyond its end have none
 */
export function distinctSequences(blocks: BlockIndex, columnOf: Int32Array): DistinctSequences {
  const blockCount = blocks.offsets.length - 1;
  const columns = new Uint16Array(blocks.events.length);
  const offsets = new Uint32Array(blockCount + 1);
  const sequenceOf = new Uint32Array(blockCount);
  const representatives: number[] = [];
  const hashes: number[] = [];
  /** Open addressing; sequence + 1, 0 = free. At most half of it is ever used. */
  let slots = new Uint32Array(1024);
  let length = 0;
  for (let block = 0; block < blockCount; block++) {
    const start = length;
    let hash = 0x811c9dc5 | 0;
    for (let entry = blocks.offsets[block]; entry < blocks.offsets[block + 1]; entry++) {
      const event = blocks.events[entry];
      const column = event < columnOf.length ? columnOf[event] : NO_COLUMN;
      if (column !== NO_COLUMN) {
        columns[length++] = column;
        hash = Math.imul(hash ^ column, 0x01000193);
      }
    }
    offsets[block + 1] = length;
    hash = (hash ^ (hash >>> 15)) | 0;
    let slot = hash & (slots.length - 1);
    while (slots[slot] !== 0) {
      const sequence = slots[slot] - 1;
      if (hashes[sequence] === hash && equalSequences(columns, offsets, representatives[sequence], start, length)) {
        break;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    if (slots[slot] === 0) {
      representatives.push(block);
      hashes.push(hash);
      slots[slot] = representatives.length;
    }
    sequenceOf[block] = slots[slot] - 1;
    if (2 * representatives.length > slots.length) {
      slots = rehash(hashes, 2 * slots.length);
    }
  }
  return {
    count: representatives.length,
    columns: columns.subarray(0, length),
    offsets,
    sequenceOf,
    representatives: Uint32Array.from(representatives),
  };
}

function equalSequences(
  columns: Uint16Array,
  offsets: Uint32Array,
  block: number,
  start: number,
  end: number,
): boolean {
  const other = offsets[block];
  if (offsets[block + 1] - other !== end - start) {
    return false;
  }
  for (let i = start; i < end; i++) {
    if (columns[i] !== columns[other + i - start]) {
      return false;
    }
  }
  return true;
}

function rehash(hashes: readonly number[], capacity: number): Uint32Array<ArrayBuffer> {
  const slots = new Uint32Array(capacity);
  hashes.forEach((hash, sequence) => {
    let slot = hash & (capacity - 1);
    while (slots[slot] !== 0) {
      slot = (slot + 1) & (capacity - 1);
    }
    slots[slot] = sequence + 1;
  });
  return slots;
}
