import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding, ScanSummary } from '../../../../src/core/findings/finding';
import type { Timeline } from '../../../../src/core/records/timeline';
import { formatByName, REPORTS, type ReportFormat } from '../../../../src/node/reports/report';
import { reportContent } from '../../../../src/node/reports/reportContent';
import type { ReportSource } from '../../../../src/node/reports/reportSource';
import { rangeOf, timelineSvg } from '../../../../src/node/reports/timelineSvg';
import { hostileText } from '../../../support/hostileText';

const TIMELINE: Timeline = {
  start: Date.UTC(2024, 4, 1, 8),
  width: 60_000,
  counts: [0, 5, 0, 0, 0, 3, 1, 2, 0, 0, 0, 0, 1, 9, 0, 0],
};

function finding(line: number, values: Partial<Finding> = {}): Finding {
  return {
    block: `L${line}`,
    score: 0.9,
    anomalous: true,
    count: 1,
    lines: Uint32Array.of(line),
    line,
    time: '2024-05-01T08:01:00',
    firstTime: '2024-05-01T08:01:00',
    lastTime: '2024-05-01T08:01:30',
    kind: 'new-error',
    parts: [{ part: 'level', level: 'error', errors: 1 }],
    template: 'Payment of order <*> failed',
    fingerprint: 'f1',
    ...values,
  };
}

function summary(values: Partial<ScanSummary> = {}): ScanSummary {
  return {
    model: 'label-free',
    threshold: 0.5,
    lines: 1000,
    blocks: 50,
    anomalous: 2,
    unknownRecords: 0,
    clippedLines: 0,
    format: 'Logback',
    notes: ['format: Logback'],
    timeline: TIMELINE,
    ...values,
  };
}

function sourceOf(findings: Finding[], values: Partial<ReportSource> = {}): ReportSource {
  return {
    input: 'shop.log',
    summary: summary({ anomalous: findings.length }),
    findings: (async function* () {
      yield findings;
    })(),
    textsOf: async (lines) => lines.map((line) => `text of ${line}`),
    ...values,
  };
}

async function written(form: ReportFormat, source: ReportSource): Promise<string> {
  let text = '';
  for await (const piece of REPORTS[form](source)) text += piece;
  return text;
}

