import { upperBound } from './bisect';
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
  return upperBound(cumulated, value, 0, cumulated.length - 1);
}

/** Parts of the range of random numbers for which {@link IndexDraws} knows where to look. */
const PARTS = 1 << 14;

/** {@link drawIndex} for many draws by the same weights: it looks only where the index must be, not all over the memory. */
export class IndexDraws {
  /** Per part the first index whose sum is above its beginning. */
  private readonly firsts = new Uint32Array(PARTS + 1);
  private readonly total: number;

  /** @param cumulated as of {@link drawIndex}; not empty, and not all weights are 0 */
  constructor(private readonly cumulated: Float64Array) {
    const last = cumulated.length - 1;
    this.total = cumulated[last];
    let index = 0;
    for (let part = 0; part <= PARTS; part++) {
      while (index < last && cumulated[index] <= (part / PARTS) * this.total) {
        index++;
      }
      this.firsts[part] = index;
    }
  }

  draw(random: Random): number {
    const { firsts, total } = this;
    const share = random.next();
    const part = Math.floor(share * PARTS);
    // PARTS is a power of two, so shares are told apart exactly, and rounding keeps the order of their products.
    return upperBound(this.cumulated, share * total, firsts[part], firsts[part + 1]);
  }
}
