import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { temporaryFolder } from '../support/temporaryFolder';
import { runProgram, type Run } from '../support/runProgram';

interface JsonFinding {
  block: string;
  score: number;
  anomalous: boolean;
  count: number;
  first_line: number;
  last_line: number;
  first_time: string | null;
  last_time: string | null;
  line: number;
  lines: number[];
  reason: string;
}

interface JsonReport {
  input: string;
  model: string;
  lines: number;
  blocks: number;
  anomalous: number;
  notes: string[];
  findings: JsonFinding[];
}

const SAMPLE = resolve('samples', 'hdfs-small.log');
const MODEL = resolve('models', 'hdfs');

describe('detect-anomalies', () => {
  const at = temporaryFolder();
  const detect = (args: readonly string[], input?: Uint8Array | string): Run =>
    runProgram('detect-anomalies', args, at(), input);
  const detectJson = (args: readonly string[], input?: Uint8Array | string): JsonReport => {
    const { code, stdout, stderr } = detect([...args, '--format', 'json', '--output', '-'], input);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as JsonReport;
  };
  const labels = new Map(
    parse<{ BlockId: string; Label: string }>(readFileSync('samples/hdfs-small-labels.csv'), { columns: true }).map(
      ({ BlockId, Label }) => [BlockId, Label],
    ),
  );

  it('writes anomalies.txt into the current folder', () => {
    const { code, stdout, stderr } = detect(['--input', SAMPLE]);
    assert.equal(code, 0, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, /^\d+ of \d+ blocks are anomalous \(\d+ lines, model hdfs\); written to anomalies\.txt\n$/);
    const lines = readFileSync(at('anomalies.txt'), 'utf8').trimEnd().split('\n');
    const header = lines.findIndex((line) => !line.startsWith('#'));
    assert.ok(header >= 4);
    assert.equal(lines[header], 'block\tscore\tlines\tfirst_line\tlast_line\tline\treason');
    const log = readFileSync(SAMPLE, 'utf8').split('\n');
    let last = 1;
    for (const row of lines.slice(header + 1)) {
      const [block, score, count, first, end, line, reason, ...more] = row.split('\t');
      assert.deepEqual(more, []);
      assert.equal(labels.get(block), 'Anomaly', block);
      assert.ok(Number(score) <= last && Number(score) > 0);
      last = Number(score);
      assert.ok(Number(first) <= Number(line) && Number(line) <= Number(end));
      assert.ok(log[Number(line) - 1].includes(block));
      assert.ok(Number(count) > 0 && reason.length > 10);
    }
    assert.equal(
      lines.length - header - 1,
      [...labels.values()].filter((label) => label === 'Anomaly').length,
      'every anomaly of the sample is found',
    );
  });

  it('gives the same findings from a pipe, from gzip, in UTF-16 and with other line ends', () => {
    const expected = detectJson(['--input', SAMPLE]).findings;
    const content = readFileSync(SAMPLE, 'utf8');
    writeFileSync(at('a.log.gz'), gzipSync(content));
    writeFileSync(at('utf16.log'), `\ufeff${content}`, 'utf16le');
    writeFileSync(at('crlf.log'), content.replaceAll('\n', '\r\n'));
    writeFileSync(at('cr.log'), content.replaceAll('\n', '\r').trimEnd());
    for (const name of ['a.log.gz', 'utf16.log', 'crlf.log', 'cr.log']) {
      assert.deepEqual(detectJson(['--input', name]).findings, expected, name);
    }
    assert.deepEqual(detectJson(['--input', '-'], content).findings, expected);
    assert.deepEqual(detectJson(['--input', '-'], gzipSync(content)).findings, expected);
  });

  it('writes JSON with all lines and times, and all blocks if asked', () => {
    const some = detectJson(['--input', SAMPLE]);
    assert.deepEqual(Object.keys(some.findings[0]), [
      'block',
      'score',
      'anomalous',
      'count',
      'first_line',
      'last_line',
      'first_time',
      'last_time',
      'line',
      'lines',
      'reason',
      'kind',
      'template',
      'fingerprint',
    ]);
    assert.match(some.findings[0].first_time ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    assert.equal(some.anomalous, some.findings.length);
    const all = detectJson(['--input', SAMPLE, '--all-blocks']);
    assert.equal(all.findings.length, all.blocks);
    assert.deepEqual(
      all.findings.filter(({ anomalous }) => anomalous),
      some.findings,
    );
    for (const { lines, first_line, last_line, line } of all.findings) {
      assert.deepEqual([lines[0], lines.at(-1)], [first_line, last_line]);
      assert.ok(lines.includes(line));
    }
  });

  it('chooses the form by the output’s extension', () => {
    for (const name of ['o.csv', 'o.json', 'o.sarif', 'o.tsv']) {
      assert.equal(detect(['--input', SAMPLE, '--output', name]).code, 0);
    }
    const findings = (JSON.parse(readFileSync(at('o.json'), 'utf8')) as JsonReport).findings;
    const rows = parse<Record<string, string>>(readFileSync(at('o.csv')), { columns: true });
    assert.deepEqual(
      rows.map((row) => [row.block, Number(row.score), Number(row.line), row.reason]),
      findings.map((finding) => [finding.block, finding.score, finding.line, finding.reason]),
    );
    const sarif = JSON.parse(readFileSync(at('o.sarif'), 'utf8')) as {
      version: string;
      runs: { results: { locations: { physicalLocation: { region: { startLine: number } } }[] }[] }[];
    };
    assert.equal(sarif.version, '2.1.0');
    assert.deepEqual(
      sarif.runs[0].results.map(({ locations }) => locations[0].physicalLocation.region.startLine),
      findings.map(({ line }) => line),
    );
    assert.ok(readFileSync(at('o.tsv'), 'utf8').startsWith('# input: '));
  });

  it('saves the parsed log and features that give the same verdicts', () => {
    cpSync(SAMPLE, at('day.1.log'));
    const { code, stderr } = detect([
      ...['--input', 'day.1.log', '--output', 'o.json', '--all-blocks'],
      ...['--save-parsed', 'parsed/logs', '--save-features', 'features'],
    ]);
    assert.equal(code, 0, stderr);
    assert.deepEqual(readdirSync(at('parsed', 'logs')).sort(), ['day.1_structured.csv', 'day.1_templates.csv']);
    assert.deepEqual(readdirSync(at('features')).sort(), ['blocks_day.1.csv', 'x_day.1.npy']);
    const report = JSON.parse(readFileSync(at('o.json'), 'utf8')) as JsonReport;
    const structured = parse<Record<string, string>>(readFileSync(at('parsed/logs/day.1_structured.csv')), {
      columns: true,
    });
    assert.equal(structured.length, report.lines);
    assert.deepEqual(Object.keys(structured[0]), [
      ...['LineId', 'Date', 'Time', 'Pid', 'Level', 'Component', 'Content'],
      ...['EventId', 'EventTemplate', 'ParameterList'],
    ]);
    const templates = parse<Record<string, string>>(readFileSync(at('parsed/logs/day.1_templates.csv')), {
      columns: true,
    });
    for (const { EventId, Occurrences } of templates) {
      assert.equal(structured.filter((row) => row.EventId === EventId).length, Number(Occurrences));
    }
    const blocks = parse<Record<string, string>>(readFileSync(at('features/blocks_day.1.csv')), { columns: true });
    assert.equal(blocks.length, report.blocks);
    const predicted = runProgram('predict-anomalies', ['--input', 'features/x_day.1.npy'], at());
    assert.equal(predicted.code, 0, predicted.stderr);
    const indices = readFileSync(at('anomaly_indices.txt'), 'utf8').split('\n').filter(Boolean).map(Number);
    assert.deepEqual(
      indices.map((index) => blocks[index].block).sort(),
      report.findings
        .filter(({ anomalous }) => anomalous)
        .map(({ block }) => block)
        .sort(),
    );
  });

  it('takes a threshold, a session key and a limit', () => {
    const few = detectJson(['--input', SAMPLE, '--max-findings', '2']);
    assert.equal(few.findings.length, 2);
    assert.ok(few.anomalous > 2);
    assert.equal(detectJson(['--input', SAMPLE, '--threshold', '0']).anomalous, few.blocks);
    assert.equal(detectJson(['--input', SAMPLE, '--session-key', 'no such key \\d+']).blocks, 0);
    assert.ok(
      detectJson(['--input', SAMPLE, '--session-key', '(?:blk)_(-?[0-9]+)']).findings[0].block.match(/^-?\d+$/),
    );
  });

  it('exits with 1 for anomalies only if asked', () => {
    assert.equal(detect(['--input', SAMPLE, '--fail-on-anomaly']).code, 1);
    assert.equal(detect(['--input', SAMPLE, '--fail-on-anomaly', '--session-key', 'nothing\\d']).code, 0);
  });

  it('finds nothing in an empty log', () => {
    for (const content of ['', '\ufeff', '\n\n']) {
      writeFileSync(at('empty.log'), content);
      const { blocks, anomalous, findings } = detectJson(['--input', 'empty.log']);
      assert.deepEqual({ blocks, anomalous, findings }, { blocks: 0, anomalous: 0, findings: [] });
    }
    assert.equal(detect(['--input', 'empty.log', '--fail-on-anomaly']).code, 0);
  });

  it('takes a model by its folder and by its file', () => {
    const expected = detectJson(['--input', SAMPLE]);
    const [why, ...notes] = expected.notes;
    assert.equal(why, 'judged by: the model hdfs, which explains this log');
    for (const model of [MODEL, resolve(MODEL, 'model.onnx')]) {
      const asked = detectJson(['--input', SAMPLE, '--model', model]);
      assert.deepEqual(asked, { ...expected, notes: ['judged by: the model hdfs, as asked for', ...notes] });
    }
  });

  describe('says in one line what is wrong, and exits with 2', () => {
    const faults: [string, () => string[], RegExp][] = [
      ['no input', () => [], /--input is missing/],
      ['an unknown option', () => ['--input', SAMPLE, '--colour'], /Unknown option '--colour'; see --help/],
      ['a missing file', () => ['--input', 'missing.log'], /missing\.log does not exist/],
      ['a folder', () => ['--input', '.'], /\. is a folder; give a file/],
      ['a binary file', () => ['--input', 'binary'], /binary is no text/],
      ['a model and none', () => ['--input', SAMPLE, '--unsupervised', '--model', MODEL], /contradict each other/],
      ['features without a model', () => ['--input', 'other.log', '--save-features', 'p'], /needs a model/],
      ['damaged gzip', () => ['--input', 'cut.gz'], /cut\.gz is damaged gzip/],
      [
        'an unknown form',
        () => ['--input', SAMPLE, '--format', 'xml'],
        /--format is "xml"; give text, json, csv, sarif, html, markdown, github/,
      ],
      ['a threshold beyond 1', () => ['--input', SAMPLE, '--threshold', '1.5'], /--threshold is "1\.5"/],
      ['a pattern that is none', () => ['--input', SAMPLE, '--session-key', '('], /is no valid regular expression/],
      [
        'a pattern that matches nothing at all',
        () => ['--input', SAMPLE, '--session-key', 'x*'],
        /matches the empty text/,
      ],
      ['a missing model', () => ['--input', SAMPLE, '--model', 'nowhere'], /nowhere does not exist/],
      ['a PyTorch model', () => ['--input', SAMPLE, '--model', 'log_cnn_model.pkl'], /is a PyTorch file/],
      ['a model without profile', () => ['--input', SAMPLE, '--model', 'bare'], /profile\.json does not exist/],
      ['a damaged network', () => ['--input', SAMPLE, '--model', 'damaged'], /model\.onnx is not a model/],
      ['a damaged profile', () => ['--input', SAMPLE, '--model', 'broken'], /profile\.json is no valid JSON/],
      ['an unknown version', () => ['--input', SAMPLE, '--model', 'newer'], /has version 99/],
      ['an output in a file', () => ['--input', SAMPLE, '--output', 'binary/o.txt'], /binary/],
    ];
    beforeEach(() => {
      writeFileSync(
        at('binary'),
        Uint8Array.from({ length: 4096 }, (_, i) => i % 256),
      );
      writeFileSync(at('other.log'), '2024-01-01 an application of some other kind\n'.repeat(100));
      writeFileSync(at('cut.gz'), gzipSync(readFileSync(SAMPLE)).subarray(0, 5000));
      for (const name of ['bare', 'damaged', 'broken', 'newer']) {
        mkdirSync(at(name));
        cpSync(resolve(MODEL, 'model.onnx'), at(name, 'model.onnx'));
        if (name !== 'bare') {
          cpSync(resolve(MODEL, 'profile.json'), at(name, 'profile.json'));
        }
      }
      writeFileSync(at('damaged', 'model.onnx'), 'not a network');
      writeFileSync(at('broken', 'profile.json'), '{"version": 1,');
      const profile = JSON.parse(readFileSync(resolve(MODEL, 'profile.json'), 'utf8')) as object;
      writeFileSync(at('newer', 'profile.json'), JSON.stringify({ ...profile, version: 99 }));
    });
    for (const [name, args, message] of faults) {
      it(name, () => {
        const before = readdirSync(at()).sort();
        const { code, stdout, stderr } = detect(args());
        assert.equal(code, 2, stderr);
        assert.equal(stdout, '');
        assert.match(stderr, message);
        assert.match(stderr, /^detect-anomalies: [^\n]+\n$/);
        assert.deepEqual(readdirSync(at()).sort(), before, 'nothing is left behind');
      });
    }
  });

  it('explains itself', () => {
    const { code, stdout } = detect(['--help']);
    assert.equal(code, 0);
    assert.match(stdout, /Examples:/);
  });

  it('is no fault if the reader has seen enough', () => {
    const program = `"${process.execPath}" "${resolve('dist/cli/detect-anomalies.js')}"`;
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['-c', `set -o pipefail; ${program} --input "${SAMPLE}" --all-blocks --output - | head -n 1`],
      { cwd: at(), encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^# input/);
    assert.equal(stderr, '');
  });
});
