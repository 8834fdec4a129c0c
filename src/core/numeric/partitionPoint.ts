/**
 * How many values stand before the first that something does not hold for, by binary search.
 * @param holds for all values up to some place, and for none after it
 */
export function partitionPoint<T>(values: ArrayLike<T>, holds: (value: T) => boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(values[middle])) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
