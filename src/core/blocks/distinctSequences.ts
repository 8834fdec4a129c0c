import { grown } from '../numeric/columns';
import { SequenceTable } from '../numeric/sequenceTable';
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
  const table = new SequenceTable();
  let columns = new Uint16Array(1024);
  for (let block = 0; block < blockCount; block++) {
    const firstEntry = blocks.offsets[block];
    const lastEntry = blocks.offsets[block + 1];
    if (lastEntry - firstEntry > columns.length) {
      columns = grown(columns, lastEntry - firstEntry);
    }
    let length = 0;
    for (let entry = firstEntry; entry < lastEntry; entry++) {
      const event = blocks.events[entry];
      const column = event < columnOf.length ? columnOf[event] : NO_COLUMN;
      if (column !== NO_COLUMN) {
        columns[length++] = column;
      }
    }
    sequenceOf[block] = table.add(columns, length);
  }
  const { count, values, offsets } = table;
  return { count, columns: values.subarray(0, offsets[count]), offsets: offsets.subarray(0, count + 1), sequenceOf };
}
