import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Random } from '../../../../src/core/numeric/random';
import { readBase } from '../../../../bench/injected/baseLog';
import { OUTSPOKEN_FAILURES, PLAIN_FAILURES } from '../../../../bench/injected/failureMessages';
import { FAULT_KINDS } from '../../../../bench/injected/faults';

const JOBS = 60;

/** A worker's log with CRLF and without a line end at its end: each job has three records, the second has a second line. */
function workerLog(): string[] {
  let time = Date.UTC(2024, 4, 13, 6);
  const line = (level: string, message: string): string => {
    time += 250;
    return `${new Date(time).toISOString().replace('T', ' ').replace('Z', '').replace('.', ',')} ${level.padEnd(5)} worker.queue: ${message}`;
  };
  return Array.from({ length: JOBS }, (_, job) => [
    line('INFO', `received job j${job}a of kind mail`),
    line('DEBUG', `fetched the body of j${job}a:`),
    '    to: somebody',
    line('INFO', `job j${job}a done in ${20 + ((job * 7) % 50)} ms`),
    ...(job % 7 === 3 ? [line('WARN', `queue of mails is long, j${job}a waits`)] : []),
  ])
    .flat()
    .map((text, i, all) => (i + 1 < all.length ? `${text}\r\n` : text));
}

const LINES = workerLog();
const BASE = readBase(Buffer.from(LINES.join('')));

function injected(kind: string, seed = 1): { lines: string[]; causes: { first: number; last: number }[] } {
  const faulty = FAULT_KINDS.get(kind)!(BASE, new Random(seed));
  assert.ok(faulty !== undefined, kind);
  return faulty;
}

/** Where the lines of a log depart from those of the base: how many are the same before and behind. */
function change(lines: readonly string[]): { before: number; removed: string[]; added: string[] } {
  let before = 0;
  while (lines[before] === LINES[before]) {
    before++;
  }
  let behind = 0;
  while (
    behind < Math.min(lines.length, LINES.length) - before &&
    lines[lines.length - 1 - behind] === LINES[LINES.length - 1 - behind]
  ) {
    behind++;
  }
  return {
    before,
    removed: LINES.slice(before, LINES.length - behind),
    added: lines.slice(before, lines.length - behind),
  };
}

function partsOf(line: string): string[] {
  return /^(\S+ \S+) (\w+) +worker\.queue: (.*)\r\n$/.exec(line)!.slice(1);
}

