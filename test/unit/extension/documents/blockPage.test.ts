import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  blockPage,
  PAGE_LINE_LENGTH,
  PAGE_LINES,
  pageWithoutLines,
  shownLines,
  type BlockPage,
  type PageSource,
} from '../../../../src/extension/documents/blockPage';
import { ResultMessages } from '../../../../src/extension/results/resultMessages';
import type { ShownLine } from '../../../../src/extension/results/logPlaces';
import type { Finding } from '../../../../src/core/findings/finding';
import { finding, translate } from '../fixtures';

const messages = new ResultMessages(translate, 'en');
const NOTHING = { before: 0, after: 0 };

/** A page whose lines have these texts, or `text 7` and so on. */
function pageOf(of: Finding, values: Partial<PageSource> & { texts?: (string | ShownLine)[] } = {}): BlockPage {
  const { texts, ...rest } = values;
  const source = {
    finding: of,
    path: '/logs/app.log',
    lineCount: 2000,
    around: NOTHING,
    labelOf: String,
    notes: [],
    ...rest,
  };
  const { lines } = shownLines(of, source.around, source.lineCount);
  const shown = (texts ?? lines.map((line) => `text ${line}`)).map((text) =>
    typeof text === 'string' ? { text, messageStart: 0, time: NaN } : text,
  );
  return blockPage(source, shown, messages, translate);
}

/** The rows below the head. */
function body(page: BlockPage): string[] {
  const rows = page.text.split('\n');
  return rows.slice(rows.indexOf('') + 1, -1);
}

/** A block of the lines 3, 6, 9 …, of which one is the most suspicious. */
function longBlock(count: number, suspicious: number): Finding {
  return { ...finding([3]), lines: Uint32Array.from({ length: count }, (_, i) => 3 * (i + 1)), line: suspicious };
}

