import { BlockTable, NO_BLOCK } from './blockTable';

/** More sources than this are clients or parameters rather than what writes the log. */
const MAX_SOURCES = 256;
/** Records of a source on the average: of fewer there is little that one could follow another in. */
const MIN_RECORDS = 50;

/** Numbers the sources of records, such as the hosts or pods whose lines a log has in it, from 1 on. */
export class SourceTable {
  private readonly table = new BlockTable(MAX_SOURCES);
  private records = 0;
  private isFull = false;

  /** The number of the source `bytes[start…end)`; 0 for none, and for what comes when there are too many. */
  numberOf(bytes: Uint8Array, start: number, end: number): number {
    if (start === end) {
      return 0;
    }
    this.records++;
    const number = this.table.numberOf(bytes, start, end);
    this.isFull ||= number === NO_BLOCK;
    return number + 1;
  }

  /**
   * The numbers that are to be told apart: one more than there are sources, or 1 if telling them apart is of no use. Known
   * when all records are read.
   */
  get count(): number {
    const { count } = this.table;
    return this.isFull || count < 2 || this.records < MIN_RECORDS * count ? 1 : count + 1;
  }
}
