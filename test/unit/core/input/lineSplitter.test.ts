import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LINE_LIMIT, LineSplitter } from '../../../../src/core/input/lineSplitter';
import { cut, places, text, utf8 } from '../../../support/bytes';

function split(chunks: readonly Uint8Array[]): {
  lines: string[];
  numbers: number[];
  offsets: number[];
  clipped: number;
} {
  const lines: string[] = [];
  const numbers: number[] = [];
  const offsets: number[] = [];
  const splitter = new LineSplitter((bytes, start, end, number) => {
    lines.push(text(bytes, start, end));
    numbers.push(number);
    offsets.push(splitter.lineOffset);
  });
  chunks.forEach((chunk) => splitter.push(chunk));
  splitter.end();
  assert.equal(splitter.lineCount, lines.length);
  return { lines, numbers, offsets, clipped: splitter.clippedCount };
}

/** Lines as an editor counts them, but without an empty rest. */
function expectedLines(content: string): string[] {
  const lines = content.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') {
    lines.pop();
  }
  return lines;
}

describe('LineSplitter', () => {
  it('gives the line behind a hole that is longer than a line may be, whatever the chunks', () => {
    const bytes = Buffer.concat([utf8('one\n'), Buffer.alloc(3 * LINE_LIMIT), utf8('two\nthree\n'), Buffer.alloc(9)]);
    fc.assert(
      fc.property(places, (at) => {
        const { lines, clipped, offsets } = split(cut(bytes, at));
        assert.deepEqual(lines, ['one', 'two', 'three', '']);
        assert.equal(clipped, 0);
        assert.deepEqual(offsets.slice(0, 3), [0, 4, 4 + 3 * LINE_LIMIT + 4]);
      }),
      { seed: 6, numRuns: 50 },
    );
  });

  for (const [content, expected] of [
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\nb', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\rb\rc', ['a', 'b', 'c']],
    ['a\r\r\nb\n\r', ['a', '', 'b', '']],
    ['\n\n', ['', '']],
    ['\0\0a\n\0\nb\0c\n\0', ['a', '', 'b\0c', '']],
  ] as const) {
    it(`splits ${JSON.stringify(content)}`, () => {
      assert.deepEqual(split([utf8(content)]).lines, expected);
    });
  }

  it('gives lines in plain arrays, whatever is pushed', () => {
    const types = new Set<unknown>();
    const splitter = new LineSplitter((bytes) => types.add(bytes.constructor));
    for (const chunk of ['one\ntwo\rth', 'ree\r', '\nfour\nfi']) {
      splitter.push(Buffer.from(chunk));
    }
    splitter.end();
    assert.deepEqual([...types], [Uint8Array]);
  });

  it('gives the same lines as an editor whatever the chunks', () => {
    const content = fc.array(fc.constantFrom('a', 'bc', 'ä€', '\r', '\n', '\r\n', ''), { maxLength: 60 });
    fc.assert(
      fc.property(content, places, (parts, at) => {
        const whole = parts.join('');
        const { lines, numbers } = split(cut(utf8(whole), at));
        assert.deepEqual(lines, expectedLines(whole));
        assert.deepEqual(
          numbers,
          lines.map((_, i) => i + 1),
        );
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('says where each line begins, whatever the chunks', () => {
    const content = fc.array(fc.constantFrom('a', 'bc', 'ä€', '\r', '\n', '\r\n', ''), { maxLength: 60 });
    fc.assert(
      fc.property(content, places, (parts, at) => {
        const whole = utf8(parts.join(''));
        const { lines, offsets } = split(cut(whole, at));
        lines.forEach((line, i) => {
          const end = offsets[i] + utf8(line).length;
          assert.equal(text(whole, offsets[i], end), line);
          const next = offsets[i + 1] ?? whole.length;
          assert.ok(
            ['\n', '\r', '\r\n', ''].includes(text(whole, end, next)),
            `line ${i + 1} ends where ${i + 2} begins`,
          );
        });
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('clips long lines, also when they come in pieces, and goes on behind them', () => {
    const content = utf8(`${'x'.repeat(LINE_LIMIT + 10)}\n${'y'.repeat(LINE_LIMIT)}\nz`);
    for (const at of [[], [5, LINE_LIMIT - 1, LINE_LIMIT + 5], [LINE_LIMIT + 11, LINE_LIMIT + 12]]) {
      const { lines, clipped } = split(cut(content, at));
      assert.deepEqual(
        lines.map((line) => line.length),
        [LINE_LIMIT, LINE_LIMIT, 1],
      );
      assert.equal(clipped, 1);
    }
  });
});
