/**
 * A small seeded generator of pseudo-random numbers, so that training can be repeated: mulberry32 (Tommy Ettinger, 2017,
 * public domain), 32 bits of state, period 2³², good enough for shuffling and initial weights.
 */
export class Random {
  private state: number;

  /** @param seed a whole number; equal seeds give equal sequences */
  constructor(seed: number) {
    this.state = seed | 0;
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 to limit − 1. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** Puts the items in random order, in place (Fisher–Yates). */
  shuffle(items: Uint32Array | Uint16Array): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [items[i], items[j]] = [items[j], items[i]];
    }
  }
}
