type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/**
 * A larger copy of a typed array, for columns that grow as a log is read; what is new in it is 0.
 * @param length that it has at least; in any case it is twice as long as it was
 */
export function grown<T extends Column>(column: T, length = 0): T {
  const larger = new (column.constructor as new (length: number) => T)(Math.max(2 * column.length, length));
  larger.set(column);
  return larger;
}

/** Numbers in a list that grows: eight bytes each. */
export class NumberList {
  length = 0;
  private numbers = new Float64Array(1024);

  /** Adds numbers at the end. */
  push(more: ArrayLike<number>): void {
    if (this.length + more.length > this.numbers.length) {
      this.numbers = grown(this.numbers, this.length + more.length);
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
