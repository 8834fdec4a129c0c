/** A set of physical lines of a log, a bit for each. */
export class LineSet {
  private readonly bits: Uint8Array;

  /** @param lineCount lines of the log, which are counted from 1 */
  constructor(lineCount: number) {
    this.bits = new Uint8Array((lineCount >>> 3) + 1);
  }

  has(line: number): boolean {
    return ((this.bits[line >>> 3] >>> (line & 7)) & 1) === 1;
  }

  /** Takes in the lines from one to another, both included. */
  add(first: number, last: number): void {
    for (let line = first; line <= last; line++) {
      this.bits[line >>> 3] |= 1 << (line & 7);
    }
  }
}
