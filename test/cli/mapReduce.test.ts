import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { hdfsLog } from '../support/hdfsLog';
import { runProgram, type Run } from '../support/runProgram';
import { sharedData, skipWithoutSharedData } from '../support/sharedData';
import { temporaryFolder } from '../support/temporaryFolder';
import { writeTinyBundle } from '../support/tinyBundle';

interface Finding {
  block: string;
  score: number;
  anomalous: boolean;
  first_line: number | null;
  line: number | null;
  lines: number[];
  reason: string;
}

interface Report {
  model: string;
  lines: number;
  blocks: number;
  anomalous: number;
  notes: string[];
  findings: Finding[];
}

const PROGRAM = resolve('dist', 'cli', 'detect-anomalies.js');

describe('detect-anomalies --map | sort | detect-anomalies --reduce', () => {
  const at = temporaryFolder();
  const detect = (args: readonly string[], input?: Uint8Array | string): Run =>
    runProgram('detect-anomalies', args, at(), input);

  function mapped(log: Uint8Array | string, args: readonly string[] = []): string {
    const { code, stdout, stderr } = detect(['--map', ...args], log);
    assert.equal(code, 0, stderr);
    return stdout;
  }

  /** Sorts with the system's sort, as the documentation says. */
  function sorted(rows: string): string {
    const { status, stdout } = spawnSync('sort', [], {
      input: rows,
      env: { ...process.env, LC_ALL: 'C' },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    assert.equal(status, 0);
    return stdout;
  }

  function reduced(rows: string, args: readonly string[] = ['--all-blocks']): Report {
    const { code, stdout, stderr } = detect(['--reduce', '--format', 'json', '--output', '-', ...args], rows);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as Report;
  }

  function inOneProcess(log: Uint8Array | string): Report {
    const { code, stdout, stderr } = detect(['-i', '-', '--all-blocks', '--format', 'json', '-o', '-'], log);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as Report;
  }

  /** The log in pieces of whole lines. */
  function pieces(log: string, count: number): string[] {
    const lines = log.trimEnd().split('\n');
    const size = Math.ceil(lines.length / count);
    return Array.from({ length: count }, (_, i) => `${lines.slice(i * size, (i + 1) * size).join('\n')}\n`);
  }

  function assertSameFindings(log: string): void {
    const expected = inOneProcess(log);
    const anomalous = expected.findings.filter((finding) => finding.anomalous);
    assert.ok(anomalous.length > 5);
    const actual = reduced(sorted(mapped(log)));
    assert.deepEqual(actual.findings.slice(0, anomalous.length), anomalous, 'anomalous ones, ranked, to the last line');
    const byBlock = (findings: readonly Finding[]): Map<string, Finding> =>
      new Map(findings.map((finding) => [finding.block, finding]));
    assert.deepEqual(byBlock(actual.findings), byBlock(expected.findings));
    assert.equal(actual.findings.length, expected.blocks);

    const parts = pieces(log, 7);
    const rows = [3, 0, 6, 5, 1, 4, 2].map((i) => mapped(parts[i])).join('');
    const ofPieces = reduced(sorted(rows));
    const scores = ({ findings }: Report): Map<string, unknown> =>
      new Map(findings.map(({ block, score, lines, reason }) => [block, { score, reason, lines: lines.length }]));
    const unnumbered = new Map(
      expected.findings.map(({ block, score, reason }) => [block, { score, reason, lines: 0 }]),
    );
    assert.deepEqual(scores(ofPieces), unnumbered);
    assert.ok(ofPieces.notes.some((note) => note.startsWith('line numbers are left out')));
    assert.deepEqual([ofPieces.findings[0].first_line, ofPieces.findings[0].line], [null, null]);
  }

  const hdfsLike = (blocks: number): string =>
    `${[...hdfsLog({ seed: 4, blocks, anomalousShare: 0.05 })].join('\n')}\n`;

  it('finds what one process finds in an HDFS-like log, whole and in pieces', () => {
    assertSameFindings(hdfsLike(600));
  });

  it('finds what one process finds in a genuine HDFS log, whole and in pieces', function () {
    skipWithoutSharedData(this);
    assertSameFindings(gunzipSync(readFileSync(sharedData('hdfs/HDFS_dev.log.gz')!)).toString('utf8'));
  });

  it('orders the records of splits by the offsets that Hadoop gives, and leaves their line numbers out', () => {
    const [first, second] = pieces(hdfsLike(60), 2);
    writeFileSync(at('second.log'), second);
    const mapSplit = (env: Record<string, string>): string =>
      spawnSync(process.execPath, [PROGRAM, '--map', '--input', at('second.log')], {
        env: { ...process.env, ...env },
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      }).stdout;
    for (const name of ['mapreduce_map_input_start', 'map_input_start']) {
      const [, order, , , ...lines] = mapSplit({ [name]: String(first.length) })
        .split('\n')[0]
        .split('\t');
      assert.equal(Number(order.split('-')[2]), first.length);
      assert.deepEqual(lines, []);
    }
    assert.match(mapSplit({}).split('\n')[0], /-0{16}\t[^\t]+\t[^\t]+\t1$/);
  });

  it('writes the usual reports, without line numbers where they are not known', () => {
    const parts = pieces(hdfsLike(200), 3);
    const rows = sorted(parts.map((part) => mapped(part)).join(''));
    const run = (args: readonly string[]): string => detect(['--reduce', '-o', '-', ...args], rows).stdout;
    const text = run([]).trimEnd().split('\n');
    const header = text.indexOf('block\tscore\tlines\tfirst_line\tlast_line\tline\treason');
    assert.ok(text.slice(0, header).every((comment) => comment.startsWith('# ')));
    assert.match(text[header + 1], /^blk_-?\d+\t[\d.e-]+\t\d+\t\t\t\t.{10,}$/);
    assert.match(run(['--format', 'csv']).split('\n')[1], /^blk_-?\d+,[\d.e-]+,\d+,,,,/);
    const sarif = JSON.parse(run(['--format', 'sarif'])) as { runs: { results: { locations: object[] }[] }[] };
    assert.deepEqual(sarif.runs[0].results[0].locations, [
      { physicalLocation: { artifactLocation: { uri: 'stdin' } } },
    ]);
    assert.equal(run(['--max-findings', '2']).trimEnd().split('\n').length, header + 3);
    assert.equal(detect(['--reduce', '--fail-on-anomaly'], rows).code, 1);
    assert.equal(readFileSync(at('anomalies.txt'), 'utf8'), run([]));
  });

  it('judges by the model that is given to both', () => {
    writeTinyBundle(at('tiny'));
    const log = 'INFO open key_1\nINFO read key_1\n  more\nINFO hm key_2\nINFO close key_1\n';
    const rows = sorted(mapped(log, ['--model', 'tiny']));
    const { model, findings } = reduced(rows, ['--model', 'tiny', '--all-blocks']);
    assert.equal(model, 'tiny');
    assert.deepEqual(
      findings.map(({ block, score, lines }) => [block, score, lines]),
      [
        ['key_1', 0.5, [1, 2, 3, 5]],
        ['key_2', 0, [4]],
      ],
    );
    assert.deepEqual(mapped(log, ['--model', 'tiny', '--session-key', 'key_2']).split('\t')[0], 'key_2');
  });

  it('takes an empty log', () => {
    assert.equal(mapped(''), '');
    assert.deepEqual(reduced('').findings, []);
  });

  it('refuses what it cannot use with exit 2 and one line', () => {
    writeTinyBundle(at('tiny'));
    const log = hdfsLike(20);
    const rows = mapped(log);
    const tiny = mapped('INFO open key_1\n', ['--model', 'tiny']);
    const refused = (run: Run, message: RegExp): void => {
      assert.equal(run.code, 2, run.stderr);
      assert.equal(run.stdout, '');
      assert.match(run.stderr, message);
      assert.equal(run.stderr.trimEnd().split('\n').length, 1);
    };
    refused(detect(['--map'], 'no model fits this\n'), /no bundled model fits, .* give it with --model/);
    refused(detect(['--map', '--model', 'tiny'], log), /knows none of the first/);
    refused(detect(['--map', '--session-key', '('], log), /session pattern/);
    refused(detect(['--map'], new Uint8Array(100)), /is no text/);
    refused(detect(['--map', '--reduce'], log), /contradict each other/);
    refused(detect(['--map', '--threshold', '1'], log), /--threshold/);
    refused(detect(['--reduce'], rows), /row \d+ .* comes too late: .* LC_ALL=C sort/);
    refused(detect(['--reduce'], log), /begins with no row of --map/);
    refused(detect(['--reduce'], tiny), /was mapped with a model that is not bundled/);
    refused(detect(['--reduce', '--model', 'tiny'], sorted(rows)), /row 1 was mapped with another model/);
  });

  it('leaves no temporary file behind', () => {
    const folder = mkdtempSync(join(tmpdir(), 'logcnn-test-'));
    try {
      const rows = sorted(mapped(hdfsLike(30)));
      for (const input of [rows, `${rows}unsorted\n`]) {
        spawnSync(process.execPath, [PROGRAM, '--reduce', '--all-blocks', '-o', '-'], {
          input,
          env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
        });
        // ONNX Runtime has files of its own there.
        assert.deepEqual(
          readdirSync(folder).filter((name) => name.startsWith('logcnn-')),
          [],
        );
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
