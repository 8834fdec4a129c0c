/** Numbers in a list that grows: eight bytes each. */
export class NumberList {
  length = 0;
  private numbers = new Float64Array(1024);

  /** Adds numbers at the end. */
  push(more: ArrayLike<number>): void {
    if (this.length + more.length > this.numbers.length) {
      const larger = new Float64Array(Math.max(2 * this.numbers.length, this.length + more.length));
      larger.set(this.view());
      this.numbers = larger;
    }
    this.numbers.set(more, this.length);
    this.length += more.length;
  }

  /** Puts a number at an index; what is missing up to there is 0. */
  set(index: number, value: number): void {
    if (index >= this.length) {
      this.push(new Float64Array(index + 1 - this.length));
    }
    this.numbers[index] = value;
  }

  /** The number at an index. */
  at(index: number): number {
    return this.numbers[index];
  }

  /** All of them, as long as none is added. */
  view(): Float64Array {
    return this.numbers.subarray(0, this.length);
  }
}
