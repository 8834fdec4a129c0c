import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { Finding, ScanSummary } from '../../../../src/core/findings/finding';
import { REPORTS, type ReportFormat } from '../../../../src/node/reports/report';
import { REPORT_CHECKS } from '../../../../fuzz/oracles/reports';
import { hostileText, rawControls, unescaped } from '../../../support/hostileText';
import { FINDING_KINDS } from '../../../../src/core/findings/findingKind';
import { findingText } from '../../../../src/core/findings/wording';

interface Source {
  input: string;
  summary: ScanSummary;
  findings: Finding[];
}

const finding: fc.Arbitrary<Finding> = fc.record({
  block: hostileText,
  score: fc.double({ min: 0, max: 1, noNaN: true }),
  anomalous: fc.boolean(),
  count: fc.constant(1),
  lines: fc.constant(Uint32Array.of(1, 2)),
  line: fc.constant(2),
  firstTime: fc.constant(null),
  lastTime: fc.constant(null),
  time: fc.constant(null),
  kind: fc.constantFrom(...FINDING_KINDS),
  parts: hostileText.map((usual) => [{ part: 'missing-after', usual } as const]),
  template: hostileText,
  fingerprint: fc.constant('0123456789abcdef'),
});

const source: fc.Arbitrary<Source> = fc.record({
  // A path of the system is a well-formed text without NUL.
  input: hostileText.map((text) => Buffer.from(`logs/${text.replaceAll('\0', '')}`).toString()),
  summary: fc.record({
    model: hostileText,
    threshold: fc.constant(0.5),
    lines: fc.constant(2),
    blocks: fc.constant(1),
    anomalous: fc.constant(1),
    unknownRecords: fc.constant(1),
    clippedLines: fc.constant(1),
    format: hostileText,
    notes: fc.array(hostileText, { maxLength: 2 }),
  }),
  findings: fc.array(finding, { maxLength: 3 }),
});

async function written(format: ReportFormat, { input, summary, findings }: Source): Promise<string> {
  const batches = async function* () {
    yield findings;
  };
  let text = '';
  // Lines of the log are as hostile as its keys.
  const texts = findings.flatMap((finding) => [finding.block, findingText(finding)]);
  const textsOf = async (lines: readonly number[]) => lines.map((line) => texts[line % texts.length] ?? '');
  for await (const piece of REPORTS[format]({
    input,
    summary,
    findings: batches(),
    mostSuspicious: findings,
    textsOf,
  })) {
    text += piece;
  }
  return text;
}

/** Checks a report of random sources: nothing in it acts, and what `check` says holds. */
async function holds(format: ReportFormat, check: (report: string, source: Source) => void): Promise<void> {
  await fc.assert(
    fc.asyncProperty(source, async (each) => {
      const report = await written(format, each);
      assert.deepEqual(rawControls(format === 'text' ? report.replaceAll('\t', '') : report), []);
      check(report, each);
    }),
    { seed: 1, numRuns: 1500 },
  );
}

