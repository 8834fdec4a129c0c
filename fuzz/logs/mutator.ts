import type { InputRandom } from '../random';

/** One way to spoil a log. */
export interface Mutator {
  /** A few words for the description of an input. */
  name: string;
  /**
   * @param log one character a byte
   * @param random what is left to chance
   * @param other another log, for what takes a part of it
   * @returns the spoilt log, one character a byte
   */
  apply(log: string, random: InputRandom, other: string): string;
}

/** A place in the log, its beginning and end included. */
export function place(log: string, random: InputRandom): number {
  return random.below(log.length + 1);
}

/** Puts a text into a log. */
export function insertAt(log: string, position: number, text: string): string {
  return log.slice(0, position) + text + log.slice(position);
}

/** A mutator of the log's lines, without their ends. */
export function lineMutator(
  name: string,
  change: (lines: string[], random: InputRandom, other: string[]) => string[],
): Mutator {
  return {
    name,
    apply: (log, random, other) => change(log.split('\n'), random, other.split('\n')).join('\n'),
  };
}

/** A mutator of some lines, each by itself. */
export function eachLineMutator(name: string, change: (line: string, random: InputRandom) => string): Mutator {
  return lineMutator(name, (lines, random) => {
    const share = random.pick([0.02, 0.2, 1]);
    return lines.map((line) => (random.chance(share) ? change(line, random) : line));
  });
}
