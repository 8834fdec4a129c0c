import { binaryOf, fromBinary } from '../binary';
import { BYTE_MUTATORS } from '../logs/byteMutators';
import { HOSTILE_TEXTS } from '../logs/hostileText';
import type { InputRandom } from '../random';

/** JSON values where others are expected. */
const VALUES: readonly ((random: InputRandom) => unknown)[] = [
  () => null,
  () => true,
  () => '',
  () => [],
  () => ({}),
  (random) => random.pick([0, -1, 1.5, 1e308, -1e308, 2 ** 31, 2 ** 53, 1e-320]),
  (random) => random.pick(HOSTILE_TEXTS),
  (random) => 'x'.repeat(random.size(20_000)),
  (random) => Array.from({ length: random.size(3000) }, () => 1),
  (random) => Array.from({ length: random.size(300) }, (_, i) => `${i}`),
  () => ({ ['__proto__']: { version: 1 }, constructor: null }),
];

/** A JSON file that is spoilt: values replaced, left out or doubled, nested too deeply, or its bytes changed. */
export function spoiltJson(value: unknown, random: InputRandom): Uint8Array {
  const spoilt: unknown = structuredClone(value);
  for (let i = random.below(4); i > 0; i--) {
    spoil(spoilt, random);
  }
  let text = binaryOf(JSON.stringify(spoilt));
  if (random.chance(0.05)) {
    const depth = random.size(20_000);
    text = random.pick([
      `${'['.repeat(depth)}${']'.repeat(depth)}`,
      `{"x":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`,
      '['.repeat(depth),
    ]);
  }
  if (random.chance(0.25)) {
    text = random.pick(BYTE_MUTATORS).apply(text, random, text);
  }
  return fromBinary(text);
}

/** Changes one value somewhere within. */
function spoil(value: unknown, random: InputRandom): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  const container = value as Record<string, unknown>;
  const keys = Object.keys(container);
  if (keys.length === 0) {
    return;
  }
  const key = random.pick(keys);
  const inner = container[key];
  if (typeof inner === 'object' && inner !== null && random.chance(0.7)) {
    spoil(inner, random);
  } else if (random.chance(0.15)) {
    delete container[key];
  } else if (random.chance(0.15)) {
    container[random.pick(['', 'x', ' ', ...HOSTILE_TEXTS])] = random.pick(VALUES)(random);
  } else if (typeof inner === 'number' && random.chance(0.5)) {
    container[key] = inner * random.pick([-1, 0, 2, 1000, 1e9, 0.1]) + random.pick([0, 0, 1, -1]);
  } else {
    container[key] = random.pick(VALUES)(random);
  }
}
