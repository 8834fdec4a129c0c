import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CATALOGUE } from '../../../../src/core/formats/catalogue';
import { NotTextError } from '../../../../src/core/input/byteDecoder';
import type { RecordSink } from '../../../../src/core/records/recordSink';
import { utf8 } from '../../../support/bytes';
import { recordReader } from '../../../support/records';

/** Reads a log of any bytes and checks that every line is accounted for and all places are within their line. */
function check(bytes: Uint8Array): number {
  let lastLine = 0;
  let records = 0;
  const sink: RecordSink = {
    onRecord: (line, start, end, number, header) => {
      assert.ok(number > lastLine);
      lastLine = number;
      records++;
      assert.ok(start <= end && end <= line.length);
      for (const [from, to] of [
        [header.contentStart, header.contentEnd],
        [header.componentStart, header.componentEnd],
        [header.traceStart, header.traceEnd],
      ]) {
        assert.ok(start <= from && from <= to && to <= end, `${header.format}: ${start} ${from} ${to} ${end}`);
      }
    },
    onContinuation: (firstLine) => assert.equal(firstLine, lastLine),
    onTrace: (signature) => assert.ok(signature.length > 0 && signature.length < 10_000),
  };
  try {
    const reader = recordReader(bytes, sink);
    for (let at = 0; at < bytes.length; at += 100_000) {
      reader.push(bytes.subarray(at, at + 100_000));
    }
    reader.finish();
  } catch (error) {
    assert.ok(error instanceof NotTextError, String((error as Error).stack));
  }
  return records;
}

const LINES = [
  ...CATALOGUE.flatMap(({ examples }) => examples.map(({ line }) => line)),
  'Traceback (most recent call last):',
  '  File "a.py", line 1, in f',
  '\tat a.B.c(B.java:1)',
  'panic: oh',
  'goroutine 1 [running]:',
  '\x1b[31mred\x1b[0m',
  '50 %\r100 %',
  '<a>',
  '{',
];

/** A log put together of the lines of all formats. */
const log = fc
  .array(fc.tuple(fc.constantFrom(...LINES), fc.constantFrom('\n', '\r\n', '\r', '')), { maxLength: 30 })
  .map((parts) => utf8(parts.map(([line, end]) => line + end).join('')));

describe('RecordReader, fed with anything,', function () {
  this.timeout(60_000);

  it('reads spliced logs', () => {
    fc.assert(
      fc.property(log, (bytes) => {
        check(bytes);
      }),
      { seed: 13, numRuns: 300 },
    );
  });

  it('reads cut and bit-flipped logs', () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.nat(7)), { maxLength: 20 });
    fc.assert(
      fc.property(log, flips, fc.nat(), fc.nat(), (bytes, flipped, from, length) => {
        const damaged = bytes.slice(from % (bytes.length + 1)).subarray(0, length);
        for (const [place, bit] of flipped) {
          if (damaged.length > 0) {
            damaged[place % damaged.length] ^= 1 << bit;
          }
        }
        check(damaged);
      }),
      { seed: 14, numRuns: 300 },
    );
  });

  it('reads or refuses any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        check(bytes);
      }),
      { seed: 15, numRuns: 200 },
    );
  });

  for (const [what, bytes] of [
    ['10 MB without line end', new Uint8Array(10_000_000).fill(0x61)],
    ['only digits', new Uint8Array(1_000_000).fill(0x37)],
    ['only brackets', new Uint8Array(1_000_000).fill(0x5b)],
    ['only braces', new Uint8Array(1_000_000).fill(0x7b)],
    ['only quotes', new Uint8Array(1_000_000).fill(0x22)],
    ['only blanks', new Uint8Array(1_000_000).fill(0x20)],
    ['only line ends', new Uint8Array(1_000_000).fill(0x0a)],
    ['only CR', new Uint8Array(1_000_000).fill(0x0d)],
    ['only ESC', new Uint8Array(1_000_000).fill(0x1b)],
    ['only escape sequences', utf8('\x1b[31m'.repeat(200_000))],
    ['only progress', utf8(`${Array.from({ length: 50_000 }, (_, i) => `${i} %`).join('\r')}\n`)],
    ['short lines', utf8('a\n'.repeat(200_000))],
    ['one endless trace', utf8(`java.lang.Error: x\n${'\tat a.B.c(B.java:1)\n'.repeat(50_000)}`)],
  ] as const) {
    it(`reads or refuses ${what}`, () => {
      check(bytes);
    });
  }
});
