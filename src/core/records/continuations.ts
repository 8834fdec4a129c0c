import { lowerBound } from '../numeric/bisect';
import { grown } from '../numeric/columns';

/**
 * The continuation lines of a log, by the first line of their record. Most records have none, so only the others are
 * kept, in ascending order of their first line.
 */
export class Continuations {
  private firstLines = new Uint32Array(64);
  private counts = new Uint32Array(64);
  /** How many records have such lines. */
  length = 0;

  /** Says that one more line, or `count`, follows the record that begins at `firstLine`, the latest so far. */
  add(firstLine: number, count = 1): void {
    const last = this.length - 1;
    if (last >= 0 && this.firstLines[last] === firstLine) {
      this.counts[last] += count;
      return;
    }
    if (this.length === this.firstLines.length) {
      this.firstLines = grown(this.firstLines);
      this.counts = grown(this.counts);
    }
    this.firstLines[this.length] = firstLine;
    this.counts[this.length] = count;
    this.length++;
  }

  /**
   * Those of some records alone.
   * @param firstLines of these and of any others, ascending
   */
  only(firstLines: Uint32Array): Continuations {
    const some = new Continuations();
    let next = 0;
    for (let i = 0; i < this.length; i++) {
      while (next < firstLines.length && firstLines[next] < this.firstLines[i]) {
        next++;
      }
      if (firstLines[next] === this.firstLines[i]) {
        some.add(this.firstLines[i], this.counts[i]);
      }
    }
    return some;
  }

  /** All of them: first lines and numbers of continuation lines in turn. */
  pairs(): Uint32Array<ArrayBuffer> {
    const pairs = new Uint32Array(2 * this.length);
    for (let i = 0; i < this.length; i++) {
      pairs[2 * i] = this.firstLines[i];
      pairs[2 * i + 1] = this.counts[i];
    }
    return pairs;
  }

  /** How many continuation lines the record that begins at `firstLine` has; they follow it directly. */
  countOf(firstLine: number): number {
    const record = lowerBound(this.firstLines, firstLine, 0, this.length);
    return record < this.length && this.firstLines[record] === firstLine ? this.counts[record] : 0;
  }
}
