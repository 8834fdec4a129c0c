import assert from 'node:assert/strict';
import fc from 'fast-check';
import { unitBytes, type Encoding } from '../../../../src/core/input/encoding';
import { LineIndex, LINES_APART } from '../../../../src/core/input/lineIndex';
import { LineSplitter } from '../../../../src/core/input/lineSplitter';
import { utf32 } from '../../../support/bytes';

describe('LineIndex', () => {
  function encoded(text: string, encoding: Encoding): Buffer {
    if (unitBytes(encoding) === 4) {
      return Buffer.from(utf32(text, encoding === 'utf-32le'));
    }
    const bytes = Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'utf16le');
    return encoding === 'utf-16be' ? bytes.swap16() : bytes;
  }

  /** Where each line begins, by the line splitter on the whole text. */
  function startsOf(text: string): number[] {
    const starts: number[] = [];
    const splitter = new LineSplitter(() => starts.push(splitter.lineOffset));
    splitter.push(Buffer.from(text, 'latin1'));
    splitter.end();
    return starts;
  }

  it('knows where every 1,024th line begins, whatever the encoding, the line ends and the chunk sizes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'),
        fc.array(fc.constantFrom('\n', '\r\n', '\r', ' a\n', 'long line\r\n'), { minLength: 1, maxLength: 9 }),
        fc.nat(6 * LINES_APART),
        fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1 }),
        (encoding, pieces, count, sizes) => {
          // The beginning of the last line, which has not ended, is never remembered.
          const text = Array.from({ length: count }, (_, i) => pieces[i % pieces.length]).join('') + '\nrest';
          const starts = startsOf(text).slice(0, -1);
          const index = new LineIndex(encoding);
          const whole = encoded(text, encoding);
          for (let position = 0, i = 0; position < whole.length; position += sizes[i++ % sizes.length]) {
            index.push(whole.subarray(position, position + sizes[i % sizes.length]));
          }
          assert.equal(index.length, whole.length);
          assert.deepEqual(Buffer.from(index.tail), whole.subarray(-1024));
          const unit = unitBytes(encoding);
          for (let line = 1; line <= starts.length; line += 100) {
            const place = index.placeOf(line);
            assert.ok(place.line <= line && line - place.line < LINES_APART);
            assert.equal(place.start, starts[place.line - 1] * unit);
            const next = starts[place.line + LINES_APART - 1];
            assert.equal(place.end, next === undefined ? undefined : next * unit);
            assert.ok(index.knows(line));
          }
          assert.equal(index.knows(starts.length + 2 * LINES_APART), false);
        },
      ),
      { numRuns: 200, seed: 3 },
    );
  });

  it('does not take a line end for what is one only in other encodings', () => {
    // U+0A0A and U+0D0D have the bytes of LF and CR.
    const index = new LineIndex('utf-16le');
    index.push(Buffer.from('\u0a0a\u0d0d'.repeat(5000), 'utf16le'));
    assert.deepEqual(index.placeOf(5000), { start: 0, end: undefined, line: 1 });
  });

  it('goes on from places that others have found, however far apart they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('\n', '\r\n', '\r', ' a\n', 'long line\r\n'), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 6 * LINES_APART }),
        fc.array(fc.integer({ min: 1, max: LINES_APART }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 3000 }),
        (pieces, count, distances, size) => {
          const text = Array.from({ length: count }, (_, i) => pieces[i % pieces.length]).join('') + '\nrest';
          const starts = startsOf(text).slice(0, -1);
          const lines = [1];
          for (const distance of distances) {
            if (lines[lines.length - 1] + distance < starts.length) {
              lines.push(lines[lines.length - 1] + distance);
            }
          }
          const known = {
            lines: Uint32Array.from(lines),
            starts: Float64Array.from(lines, (line) => starts[line - 1]),
          };
          const bytes = new TextEncoder().encode(text);
          const from = starts[lines[lines.length - 1] - 1];
          const index = new LineIndex('utf-8', known, bytes.slice(Math.max(0, from - 1024), from));
          assert.equal(index.length, from);
          for (let position = from; position < bytes.length; position += size) {
            index.push(bytes.subarray(position, position + size));
          }
          assert.equal(index.length, bytes.length);
          assert.deepEqual(index.tail, bytes.slice(-1024));
          for (let line = 1; line <= starts.length; line += 50) {
            const place = index.placeOf(line);
            assert.ok(place.line <= line && line - place.line < LINES_APART);
            assert.equal(place.start, starts[place.line - 1]);
            const next = place.end === undefined ? undefined : starts.indexOf(place.end);
            assert.ok(next === undefined ? line > starts.length - LINES_APART : line <= next);
            assert.ok(index.knows(line));
          }
          assert.equal(index.knows(starts.length + 2 * LINES_APART), false);
        },
      ),
      { numRuns: 200, seed: 4 },
    );
  });

  it('leads to the last place that it has when it was not given enough', () => {
    const index = new LineIndex('utf-8');
    index.push(Buffer.from('x\n'.repeat(3000)));
    assert.equal(index.knows(5000), false);
    assert.deepEqual(index.placeOf(5000), { start: 4096, end: undefined, line: 2049 });
  });
});
