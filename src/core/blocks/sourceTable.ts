import { BlockTable, NO_BLOCK } from './blockTable';

/** More sources than this are clients or parameters rather than what writes the log. */
const MOST_SOURCES = 256;
/** Records of a source on the average: fewer teach nothing about their order. */
const LEAST_RECORDS = 200;

/** Numbers the sources of records, such as the hosts or pods whose lines a log has in it; those of no source are one more. */
export class SourceTable {
  private readonly table = new BlockTable(MOST_SOURCES);
  private records = 0;
  private isFull = false;

  /** The number of the source `bytes[start…end)`; 0 once there are too many. */
  numberOf(bytes: Uint8Array, start: number, end: number): number {
    if (this.isFull) {
      return 0;
    }
    this.records++;
    const number = this.table.numberOf(bytes, start, end);
    this.isFull = number === NO_BLOCK;
    return this.isFull ? 0 : number;
  }

  /** How many sources are to be told apart, 1 if telling them apart is of no use; known when all records are read. */
  get count(): number {
    const { count } = this.table;
    return this.isFull || this.records < LEAST_RECORDS * count ? 1 : Math.max(1, count);
  }
}
