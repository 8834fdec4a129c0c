import { Random } from '../src/core/numeric/random';

/** Random choices of which an input is made: a function of its seed and number alone. */
export class InputRandom extends Random {
  /** Whether something of this probability happens. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** A whole number from 1 to `most`, small ones as often as large ones: each power of two is equally likely. */
  size(most: number): number {
    return Math.floor(Math.exp(this.next() * Math.log(most + 1)));
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }

  /** Several of the items in a random order; an item may come twice. */
  some<T>(items: readonly T[], most: number): T[] {
    return Array.from({ length: this.below(most + 1) }, () => this.pick(items));
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }

  /** A generator of its own, so that what it is used for does not change what comes after. */
  fork(): InputRandom {
    return new InputRandom(this.below(0x1_0000_0000));
  }
}

/** The generator of an input. */
export function randomOf(seed: number, number: number): InputRandom {
  // Neighbouring numbers must not give neighbouring states: each goes through the generator once.
  const mixed = new InputRandom(seed).below(0x1_0000_0000) ^ new InputRandom(number).below(0x1_0000_0000);
  return new InputRandom(Math.imul(mixed, 0x9e3779b1) ^ seed);
}
