import assert from 'node:assert/strict';
import { fuseStream, fuseWords } from '../../../../../src/core/detect/unsupervised/fusion';
import type { Severity } from '../../../../../src/core/events/eventLog';
import type { Surprisal } from '../../../../../src/core/detect/unsupervised/surprisal';
import { streamOf } from './logs';

const templates = { a: 'first', b: 'second', x: 'third' };
const flat = (length: number, surprisal: number): Surprisal => ({
  entries: new Float64Array(length).fill(surprisal),
  ends: new Float64Array(0),
  shortened: 0,
});

describe('fuseStream', () => {
  const log = streamOf(`${'ab'.repeat(9)}ax`, templates, 5);
  const lexical = Float64Array.of(0, 0, 3);

  it('adds the surprisal where the sequence is better known than the frequencies', () => {
    const surprisal = flat(20, 0.1);
    surprisal.entries[13] = 6;
    assert.deepEqual(
      [...fuseStream(log, log, lexical, surprisal).blocks].map((score) => +score.toFixed(6)),
      [0, 0.1, 6, 3.1],
    );
  });

  it('goes by the words alone where it is not', () => {
    const surprisal = flat(20, 2);
    surprisal.entries[13] = 9;
    const { blocks, cut } = fuseStream(log, log, lexical, surprisal);
    assert.deepEqual([...blocks], [0, 0, 0, 3]);
    assert.ok(cut > 0 && cut <= 3);
  });

  it('expects something new at the beginning, and among other new things, but not after a long time', () => {
    const letters = Object.fromEntries([...'abxyzuvw'].map((letter) => [letter, `doing ${letter}`]));
    const started = streamOf(`xyzuv${'ab'.repeat(500)}w${'ab'.repeat(100)}`, letters, 20);
    const surprisal = flat(started.events.length, 0.1);
    [0, 1, 2, 3, 4, 1005].forEach((entry) => (surprisal.entries[entry] = 8));
    const { entries, cut, newAfter } = fuseStream(started, started, new Float64Array(8), surprisal);
    const above = [...entries.keys()].filter((entry) => entries[entry] >= cut);
    assert.deepEqual(above, [1005]);
    assert.deepEqual(newAfter, { 1005: 1005 - 11 });
  });

  it('does not let something new hide an error after it, and expects none at the beginning', () => {
    const letters: Record<string, string | [Severity, string]> = {
      ...Object.fromEntries([...'abxyz'].map((letter) => [letter, `doing ${letter}`])),
      e: ['error', 'order not written'],
      f: ['error', 'stock not written'],
    };
    const log = streamOf(`xye${'ab'.repeat(500)}zaf${'ab'.repeat(100)}`, letters, 20);
    const surprisal = flat(log.events.length, 0.1);
    [0, 1, 2, 1003, 1005].forEach((entry) => (surprisal.entries[entry] = 8));
    const { entries, cut } = fuseStream(log, log, Float64Array.of(0, 0, 0, 0, 0, 2, 2), surprisal);
    const above = [...entries.keys()].filter((entry) => entries[entry] >= cut);
    assert.deepEqual(above, [2, 1003, 1005]);
  });

  it('lets no more templates stand out than a person can look at, the most surprising ones', () => {
    const rare = Array.from({ length: 60 }, (_, i) => String.fromCharCode(0x4e00 + i));
    const letters = Object.fromEntries(['a', 'b', ...rare].map((letter) => [letter, `doing ${letter}`]));
    const log = streamOf(
      rare
        .map((letter) => 'ab'.repeat(200) + letter)
        .join('')
        .repeat(4),
      letters,
      20,
    );
    const surprisal = flat(log.events.length, 0.1);
    const isRare = (entry: number): boolean => entry % 401 === 400;
    surprisal.entries.forEach((_, entry) => (surprisal.entries[entry] = isRare(entry) ? 20 + (entry % 31) / 100 : 0.1));
    const { entries, cut } = fuseStream(log, log, new Float64Array(62), surprisal);
    const above = [...entries.keys()].filter((entry) => entries[entry] >= cut);
    const told = new Set(above.map((entry) => log.events[entry]));
    assert.ok(told.size > 10 && told.size <= 20, String(told.size));
    const others = entries.filter((_, entry) => !told.has(log.events[entry]));
    assert.ok(Math.max(...others) < Math.min(...above.map((entry) => entries[entry])));
  });

  it('sees a step left out between two frequent ones, but nothing in what may come anywhere', () => {
    const steps = [...'abcd'.repeat(150), ...'abd', ...'abcd'.repeat(150)];
    [130, 601, 900].forEach((place) => steps.splice(place, 0, 'h'));
    const log = streamOf(steps.join(''), { a: 'get', b: 'look', c: 'change', d: 'put', h: 'alive' }, 20);
    const { entries, cut, surprisal } = fuseStream(log, log, new Float64Array(5), flat(steps.length, 0.1));
    const above = [...entries.keys()].filter((entry) => entries[entry] >= cut);
    assert.deepEqual(
      above.map((entry) => steps.slice(entry - 2, entry + 1).join('')),
      ['abd'],
    );
    assert.equal(surprisal?.entries[above[0]], entries[above[0]]);
  });

  it('raises its cut with the length of the log', () => {
    const cutOf = (count: number): number => {
      const log = streamOf('ab'.repeat(count / 2), templates, 20);
      return fuseStream(log, log, lexical, flat(count, 0.1)).cut;
    };
    assert.equal(cutOf(1000), 5.5);
    assert.ok(Math.abs(cutOf(100_000) - Math.log(10_000)) < 1e-9);
  });

  it('trusts no order where new templates never end', () => {
    const letters = Array.from({ length: 150 }, (_, i) => String.fromCharCode(0x4e00 + i));
    const events = letters.map((letter) => `abab${letter}`).join('');
    const named = Object.fromEntries(['a', 'b', ...letters].map((letter) => [letter, `reading ${letter}`]));
    const log = streamOf(events, named, 20);
    const surprisal = flat(events.length, 0.1);
    surprisal.entries.fill(9, 500, 510);
    assert.equal(fuseStream(log, log, new Float64Array(152), surprisal).usesSequence, false);
  });
});

describe('fuseWords', () => {
  const errors: Record<string, string | [Severity, string]> = {
    a: 'reading',
    e: ['error', 'order not written'],
    f: 'disk failure',
  };

  it('lets an error stand out where there are few, below what says why, and not where there are many', () => {
    const lexical = Float64Array.of(0, 2, 3);
    const few = fuseWords(streamOf(`${'a'.repeat(150)}ef`, errors, 20), lexical);
    assert.ok(few.entries[150] >= few.cut && few.entries[150] < few.entries[151]);
    const many = fuseWords(streamOf('aaaaaeeee'.repeat(20), errors, 20), lexical);
    assert.ok(many.entries[5] < many.cut);
  });

  it('lets what is new after a long time stand out, and not below it', () => {
    const log = streamOf('a'.repeat(300), errors, 20);
    const news = new Map([
      [120, 5.4],
      [250, 5.6],
    ]);
    const { entries, cut } = fuseWords(log, new Float64Array(3), news);
    assert.deepEqual(
      [...entries.keys()].filter((entry) => entries[entry] >= cut),
      [250],
    );
  });
});
