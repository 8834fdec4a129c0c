import { doubled } from '../numeric/doubled';
import type { BlockIndex } from './entryStore';

/** The different event sequences of a log's blocks. Real logs repeat themselves a hundredfold, so each is judged once. */
export interface DistinctSequences {
  /** How many there are. */
  count: number;
  /** Events of all sequences as columns of the image, one after another; those without a column are left out. */
  columns: Uint16Array;
  /** The columns of sequence s are `columns[offsets[s]…offsets[s + 1])`. Length: sequences + 1. */
  offsets: Uint32Array;
  /** Number of each block's sequence. */
  sequenceOf: Uint32Array;
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
  const sequenceOf = new Uint32Array(blockCount);
  /** Of the sequences so far, with room for that of the block that is looked at. */
  let columns = new Uint16Array(1024);
  /** How many there are, where each begins, and their hashes. */
  let count = 0;
  let offsets = new Uint32Array(1024);
  let hashes = new Int32Array(1024);
  /** Open addressing; sequence + 1, 0 = free. At most half of it is ever used. */
  let slots = new Uint32Array(1024);
  for (let block = 0; block < blockCount; block++) {
    const firstEntry = blocks.offsets[block];
    const lastEntry = blocks.offsets[block + 1];
    const start = offsets[count];
    if (start + lastEntry - firstEntry > columns.length) {
      const larger = new Uint16Array(2 * (start + lastEntry - firstEntry));
      larger.set(columns.subarray(0, start));
      columns = larger;
    }
    let end = start;
    let hash = 0x811c9dc5 | 0;
    for (let entry = firstEntry; entry < lastEntry; entry++) {
      const event = blocks.events[entry];
      const column = event < columnOf.length ? columnOf[event] : NO_COLUMN;
      if (column !== NO_COLUMN) {
        columns[end++] = column;
        hash = Math.imul(hash ^ column, 0x01000193);
      }
    }
    hash = (hash ^ (hash >>> 15)) | 0;
    let slot = hash & (slots.length - 1);
    while (slots[slot] !== 0) {
      const sequence = slots[slot] - 1;
      if (hashes[sequence] === hash && isRepeated(columns, offsets[sequence], offsets[sequence + 1], start, end)) {
        break;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    if (slots[slot] === 0) {
      if (count + 2 > offsets.length) {
        offsets = doubled(offsets);
        hashes = doubled(hashes);
      }
      hashes[count++] = hash;
      offsets[count] = end;
      slots[slot] = count;
    }
    sequenceOf[block] = slots[slot] - 1;
    if (2 * count > slots.length) {
      slots = rehash(hashes.subarray(0, count), 2 * slots.length);
    }
  }
  return {
    count,
    columns: columns.subarray(0, offsets[count]),
    offsets: offsets.subarray(0, count + 1),
    sequenceOf,
  };
}

/** Whether the columns `first…firstEnd` stand at `start…end` again. */
function isRepeated(columns: Uint16Array, first: number, firstEnd: number, start: number, end: number): boolean {
  if (firstEnd - first !== end - start) {
    return false;
  }
  for (let i = start; i < end; i++) {
    if (columns[i] !== columns[first + i - start]) {
      return false;
    }
  }
  return true;
}

function rehash(hashes: Int32Array, capacity: number): Uint32Array<ArrayBuffer> {
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
