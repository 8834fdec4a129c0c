import { gzipSync } from 'node:zlib';
import { fromBinary, toBinary } from '../binary';
import type { InputRandom } from '../random';
import { place, type Mutator } from './mutator';

/** What is done to a log as a whole, last of all: its encoding, and what it is packed in. */
export const ENCODING_MUTATORS: readonly Mutator[] = [
  { name: 'UTF-8 byte order mark', apply: (log) => `\xef\xbb\xbf${log}` },
  { name: 'two byte order marks', apply: (log) => `\xef\xbb\xbf\xef\xbb\xbf${log}` },
  { name: 'UTF-16 LE', apply: (log) => `\xff\xfe${utf16(log)}` },
  { name: 'UTF-16 BE', apply: (log) => `\xfe\xff${swapped(utf16(log))}` },
  { name: 'UTF-16 LE without mark', apply: utf16 },
  { name: 'UTF-16 BE without mark', apply: (log) => swapped(utf16(log)) },
  { name: 'UTF-16 with half a character', apply: (log) => `\xff\xfe${utf16(log).slice(0, -1)}` },
  { name: 'a mark of UTF-16 before UTF-8', apply: (log, random) => random.pick(['\xff\xfe', '\xfe\xff']) + log },
  { name: 'UTF-32 LE', apply: (log) => log.replaceAll(/[^]/g, (byte) => `${byte}\0\0\0`) },
  { name: 'UTF-32 BE', apply: (log) => log.replaceAll(/[^]/g, (byte) => `\0\0\0${byte}`) },
  { name: 'gzip', apply: (log) => gzip(log) },
  { name: 'gzip without end', apply: (log, random) => cut(gzip(log), random) },
  { name: 'gzip in parts', apply: (log, random) => inParts(log, random).map(gzip).join('') },
  {
    name: 'gzip in parts, the last without end',
    apply: (log, random) => inParts(log, random).map(gzip).join('').slice(0, -random.between(1, 20)),
  },
  { name: 'gzip and then something else', apply: (log, random) => gzip(log) + toBinary(random.bytes(random.size(50))) },
  { name: 'gzip and then NULs', apply: (log, random) => gzip(log) + '\0'.repeat(random.size(600)) },
  {
    name: 'gzip with a flipped bit',
    apply: (log: string, random: InputRandom): string => {
      const bytes = Buffer.from(gzip(log), 'latin1');
      bytes[random.below(bytes.length)] ^= 1 << random.below(8);
      return bytes.toString('latin1');
    },
  },
  { name: 'gzip of gzip', apply: (log) => gzip(gzip(log)) },
  { name: 'gzip of nothing', apply: () => gzip('') },
  { name: 'the mark of gzip alone', apply: (log, random) => random.pick(['\x1f\x8b', `\x1f\x8b${log}`, '\x1f']) },
  {
    name: 'the mark of another archive',
    apply: (log, random) =>
      random.pick(['PK\x03\x04', '\xfd7zXZ\0', 'BZh9', '\x28\xb5\x2f\xfd', '\x7fELF', '%PDF-1.7']) + log,
  },
];

function utf16(log: string): string {
  return Buffer.from(log, 'utf16le').toString('latin1');
}

function swapped(text: string): string {
  return text.replaceAll(/([^])([^])/g, '$2$1');
}

function gzip(log: string): string {
  return toBinary(gzipSync(fromBinary(log)));
}

function cut(text: string, random: InputRandom): string {
  return text.slice(0, place(text, random));
}

function inParts(log: string, random: InputRandom): string[] {
  const middle = place(log, random);
  return random.chance(0.3) ? [log.slice(0, middle), '', log.slice(middle)] : [log.slice(0, middle), log.slice(middle)];
}