function textOfHtml(html: string): string {
  const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html.replace(/&(\w+|#\d+);/g, (_, name: string) => characters[name]);
}

/** A value of a workflow command. */
function decoded(value: string): string {
  return value.replace(/%(0D|0A|3A|2C|25)/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** SARIF 2.1.0, 3.11.5 and 3.11.6. */
function shownBySarif(message: string): string {
  assert.doesNotMatch(message, /(?<!\\)(\\\\)*\[/, 'an embedded link could begin');
  assert.doesNotMatch(message.replaceAll('{{', ''), /\{/, 'a placeholder could begin');
  return message.replace(/\\([\\[\]])/g, '$1').replace(/([{}])\1/g, '$1');
}

describe('a report of hostile texts', () => {
  it('as text has one line a finding, none of them a comment', async () => {
    await holds('text', (report, { findings, summary }) => {
      const [header, ...rows] = report.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      assert.equal(header, 'block\tscore\tlines\tfirst_line\tlast_line\tline\treason');
      assert.equal(rows.length, findings.length);
      rows.forEach((row, i) => {
        const cells = row.split('\t');
        assert.equal(cells.length, 7);
        assert.equal(unescaped(cells[0]), findings[i].block);
        assert.equal(unescaped(cells[6]), findingText(findings[i]));
      });
      const comments = report.split('\n').filter((line) => line.startsWith('#'));
      const most = findings.length === 0 ? 0 : findings.length + 1;
      assert.equal(comments.length, 7 + summary.notes.length + most);
    });
  });

  it('as JSON has exactly the values', async () => {
    await holds('json', (report, { input, summary, findings }) => {
      const parsed = JSON.parse(report) as Record<string, unknown> & { findings: (Finding & { reason: string })[] };
      assert.deepEqual(
        [parsed.input, parsed.model, parsed.notes, parsed.format],
        [input, summary.model, summary.notes, summary.format],
      );
      assert.deepEqual(
        parsed.findings.map(({ block, reason, template, kind }) => [block, reason, template, kind]),
        findings.map((each) => [each.block, findingText(each), each.template, each.kind]),
      );
    });
  });

  it('as CSV has one row a finding and no formula', async () => {
    await holds('csv', (report, { findings }) => {
      const rows = parse<Record<string, string>>(report, { columns: true });
      const plain = (cell: string): string => unescaped(cell.replace(/^'(['\s]*[=+\-@＝＋－＠])/, '$1'));
      assert.deepEqual(
        rows.map(({ block, score, reason }) => [plain(block), Number(score), plain(reason)]),
        findings.map((each) => [each.block, each.score, findingText(each)]),
      );
    });
  });

  it('as SARIF has neither links nor placeholders in its messages, and valid URIs', async () => {
    await holds('sarif', (report, { input, findings }) => {
      const [{ results }] = (
        JSON.parse(report) as {
          runs: {
            results: {
              message: { text: string };
              properties: { block: string };
              locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
            }[];
          }[];
        }
      ).runs;
      results.forEach(({ message, properties, locations }, i) => {
        assert.equal(unescaped(shownBySarif(message.text)), `${findings[i].block}: ${findingText(findings[i])}`);
        assert.equal(properties.block, findings[i].block);
        const { uri } = locations[0].physicalLocation.artifactLocation;
        assert.match(uri, /^([\w.!~*'()/-]|%[0-9A-F]{2})*$/);
        assert.equal(decodeURIComponent(uri), input);
      });
    });
  });

  it('as HTML has no markup but its own, and what a browser shows is the text', async () => {
    await holds('html', (report, { findings, summary }) => {
      REPORT_CHECKS.html(report, { findings, summary });
      for (const finding of findings.slice(0, 1)) {
        const paragraphs = [...report.matchAll(/<p>([^<]*)<\/p>/g)].map(([, text]) => unescaped(textOfHtml(text)));
        assert.ok(paragraphs.includes(findingText(finding)), report);
      }
    });
  });

  it('as Markdown has no markup but its own', async () => {
    await holds('markdown', (report, { findings, summary }) => {
      REPORT_CHECKS.markdown(report, { findings, summary });
    });
  });

  it('as annotations of a workflow has one command a finding, whose values are exact', async () => {
    await holds('github', (report, { input, findings, summary }) => {
      REPORT_CHECKS.github(report, { findings, summary });
      const commands = report.split('\n').slice(0, findings.length);
      commands.forEach((command, i) => {
        const [, properties, message] = /^::\w+ (.*?)::(.*)$/.exec(command)!;
        const values = new Map(
          properties.split(',').map((pair) => /^(\w+)=(.*)$/.exec(pair)!.slice(1) as [string, string]),
        );
        assert.equal(unescaped(decoded(message)), findingText(findings[i]));
        assert.equal(unescaped(decoded(values.get('file')!)), input);
        assert.equal(values.get('line'), '2');
      });
    });
  });

  it('keeps ordinary keys and reasons as they are', async () => {
    const ordinary: Source = {
      input: 'app.log',
      summary: {
        model: 'hdfs',
        threshold: 0.5,
        lines: 9,
        blocks: 2,
        anomalous: 1,
        unknownRecords: 0,
        clippedLines: 0,
        format: 'f',
        notes: [],
      },
      findings: [
        {
          block: 'blk_-12',
          score: 0.75,
          anomalous: true,
          count: 1,
          lines: Uint32Array.of(3, 5),
          line: 5,
          firstTime: null,
          lastTime: null,
          time: null,
          kind: 'unusual-step',
          parts: [{ part: 'unusual-step', share: 0 }],
          template: 'a <*> b',
          fingerprint: '',
        },
      ],
    };
    const row = (await written('text', ordinary)).split('\n').find((line) => line.startsWith('blk'));
    assert.equal(row, 'blk_-12\t0.75\t2\t3\t5\t5\tUnusual step "a … b": hardly any normal block has it');
    assert.match(
      await written('csv', ordinary),
      /\nblk_-12,0\.75,2,3,5,5,"Unusual step ""a … b"": hardly any normal block has it"\n$/,
    );
    assert.match(
      await written('sarif', ordinary),
      /"text":"blk_-12: Unusual step \\"a … b\\": hardly any normal block has it"/,
    );
  });
});