describe('faults put into logs', () => {
  it('leave the rest of the log as it is, and are in the middle of it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FAULT_KINDS.keys()), fc.nat(), (kind, seed) => {
        const { lines, causes } = injected(kind, seed);
        const { before, removed, added } = change(lines);
        assert.ok(removed.length + added.length > 0);
        assert.ok(before >= Math.floor(0.2 * LINES.length) && before <= Math.ceil(0.8 * LINES.length));
        assert.ok(causes.every(({ first, last }) => first <= last && last <= lines.length));
        // The cause is where the log departs from the base; a missing record's is beside it.
        assert.ok(causes[0].first <= before + 1 && before <= causes[0].last);
      }),
    );
  });

  it('are the same bytes with the same seed, and elsewhere with another', () => {
    for (const kind of FAULT_KINDS.keys()) {
      assert.deepEqual(injected(kind, 5), injected(kind, 5));
      const places = new Set(Array.from({ length: 10 }, (_, seed) => injected(kind, seed).causes[0].first));
      assert.ok(places.size > 3, `${kind}: ${[...places].join(', ')}`);
    }
  });

  it('have the message of another program in place of a record’s', () => {
    const { lines, causes } = injected('foreign error');
    const { before, removed, added } = change(lines);
    assert.deepEqual(causes, [{ first: before + 1, last: before + 1 }]);
    assert.deepEqual([removed.length, added.length], [1, 1]);
    const [time, level, message] = partsOf(added[0]);
    assert.deepEqual([time, level], partsOf(removed[0]).slice(0, 2));
    assert.ok([...OUTSPOKEN_FAILURES, ...PLAIN_FAILURES].includes(message));
  });

  it('have that message at the level of an error, aligned as the levels are', () => {
    const { lines } = injected('foreign error with level');
    const { removed, added } = change(lines);
    const [time, level] = partsOf(added[0]);
    assert.deepEqual([time, level], [partsOf(removed[0])[0], 'ERROR']);
    assert.equal(added[0].indexOf('worker.queue'), removed[0].indexOf('worker.queue'));
  });

  it('have two records in the wrong order, but not their times', () => {
    const { lines, causes } = injected('swapped order');
    const [{ first, last }] = causes;
    const [now, then] = [lines, LINES].map((all) => all.slice(first - 1, last));
    assert.equal(lines.length, LINES.length);
    const rest = (line: string): string => line.replace(/^\d\S+ \S+/, '');
    assert.notDeepEqual(now.map(rest), then.map(rest));
    assert.deepEqual(now.map(rest).sort(), then.map(rest).sort());
    const times = (of: string[]): string[] => of.flatMap((line) => /^\d\S+ \S+/.exec(line)?.[0] ?? []);
    assert.deepEqual(times(now), times(then));
  });

  it('leave a record out with all its lines; the cause is what stands before and behind', () => {
    const { lines, causes } = injected('missing step');
    const { removed, added } = change(lines);
    assert.deepEqual(added, []);
    assert.equal(removed.filter((line) => /^\d/.test(line)).length, 1);
    const [{ first, last }] = causes;
    assert.equal(lines.slice(first - 1, last).filter((line) => /^\d/.test(line)).length, 2);
  });

  it('repeat a record forty times', () => {
    const { lines, causes } = injected('burst');
    const [{ first, last }] = causes;
    assert.equal(last - first, 40);
    assert.deepEqual(lines.slice(first - 1, last), Array<string>(41).fill(LINES[first - 1]));
    assert.deepEqual(lines.slice(0, first - 1), LINES.slice(0, first - 1));
    assert.deepEqual(lines.slice(last), LINES.slice(first));
  });

  it('write nothing for thirty times the usual gap', () => {
    const { lines, causes } = injected('silence');
    const { before, added } = change(lines);
    assert.deepEqual([added, causes], [[], [{ first: before + 1, last: before + 1 }]]);
    const records = readBase(Buffer.from(lines.join(''))).records;
    const after = records.findIndex(({ line }) => line === before);
    assert.ok(records[after].time - records[after - 1].time >= 30 * 250);
  });

  it('tell of one failure again and again, until the end', () => {
    const { lines, causes } = injected('repeated failure');
    const told = new Set(causes.map(({ first }) => first - 1));
    assert.deepEqual(
      lines.filter((_, i) => !told.has(i)),
      LINES,
    );
    assert.equal(new Set([...told].map((i) => partsOf(lines[i])[2])).size, 1);
    const gaps = causes.slice(1).map(({ first }, i) => first - causes[i].first);
    assert.ok(gaps.every((gap) => gap >= 6 && gap <= 20));
    assert.ok(causes[causes.length - 1].first > lines.length - 20);
  });

  it('multiply a number by a thousand', () => {
    const { lines, causes } = injected('changed number');
    const { before, removed, added } = change(lines);
    assert.deepEqual(causes, [{ first: before + 1, last: before + 1 }]);
    const number = / (\d+) ms/.exec(removed[0])![1];
    assert.deepEqual(added, [removed[0].replace(` ${number} ms`, ` ${number}000 ms`)]);
  });

  it('are not put into a log that has no place for them', () => {
    const base = readBase(Buffer.from('one\ntwo\n'));
    for (const [kind, inject] of FAULT_KINDS) {
      assert.equal(inject(base, new Random(1)), undefined, kind);
    }
  });
});
