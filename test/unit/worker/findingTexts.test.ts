import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Finding } from '../../../src/core/findings/finding';
import { previewOf } from '../../../src/core/records/logPreview';
import { FindingTexts } from '../../../src/worker/findingTexts';
import { LogTextReader } from '../../../src/worker/logText';
import { temporaryFolder } from '../../support/temporaryFolder';

const at = temporaryFolder();

const lineOf = (i: number): string => `2025-01-01 10:00:${String(i % 60).padStart(2, '0')} ERROR part ${i} failed`;
const LINES = Array.from({ length: 3000 }, (_, i) => lineOf(i + 1)).flatMap((line, i) =>
  i === 1499
    ? [
        line,
        'java.lang.IllegalStateException: no answer',
        '\tat a.B.c(B.java:1)',
        'Caused by: java.io.IOException: gone',
      ]
    : [line],
);
const TEXT = `${LINES.join('\n')}\n`;
const options = { preview: previewOf(Buffer.from(TEXT)) };

function finding(line: number, lines = [line]): Finding {
  return { line, lines: Uint32Array.from(lines), block: `L${line}` } as unknown as Finding;
}

describe('FindingTexts', () => {
  it('gives each finding the text of its line, in whatever order, with the cause of its trace', async () => {
    for (const [name, bytes] of [
      ['a.log', TEXT],
      ['a.log.gz', gzipSync(TEXT)],
    ] as const) {
      writeFileSync(at(name), bytes);
      const texts = new FindingTexts(new LogTextReader(), options, [{ path: at(name), linesBefore: 0 }]);
      const findings = [finding(2000), finding(1500, [1500, 1501, 1502, 1503]), finding(7), finding(7), finding(0)];
      assert.deepEqual(
        (await texts.of(findings)).map(({ text }) => text),
        ['part 1997 failed', 'part 1500 failed ← IOException: gone', 'part 7 failed', 'part 7 failed', undefined],
      );
    }
  });

  it('looks for a cause only among the lines of the finding, and not beyond the next one', async () => {
    writeFileSync(at('b.log'), TEXT);
    const texts = new FindingTexts(new LogTextReader(), options, [{ path: at('b.log'), linesBefore: 0 }]);
    const [alone] = await texts.of([finding(1500)]);
    assert.equal(alone.text, 'part 1500 failed');
  });

  it('counts lines through the files of a rotated log', async () => {
    writeFileSync(at('c.log.1'), `${lineOf(1)}\n${lineOf(2)}\n`);
    writeFileSync(at('c.log'), `${lineOf(3)}\n${lineOf(4)}\n`);
    const parts = [
      { path: at('c.log.1'), linesBefore: 0 },
      { path: at('c.log'), linesBefore: 2 },
    ];
    const texts = await new FindingTexts(new LogTextReader(), options, parts).of([finding(4), finding(2)]);
    assert.deepEqual(
      texts.map(({ text }) => text),
      ['part 4 failed', 'part 2 failed'],
    );
  });

  it('refuses a file that has gone', async () => {
    const texts = new FindingTexts(new LogTextReader(), options, [{ path: at('no.log'), linesBefore: 0 }]);
    await assert.rejects(texts.of([finding(1)]), /no\.log/);
  });
});
