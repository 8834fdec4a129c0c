import { fromBinary } from '../binary';
import type { InputRandom } from '../random';
import { BYTE_MUTATORS } from './byteMutators';
import { ENCODING_MUTATORS } from './encodingMutators';
import { LINE_MUTATORS } from './lineMutators';
import { excerpt, SEED_LOGS, type SeedLog } from './seedLogs';
import { TEXT_MUTATORS } from './textMutators';

/** Logs do not grow beyond it however many mutators meet. */
const MAX_BYTES = 600_000;

/** A spoilt log. */
export interface MutatedLog {
  bytes: Uint8Array;
  /** Of what it was made, and how. */
  description: string;
}

/** A log with up to four things done to it, and now and then another encoding or a packing. */
export function mutatedLog(random: InputRandom, seeds: readonly SeedLog[] = SEED_LOGS): MutatedLog {
  const seed = random.pick(seeds);
  const other = random.pick(SEED_LOGS);
  const mutators = [
    ...Array.from({ length: random.below(5) }, () =>
      random.pick(random.pick([BYTE_MUTATORS, LINE_MUTATORS, TEXT_MUTATORS])),
    ),
    ...(random.chance(0.15) ? [random.pick(ENCODING_MUTATORS)] : []),
  ];
  let log = excerpt(seed, random);
  const otherLog = excerpt(other, random.fork());
  for (const mutator of mutators) {
    log = mutator.apply(log, random.fork(), otherLog).slice(0, MAX_BYTES);
  }
  return {
    bytes: fromBinary(log),
    description: [seed.name, ...mutators.map(({ name }) => name)].join(', '),
  };
}
