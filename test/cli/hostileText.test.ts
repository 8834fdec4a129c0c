import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { rawControls, unescaped } from '../support/hostileText';
import { runProgram, type Run } from '../support/runProgram';
import { temporaryFolder } from '../support/temporaryFolder';

interface Report {
  findings: { block: string; reason: string; fingerprint: string; new?: boolean }[];
  notes: string[];
}

/** Keys of sessions that act on terminals, spreadsheets, viewers and line filters. */
const KEYS = [
  '\x1b]0;pwned\x07\x1b[2J',
  '\x9b31mred',
  '\u202egnp.exe\u2066',
  '=cmd|calc!A0',
  '@SUM(1+1)',
  '-2+3',
  '-1608999687919862906',
  '#hidden',
  '[Sign-in](https://evil.example/login){0}',
  '\u2028\\u001b',
];

const MODEL = resolve('models', 'hdfs');
const LOG = KEYS.map((key, i) => {
  const begin = `081109 203518 ${143 + i}`;
  return (
    `${begin} INFO dfs.DataNode$DataXceiver: Receiving block id=${key} src: /10.0.0.1:1 dest: /10.0.0.2:2\n` +
    `${begin} WARN dfs.DataNode$DataXceiver: 10.0.0.1:1:Got exception while serving id=${key} to /10.0.0.2:\n`
  );
}).join('');

describe('a log whose session keys act', () => {
  const at = temporaryFolder();
  const ARGS = ['--no-config', '--model', MODEL, '--session-key', String.raw`id=(\S+)`, '--all-blocks'];

  function detect(format: string, args: readonly string[] = ARGS): string {
    writeFileSync(at('a.log'), LOG);
    const { code, stdout, stderr } = runProgram(
      'detect-anomalies',
      ['--input', 'a.log', '--output', '-', '--format', format, ...args],
      at(),
    );
    assert.equal(code, 0, stderr);
    assert.deepEqual(rawControls(format === 'text' ? stdout.replaceAll('\t', '') : stdout), []);
    return stdout;
  }

  it('is reported as text without escapes, and no block is a comment', () => {
    const rows = detect('text')
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('#')); // as grep -v '^#' does
    const blocks = rows.slice(1).map((row) => row.split('\t')[0]);
    assert.deepEqual(blocks.map(unescaped).sort(), [...KEYS].sort());
    assert.ok(blocks.includes('\\u0023hidden'));
    assert.ok(blocks.includes('\\u001b]0;pwned\\u0007\\u001b[2J'));
    assert.ok(blocks.includes('-1608999687919862906'));
  });

  it('is reported as CSV without formulas', () => {
    const rows = parse<Record<string, string>>(detect('csv'), { columns: true });
    const blocks = rows.map(({ block }) => block);
    for (const cell of ["'=cmd|calc!A0", "'@SUM(1+1)", "'-2+3", '-1608999687919862906', '#hidden']) {
      assert.ok(blocks.includes(cell), cell);
    }
    assert.ok(rows.every(({ score }) => Number(score) >= 0));
  });

  it('is reported as JSON with the exact keys', () => {
    const { findings } = JSON.parse(detect('json')) as Report;
    assert.deepEqual(findings.map(({ block }) => block).sort(), [...KEYS].sort());
  });

  it('is reported as SARIF without links and placeholders', () => {
    const text = detect('sarif');
    const { runs } = JSON.parse(text) as { runs: { results: { message: { text: string } }[] }[] };
    const messages = runs[0].results.map(({ message }) => message.text);
    assert.ok(messages.some((message) => message.startsWith('\\[Sign-in\\](https://evil.example/login){{0}}: ')));
  });

  it('names its blocks alike in the CSV beside the features', () => {
    detect('csv', [...ARGS, '--save-features', '.']);
    const blocks = parse<Record<string, string>>(readFileSync(at('blocks_a.csv')), { columns: true });
    const reported = parse<Record<string, string>>(detect('csv'), { columns: true });
    assert.deepEqual(blocks.map(({ block }) => block).sort(), reported.map(({ block }) => block).sort());
  });

  it('keeps its messages exact in the structured log, which is data', () => {
    detect('csv', [...ARGS, '--save-parsed', '.']);
    const rows = parse<Record<string, string>>(readFileSync(at('a_structured.csv')), { columns: true });
    assert.equal(rows.length, 2 * KEYS.length);
    assert.ok(rows.some(({ Content }) => Content.includes(`id=${KEYS[0]} `)));
  });

  it('is known again by an earlier report, and by fingerprints', () => {
    writeFileSync(at('known.json'), detect('json', ARGS.concat('--threshold', '0')));
    const { findings } = JSON.parse(readFileSync(at('known.json'), 'utf8')) as Report;
    writeFileSync(at('known.txt'), findings.map(({ fingerprint }) => `${fingerprint}\n`).join(''));
    for (const known of ['known.json', 'known.txt']) {
      const again = JSON.parse(detect('json', [...ARGS, '--threshold', '0', '--known', known])) as Report;
      assert.equal(again.findings.length, KEYS.length);
      assert.ok(again.findings.every((finding) => finding.new === false));
    }
  });

  it('is judged alike as rows of many machines', () => {
    writeFileSync(at('a.log'), LOG);
    const run = (args: readonly string[], input: string): Run => runProgram('detect-anomalies', args, at(), input);
    const { stdout } = run(['--map', '--input', 'a.log', '--model', MODEL, '--session-key', String.raw`id=(\S+)`], '');
    const rows = stdout.trimEnd().split('\n').sort();
    const reduced = run(
      ['--reduce', '--model', MODEL, '--all-blocks', '--output', '-', '--format', 'json'],
      `${rows.join('\n')}\n`,
    );
    assert.equal(reduced.code, 0, reduced.stderr);
    const blocks = (JSON.parse(reduced.stdout) as Report).findings.map(({ block }) => block);
    assert.deepEqual(blocks.sort(), [...KEYS].sort());
  });
});

describe('a message that quotes what acts', () => {
  const at = temporaryFolder();

  for (const [what, args] of [
    ['a path', ['--input', 'a\x1b]0;pwned\x07\u202e.log']],
    ['an option', ['--input', 'a.log', '--format', '\x1b[2J\x9b']],
    ['a setting', ['--input', 'a.log', '--config', 'c.json']],
  ] as const) {
    it(`shows ${what} on standard error as escapes`, () => {
      writeFileSync(at('a.log'), LOG);
      writeFileSync(at('c.json'), JSON.stringify({ sessionKey: '(\x1b[2J\u202e' }));
      const { code, stderr } = runProgram('detect-anomalies', args, at());
      assert.equal(code, 2);
      assert.match(stderr, /\\u(001b|202e)/);
      assert.deepEqual(rawControls(stderr), []);
    });
  }

  it('tells where the report is, whatever the folder is called', () => {
    writeFileSync(at('a.log'), LOG);
    mkdirSync(at('\x1b[2J'));
    const { code, stderr } = runProgram(
      'detect-anomalies',
      ['--no-config', '--input', 'a.log', '--output', '\x1b[2J/\n.txt'],
      at(),
    );
    assert.equal(code, 0, stderr);
    assert.match(stderr, /written to \\u001b\[2J\/\\u000a\.txt\n$/);
    assert.deepEqual(rawControls(stderr), []);
  });
});
