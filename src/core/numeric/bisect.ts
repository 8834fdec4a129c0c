/**
 * The first index from `low` to `high` whose value is not below a value; `high` if there is none.
 * @param values ascending between the two
 */
export function lowerBound(values: ArrayLike<number>, value: number, low = 0, high = values.length): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/**
 * The first index from `low` to `high` whose value is above a value; `high` if there is none.
 * @param values ascending between the two
 */
export function upperBound(values: ArrayLike<number>, value: number, low = 0, high = values.length): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] > value) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/**
 * How many values stand before the first that something does not hold for.
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
