/**
 * The value that would stand at place `n`, from 0, if the values were sorted (Hoare's "Find", 1961, the pivot from the middle):
 * in linear time on values that come in no bad order.
 * @param values without NaN, at least n + 1; their order is changed
 */
export function nthLowest(values: Float64Array, n: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >>> 1];
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) {
        i++;
      }
      while (values[j] > pivot) {
        j--;
      }
      if (i <= j) {
        const value = values[i];
        values[i++] = values[j];
        values[j--] = value;
      }
    }
    if (n <= j) {
      high = j;
    } else if (n >= i) {
      low = i;
    } else {
      return values[n];
    }
  }
  return values[n];
}