describe('blockPage', () => {
  it('has the places of lines instead of their numbers where the log has several files', () => {
    const labelOf = (line: number) => (line > 9 ? `app.log:${line - 9}` : `app.log.1:${line}`);
    const page = pageOf(finding([8, 10]), { labelOf, texts: ['eight', 'ten'], lineCount: 10 });
    assert.deepEqual(body(page), [
      `${' '.repeat(13)} ... 7 other lines, show 100 more`,
      '> app.log.1:8 | eight',
      `${' '.repeat(13)} ... 1 other line, show 100 more`,
      '*   app.log:1 | ten',
    ]);
    assert.equal(page.numberEnd, '> app.log.1:8'.length);
  });

  it('has one row for the path of the log, whatever it is called', () => {
    const page = pageOf(finding([1]), { path: '/logs/a\n\u2028\x1b.log' });
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
    const page = pageOf(
      { ...block, lines: Uint32Array.of(7, 8, 10, 1206) },
      { texts: ['seven', '\tat eight', 'ten', 'last'], lineCount: 1206 },
    );
    assert.equal(
      page.text,
      [
        'blk_1, score 0.998, 4 lines',
        '/logs/app.log',
        '2024-01-01T00:00:00Z to 2024-01-01T00:00:09Z',
        messages.finding(block),
        '',
        '*    7 | seven',
        '*    8 | \tat eight',
        '       ... 1 other line',
        '*   10 | ten',
        '       ... 1,195 other lines, show 100 more',
        '> 1206 | last',
        '',
      ].join('\n'),
    );
    assert.deepEqual(page.lines, [0, 0, 0, 0, 0, 7, 8, 0, 10, 0, 1206]);
    assert.equal(page.suspiciousRow, 10);
    assert.deepEqual(page.ownRows, [5, 6, 8]);
    const rows = page.text.split('\n');
    for (const [row, line] of page.lines.entries()) {
      if (line > 0) assert.equal(rows[row].slice(2, page.numberEnd).trim(), String(line));
    }
  });

  it('adds nothing to the text of the log that is not ASCII', () => {
    const page = pageOf(longBlock(PAGE_LINES + 10, 3), { around: { before: 1, after: 1 }, lineCount: 50_000 });
    assert.match(page.text, /^[\t\n\x20-\x7e]+$/);
  });

  it('shows the log around the most suspicious line, and what to follow for more', () => {
    const page = pageOf(finding([100, 90]), { around: { before: 2, after: 2 }, lineCount: 103 });
    assert.deepEqual(body(page), [
      '*  90 | text 90',
      '      ... 7 other lines, show 100 more',
      '   98 | text 98',
      '   99 | text 99',
      '> 100 | text 100',
      '  101 | text 101',
      '  102 | text 102',
      '      ... 1 other line, show 100 more',
    ]);
    const rows = page.text.split('\n');
    assert.deepEqual(
      page.more.map(({ row, start, end, side }) => [side, rows[row].slice(start, end)]),
      [
        ['before', 'show 100 more'],
        ['after', 'show 100 more'],
      ],
    );
  });

  it('offers no more than the log has, and no more than a page holds', () => {
    assert.deepEqual(pageOf(finding([2]), { around: { before: 50, after: 50 }, lineCount: 3 }).more, []);
    const around = { before: PAGE_LINES, after: PAGE_LINES };
    assert.deepEqual(pageOf(finding([50_000]), { around, lineCount: 100_000 }).more, []);
  });

  it('says where time passes between lines, by what is usual on the page', () => {
    const written = [0, 1, 2, 3, 4, 5, 95, 96];
    const at = (seconds: number[]) =>
      seconds.map((second) => ({ text: `at ${second}`, messageStart: 3, time: second * 1000 }));
    const page = pageOf(finding([1, 2, 3, 4, 5, 6, 7, 8]), { texts: at(written), lineCount: 8 });
    assert.deepEqual(body(page).slice(5, 8), ['* 6 | at 5', '    ... 1 min 30 s later', '* 7 | at 95']);
    assert.equal(body(page).length, 9);
    const slow = pageOf(finding([1, 2, 3, 4, 5, 6, 7, 8]), {
      texts: at(written.map((second) => 60 * second)),
      lineCount: 8,
    });
    assert.equal(body(slow).length, 9, 'a minute is usual there');
    const skipping = pageOf(finding([1, 5]), { texts: at([0, 7265]), lineCount: 5 });
    assert.equal(body(skipping)[1], '    ... 3 other lines, 2 h 1 min later, show 100 more');
  });

  it('knows where the headers of the lines end', () => {
    const page = pageOf(finding([5]), {
      texts: [{ text: '10:00 INFO up', messageStart: 11, time: NaN }],
      lineCount: 5,
    });
    const [{ row, start, end }] = page.headers;
    assert.equal(page.text.split('\n')[row].slice(start, end), '10:00 INFO ');
  });

  it('says what else is to be said above the lines', () => {
    const page = pageOf(finding([1]), { texts: ['text'], notes: ['The log has grown.'], lineCount: 1 });
    assert.deepEqual(page.text.split('\n').slice(2), [
      messages.finding(finding([1])),
      'The log has grown.',
      '',
      '> 1 | text',
      '',
    ]);
  });

  it('cuts long lines with a mark', () => {
    const exact = 'x'.repeat(PAGE_LINE_LENGTH);
    assert.ok(pageOf(finding([1]), { texts: [exact], lineCount: 1 }).text.endsWith(`| ${exact}\n`));
    assert.ok(pageOf(finding([1]), { texts: [exact + 'y'], lineCount: 1 }).text.endsWith(`| ${exact} [...]\n`));
  });

  it('cuts the lines of long blocks earlier, so that the page stays one that an editor opens at once', () => {
    const page = pageOf(longBlock(4000, 3), { texts: Array<string>(4000).fill('x'.repeat(3000)) });
    assert.ok(page.text.includes(`| ${'x'.repeat(500)} [...]\n`));
    assert.ok(page.text.length < 2_200_000);
  });

  it('shows all lines of a block of the limit', () => {
    const block = longBlock(PAGE_LINES, 3);
    const { lines, leftOut, length } = shownLines(block, NOTHING, 30_000);
    assert.deepEqual([lines.length, leftOut, length], [PAGE_LINES, { before: 0, after: 0 }, 200]);
    assert.ok(!pageOf(block).text.includes('not shown'));
  });

  it('shows the lines around the most suspicious one of a longer block, and says what it leaves out', () => {
    for (const [place, before, after] of [
      [0, 0, 2500],
      [5500, 500, 2000],
      [12_499, 2500, 0],
    ]) {
      const page = pageOf(longBlock(PAGE_LINES + 2500, 3 * (place + 1)), { lineCount: 40_000 });
      const shown = page.lines.filter((line) => line > 0);
      assert.equal(shown.length, PAGE_LINES);
      assert.equal(shown[0], 3 * (before + 1));
      assert.equal(page.lines[page.suspiciousRow!], 3 * (place + 1));
      const told = (which: string, count: number) =>
        page.text.includes(`... the ${which} ${messages.number(count)} lines of this block are not shown\n`);
      assert.equal(told('first', before), before > 0);
      assert.equal(told('last', after), after > 0);
    }
  });

  it('shows each line of the block and of its surroundings once, in their order, whatever they are', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(numbers, fc.nat(60), fc.nat(60), fc.nat(20), (lines, before, after, further) => {
        const of = finding(lines);
        const lineCount = Math.max(...lines) + further;
        const page = pageOf(of, { around: { before, after }, lineCount });
        const near = Array.from({ length: before + after + 1 }, (_, i) => of.line - before + i);
        const wanted = new Set([...lines, ...near.filter((line) => line >= 1 && line <= lineCount)]);
        assert.deepEqual(
          page.lines.filter((line) => line > 0),
          [...wanted].sort((a, b) => a - b),
        );
        assert.equal(page.lines[page.suspiciousRow!], of.line);
        assert.equal(page.text.split('\n').length, page.lines.length + 1);
      }),
    );
  });
});

describe('pageWithoutLines', () => {
  it('has rows that lead nowhere', () => {
    const page = pageWithoutLines(['one', 'two']);
    assert.equal(page.text, 'one\ntwo\n');
    assert.deepEqual([page.lines, page.more, page.suspiciousRow], [[0, 0], [], undefined]);
  });
});