describe('a report page', () => {
  it('says in three sentences what was found, when, and by what measure', async () => {
    const { sentences } = await reportContent(sourceOf([finding(7), finding(70, { fingerprint: 'f2' })]));
    assert.deepEqual(sentences, [
      '2 places in shop.log (1,000 lines) do not look as usual.',
      'They have 2 different causes, of which the first below is the most suspicious. They lie between 2024-05-01 08:01:00 and 2024-05-01 08:01:30.',
      'The log was compared with the rest of the same log; what is unusual need not be a fault, but is worth a look.',
    ]);
    const none = await reportContent(sourceOf([], { mostSuspicious: [finding(5, { anomalous: false })] }));
    assert.equal(none.sentences[0], 'Nothing in shop.log (1,000 lines) is unusual enough to be reported.');
  });

  it('has findings by cause, with the log around the first of each, read in one pass', async () => {
    const asked: (readonly number[])[] = [];
    const textsOf = async (lines: readonly number[]) => {
      asked.push(lines);
      return lines.map((line) => `text of ${line}`);
    };
    const findings = [finding(7, { count: 3 }), finding(2, { fingerprint: 'f2' }), finding(90)];
    const { causes } = await reportContent(sourceOf(findings, { textsOf }));
    assert.deepEqual(
      causes.map(({ text, count, occurrences }) => [text, count, occurrences]),
      [
        ['text of 7', 2, 4],
        ['text of 2', 1, 1],
      ],
    );
    assert.deepEqual(asked, [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]);
    assert.deepEqual(causes[1].context.map(({ line, isOwn }) => [line, isOwn])[1], [2, true]);
  });

  it('keeps a bounded number of findings, and says how many others there are', async () => {
    const many = Array.from({ length: 5000 }, (_, i) => finding(i + 1, { fingerprint: `f${i % 400}` }));
    const { causes, others } = await reportContent(sourceOf(many));
    assert.equal(causes.length, 200);
    assert.ok(causes.every(({ findings, count }) => findings.length <= 20 && count >= 12));
    assert.equal(others, 2400);
  });

  it('as HTML runs and loads nothing, has the timeline and how it was judged', async () => {
    const html = await written('html', sourceOf([finding(7)]));
    assert.doesNotMatch(html, /<script|src=|url\(|@import|https?:/i);
    assert.match(html, /<svg[^]*class="error"[^]*href="#cause-1"[^]*<\/svg>/);
    assert.match(html, /<span class="most">&gt; 7 \| text of 7<\/span>/);
    assert.match(html, /<dt>Format<\/dt><dd>Logback<\/dd>/);
  });

  it('has a page all the same where the log cannot be read again and has no times', async () => {
    const source = sourceOf([finding(0, { firstTime: null, lastTime: null })], {
      textsOf: async () => undefined,
      summary: summary({ timeline: undefined }),
    });
    const html = await written('html', source);
    assert.doesNotMatch(html, /<svg|<pre/);
    assert.match(html, /Payment of order … failed/);
  });

  it('as Markdown has lines as code, whatever they hold', async () => {
    const textsOf = async (lines: readonly number[]) => lines.map(() => '```` @all <b>');
    const text = await written('markdown', sourceOf([finding(7)], { textsOf }));
    assert.match(text, /### 1\\\. ````` ```` @all <b> `````\n/);
    assert.match(text, /\n`{5}text\n[^]*\n`{5}\n/);
  });
});

describe('formatByName', () => {
  it('knows a form by the end of a name', () => {
    const forms = ['a.html', 'a.HTM', 'a.md', 'a.json', 'a.sarif', 'a.csv', 'a.github', 'a.txt', 'a'].map(formatByName);
    assert.deepEqual(forms, ['html', 'html', 'markdown', 'json', 'sarif', 'csv', 'text', 'text', 'text']);
  });
});

describe('timelineSvg', () => {
  const size = { width: 300, height: 100 };

  it('has a bar for each interval with records, and a mark where a finding is', () => {
    const time = TIMELINE.start + 90_000;
    const svg = timelineSvg(TIMELINE, [{ time, label: 'it', target: '#x' }], size);
    assert.equal(svg.match(/<g>/g)?.length, 3);
    assert.match(svg, /<title>2024-05-01 08:01:00 – 2024-05-01 08:02:00: records: 6, warnings: 1, errors: 2<\/title>/);
    assert.match(svg, /href="#x"[^>]*>[^]*M112\.5 /);
  });

  it('draws a part of the time alone', () => {
    const { start } = TIMELINE;
    const marks = [{ time: start + 30_000, label: 'before', target: '#x' }];
    const svg = timelineSvg(TIMELINE, marks, size, { start: start + 60_000, end: start + 120_000 });
    assert.equal(svg.match(/<g>/g)?.length, 1);
    assert.ok(!svg.includes('before'));
  });

  it('stays small, inside its picture and without markup of the log, whatever is counted and said', () => {
    const counts = fc
      .array(fc.nat(1_000_000), { minLength: 4, maxLength: 8192 })
      .map((values) => values.slice(0, values.length - (values.length % 4)));
    fc.assert(
      fc.property(counts, hostileText, (drawn, label) => {
        const timeline = { start: 0, width: 2000, counts: drawn };
        const svg = timelineSvg(timeline, [{ time: 0, label, target: label }], size);
        assert.ok((svg.match(/<g>/g)?.length ?? 0) <= 100);
        for (const [, y] of svg.matchAll(/<rect[^>]* y="([^"]+)"/g)) assert.ok(Number(y) >= 0);
        for (const [, x, width] of svg.matchAll(/ x="([\d.]+)" y="[^"]+" width="([^"]+)"/g)) {
          assert.ok(Number(x) + Number(width) <= size.width + 0.6);
        }
        assert.doesNotMatch(svg, /<(?!\/?(?:svg|g|rect|text|line|title|a|path)\b)/);
        assert.equal(rangeOf(timeline).end, (drawn.length / 4) * 2000);
      }),
      { seed: 1 },
    );
  });
});
