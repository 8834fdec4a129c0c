import type { Random } from './random';

/** A number from the standard normal distribution (Box & Muller 1958). */
export function normalNumber(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/**
 * Draws an index by weight.
 * @param cumulated per index the sum of the weights up to it, its own included
 */
export function drawIndex(cumulated: ArrayLike<number>, random: Random): number {
  const value = random.next() * cumulated[cumulated.length - 1];
  let low = 0;
  let high = cumulated.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulated[middle] > value) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
