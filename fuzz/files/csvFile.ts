import { binaryOf, fromBinary } from '../binary';
import { BYTE_MUTATORS } from '../logs/byteMutators';
import { HOSTILE_TEXTS } from '../logs/hostileText';
import { LINE_MUTATORS } from '../logs/lineMutators';
import type { InputRandom } from '../random';

const CELLS = [
  '',
  '"',
  '""',
  '"a,b"',
  'a"b',
  '"a"b',
  '"open',
  "'",
  'NaN',
  '-1',
  '1e9',
  '99999999',
  ' ',
  '\t',
  'Normal',
  'Anomaly',
  '\ufeff',
];

/** A CSV file that is spoilt: cells replaced, left out or added, odd quotes, or its lines or bytes changed. */
export function spoiltCsv(text: string, random: InputRandom): Uint8Array {
  const rows = text.split('\n').map((line) => line.split(','));
  for (let i = random.below(4); i > 0; i--) {
    const row = random.pick(rows);
    const place = random.below(row.length + 1);
    row.splice(place, random.below(2), random.pick(random.pick([CELLS, HOSTILE_TEXTS])));
  }
  let spoilt = binaryOf(rows.map((row) => row.join(',')).join(random.pick(['\n', '\r\n'])));
  if (random.chance(0.3)) {
    spoilt = random.pick([...BYTE_MUTATORS, ...LINE_MUTATORS]).apply(spoilt, random, spoilt);
  }
  return fromBinary(random.chance(0.1) ? `\xef\xbb\xbf${spoilt}` : spoilt);
}
