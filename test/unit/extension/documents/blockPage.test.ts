import assert from 'node:assert/strict';
import {
  blockPage,
  PAGE_LINE_LENGTH,
  PAGE_LINES,
  pageWithoutLines,
  shownLines,
} from '../../../../src/extension/documents/blockPage';
import { ResultMessages } from '../../../../src/extension/results/resultMessages';
import type { Finding } from '../../../../src/core/findings/finding';
import { finding, translate } from '../fixtures';

const messages = new ResultMessages(translate, 'en');

function pageOf(of: Finding, texts?: string[], notes: string[] = [], labelOf: (line: number) => string = String) {
  const { start, end } = shownLines(of);
  const shown = texts ?? [...of.lines.subarray(start, end)].map((line) => `text ${line}`);
  return blockPage(of, '/logs/app.log', labelOf, shown, notes, messages, translate);
}

/** A block of the lines 3, 6, 9 …, of which one is the most suspicious. */
function longBlock(count: number, suspicious: number): Finding {
  return { ...finding([3]), lines: Uint32Array.from({ length: count }, (_, i) => 3 * (i + 1)), line: suspicious };
}

describe('blockPage', () => {
  it('has the places of lines instead of their numbers where the log has several files', () => {
    const labelOf = (line: number) => (line > 9 ? `app.log:${line - 9}` : `app.log.1:${line}`);
    const page = pageOf(finding([8, 10]), ['eight', 'ten'], [], labelOf);
    assert.deepEqual(page.text.split('\n').slice(-4, -1), [
      '→ app.log.1:8 │ eight',
      `${' '.repeat(13)}⋯ 1 other line`,
      '    app.log:1 │ ten',
    ]);
    assert.equal(page.numberEnd, '→ app.log.1:8'.length);
  });

  it('has one row for the path of the log, whatever it is called', () => {
    const page = blockPage(finding([1]), '/logs/a\n\u2028\x1b.log', String, ['x'], [], messages, translate);
    assert.deepEqual(page.text.split('\n')[1], '/logs/a\\u000a\\u2028\\u001b.log');
    assert.equal(page.text.split('\n').length, page.lines.length + 1);
  });

  it('has what the block is, then its lines with their numbers and the gaps between them', () => {
    const block = finding([1206, 7, 8, 10], {
      block: 'blk_1',
      score: 0.9984,
      firstTime: '2024-01-01T00:00:00Z',
      lastTime: '2024-01-01T00:00:09Z',
    });
    const page = pageOf({ ...block, lines: Uint32Array.of(7, 8, 10, 1206) }, ['seven', '\tat eight', 'ten', 'last']);
    assert.equal(
      page.text,
      [
        'blk_1 · score 0.998 · 4 lines',
        '/logs/app.log',
        '2024-01-01T00:00:00Z to 2024-01-01T00:00:09Z',
        messages.finding(block),
        '',
        '     7 │ seven',
        '     8 │ \tat eight',
        '      ⋯ 1 other line',
        '    10 │ ten',
        '      ⋯ 1,195 other lines',
        '→ 1206 │ last',
        '',
      ].join('\n'),
    );
    assert.deepEqual(page.lines, [0, 0, 0, 0, 0, 7, 8, 0, 10, 0, 1206]);
    assert.equal(page.suspiciousRow, 10);
    const rows = page.text.split('\n');
    for (const [row, line] of page.lines.entries()) {
      if (line > 0) assert.equal(rows[row].slice(0, page.numberEnd).trim().replace('→ ', ''), String(line));
    }
  });

  it('says what else is to be said above the lines', () => {
    const page = pageOf(finding([5]), ['text'], ['The log has grown.']);
    assert.deepEqual(page.text.split('\n').slice(2), [
      messages.finding(finding([5])),
      'The log has grown.',
      '',
      '→ 5 │ text',
      '',
    ]);
  });

  it('cuts long lines with a mark', () => {
    const exact = 'x'.repeat(PAGE_LINE_LENGTH);
    assert.ok(pageOf(finding([1]), [exact]).text.endsWith(`│ ${exact}\n`));
    assert.ok(pageOf(finding([1]), [exact + 'y']).text.endsWith(`│ ${exact} […]\n`));
  });

  it('cuts the lines of long blocks earlier, so that the page stays one that an editor opens at once', () => {
    const block = longBlock(4000, 3);
    const page = pageOf(block, Array<string>(4000).fill('x'.repeat(3000)));
    assert.ok(page.text.includes(`│ ${'x'.repeat(500)} […]\n`));
    assert.ok(page.text.length < 2_200_000);
  });

  it('shows all lines of a block of the limit', () => {
    const block = longBlock(PAGE_LINES, 3);
    assert.deepEqual(shownLines(block), { start: 0, end: PAGE_LINES, length: 200 });
    assert.ok(!pageOf(block).text.includes('not shown'));
  });

  it('shows the lines around the most suspicious one of a longer block, and says what it leaves out', () => {
    for (const [place, before, after] of [
      [0, 0, 2500],
      [5500, 500, 2000],
      [12_499, 2500, 0],
    ]) {
      const page = pageOf(longBlock(PAGE_LINES + 2500, 3 * (place + 1)));
      const shown = page.lines.filter((line) => line > 0);
      assert.equal(shown.length, PAGE_LINES);
      assert.equal(shown[0], 3 * (before + 1));
      assert.equal(page.lines[page.suspiciousRow!], 3 * (place + 1));
      const told = (which: string, count: number) =>
        page.text.includes(`⋯ the ${which} ${messages.number(count)} lines of this block are not shown\n`);
      assert.equal(told('first', before), before > 0);
      assert.equal(told('last', after), after > 0);
    }
  });
});

describe('pageWithoutLines', () => {
  it('has rows that lead nowhere', () => {
    assert.deepEqual(pageWithoutLines(['one', 'two']), {
      text: 'one\ntwo\n',
      lines: [0, 0],
      suspiciousRow: undefined,
      numberEnd: 0,
    });
  });
});
