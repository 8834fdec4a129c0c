import type { FuzzCase } from './fuzzCase';
import { randomOf } from './random';
import { TARGETS } from './targets';

/** One input of a run, by which it is made again. */
export interface InputName {
  seed: number;
  number: number;
  /** The only target that is wanted; any if left out. */
  only?: string;
}

/** An input. The same name gives the same input, to the last byte. */
export function inputOf(name: InputName): FuzzCase {
  const random = randomOf(name.seed, name.number);
  // Spent on the target, also where that is given, so that what follows does not depend on it.
  random.next();
  return TARGETS[targetOf(name)].make(random);
}

/** The target of an input. */
export function targetOf({ seed, number, only }: InputName): string {
  return only ?? chooseTarget(randomOf(seed, number).next());
}

/** The command that runs an input by itself. */
export function commandOf({ seed, number, only }: InputName): string {
  const target = only === undefined ? '' : ` --target ${only}`;
  return `npm run fuzz -- --seed ${seed} --from ${number} --count 1${target}`;
}

/** @param place among all weights, 0…1 */
function chooseTarget(place: number): string {
  const targets = Object.entries(TARGETS);
  let left = place * targets.reduce((sum, [, { weight }]) => sum + weight, 0);
  for (const [name, { weight }] of targets) {
    left -= weight;
    if (left < 0) {
      return name;
    }
  }
  return targets[targets.length - 1][0];
}
