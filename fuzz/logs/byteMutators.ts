import { toBinary } from '../binary';
import type { InputRandom } from '../random';
import { HOSTILE_TEXTS } from './hostileText';
import { insertAt, place, type Mutator } from './mutator';

/** What is done to a log as a row of bytes. */
export const BYTE_MUTATORS: readonly Mutator[] = [
  {
    name: 'bits flipped',
    apply: (log: string, random: InputRandom): string => {
      const bytes = Buffer.from(log, 'latin1');
      for (let i = random.size(40); i > 0 && bytes.length > 0; i--) {
        bytes[random.below(bytes.length)] ^= 1 << random.below(8);
      }
      return bytes.toString('latin1');
    },
  },
  { name: 'end cut off', apply: (log, random) => log.slice(0, place(log, random)) },
  { name: 'beginning cut off', apply: (log, random) => log.slice(place(log, random)) },
  {
    name: 'part cut out',
    apply: (log: string, random: InputRandom): string => {
      const start = place(log, random);
      return log.slice(0, start) + log.slice(start + random.size(2000));
    },
  },
  {
    name: 'random bytes put in',
    apply: (log, random) => insertAt(log, place(log, random), toBinary(random.bytes(random.size(300)))),
  },
  { name: 'nothing but random bytes', apply: (_, random) => toBinary(random.bytes(random.size(4000))) },
  { name: 'empty', apply: () => '' },
  {
    name: 'run of NULs',
    apply: (log, random) => insertAt(log, place(log, random), '\0'.repeat(random.size(70_000))),
  },
  { name: 'NULs at the beginning', apply: (log, random) => '\0'.repeat(random.size(70_000)) + log },
  { name: 'NULs at the end', apply: (log, random) => log + '\0'.repeat(random.size(70_000)) },
  {
    name: 'one byte again and again',
    apply: (log, random) =>
      insertAt(log, place(log, random), String.fromCharCode(random.below(256)).repeat(random.size(70_000))),
  },
  {
    name: 'part of another log',
    apply: (log: string, random: InputRandom, other: string): string => {
      const start = place(other, random);
      return insertAt(log, place(log, random), other.slice(start, start + random.size(3000)));
    },
  },
  {
    name: 'halves of two logs',
    apply: (log, random, other) => log.slice(0, place(log, random)) + other.slice(place(other, random)),
  },
  {
    name: 'hostile text at random places',
    apply: (log: string, random: InputRandom): string => {
      let result = log;
      for (let i = random.size(30); i > 0; i--) {
        result = insertAt(result, place(result, random), random.pick(HOSTILE_TEXTS));
      }
      return result;
    },
  },
  {
    name: 'control bytes at random places',
    apply: (log: string, random: InputRandom): string => {
      let result = log;
      for (let i = random.size(60); i > 0; i--) {
        result = insertAt(result, place(result, random), String.fromCharCode(random.below(0x20)));
      }
      return result;
    },
  },
  {
    name: 'high bytes at random places',
    apply: (log: string, random: InputRandom): string => {
      let result = log;
      for (let i = random.size(60); i > 0; i--) {
        result = insertAt(result, place(result, random), String.fromCharCode(random.between(0x80, 0xff)));
      }
      return result;
    },
  },
];
