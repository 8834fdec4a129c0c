import { lowerBound } from '../../numeric/bisect';

/** How unusual a value is among others: −ln of the share of them that are at least as high, in nats. */
export class Tail {
  private readonly sorted: Float64Array;

  /** @param values among which others are unusual or not */
  constructor(values: Float64Array) {
    this.sorted = values.slice().sort();
  }

  /** 0 for the least value, the logarithm of their number from the highest on; 0 where there are none. */
  of(value: number): number {
    const { length } = this.sorted;
    if (length === 0) {
      return 0;
    }
    return Math.log(length / Math.max(1, length - lowerBound(this.sorted, value)));
  }
}
