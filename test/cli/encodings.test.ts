import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runProgram, type Run } from '../support/runProgram';
import { temporaryFolder } from '../support/temporaryFolder';
import { utf32 } from '../support/bytes';

interface Report {
  lines: number;
  anomalous: number;
  findings: { line: number; reason: string; lines: number[] }[];
}

describe('the encoding of a log', () => {
  const at = temporaryFolder();
  const ENCODING = ['--encoding', 'cp1251'];

  function run(args: readonly string[], input?: Uint8Array): Run {
    return runProgram('detect-anomalies', args, at(), input);
  }

  function report(args: readonly string[], input?: Uint8Array): Report {
    const { code, stdout, stderr } = run([...args, '--output', '-', '--format', 'json'], input);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as Report;
  }

  /** Windows-1251 of a text of Latin and Russian letters. */
  function cp1251(text: string): Buffer {
    return Buffer.from(
      [...text].map((letter) => (letter < 'А' ? letter : String.fromCharCode(letter.charCodeAt(0) - 0x350))).join(''),
      'latin1',
    );
  }

  /** A log with so few letters that its encoding cannot be found out. */
  function shop(lines: number, failsAt?: number): string {
    return Array.from({ length: lines }, (_, i) => {
      const clock = `2025-03-01 10:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`;
      return i === failsAt
        ? `${clock} ERROR app - нет\n`
        : `${clock} INFO app - ${['open', 'add', 'close'][i % 3]} cart ${i}\n`;
    }).join('');
  }

  it('is the one that is given, in a file, a pipe, the configuration and with rotated files', () => {
    writeFileSync(at('a.log'), cp1251(shop(600, 400)));
    writeFileSync(at('a.log.1'), cp1251(shop(600, 100)));
    const says = ({ findings }: Report): boolean => findings.some(({ reason }) => reason.includes('нет'));
    assert.equal(says(report(['--input', 'a.log'])), false);
    const given = report(['--input', 'a.log', ...ENCODING]);
    assert.equal(says(given), true);
    assert.deepEqual(report(['--input', '-', ...ENCODING], cp1251(shop(600, 400))).findings, given.findings);
    const rotated = report(['--input', 'a.log', '--rotated', ...ENCODING]);
    assert.equal(rotated.lines, 1200);
    assert.equal(says(rotated), true);
    writeFileSync(at('logcnn.config.json'), '{"encoding": "windows-1251"}');
    assert.equal(says(report(['--input', 'a.log'])), true);
  });

  it('is that of the good logs too', () => {
    writeFileSync(at('a.log'), cp1251(shop(600, 400)));
    writeFileSync(at('good.log'), cp1251(shop(600, 200)));
    const { anomalous } = report(['--input', 'a.log', '--baseline', 'good.log', ...ENCODING]);
    assert.equal(anomalous, 0);
  });

  it('is found out where it is UTF-32, and may be given to a map', () => {
    const sample = resolve('samples', 'hdfs-small.log');
    const content = readFileSync(sample, 'utf8');
    const expected = report(['--input', sample]).findings;
    const rows = run(['--map', '--input', sample]).stdout.split('\n').sort();
    for (const isLittleEndian of [true, false]) {
      for (const mark of ['', '\ufeff']) {
        assert.deepEqual(report(['--input', '-'], utf32(mark + content, isLittleEndian)).findings, expected);
      }
    }
    const mapped = run(['--map', '--input', '-', '--encoding', 'utf-16be'], Buffer.from(content, 'utf16le').swap16());
    assert.deepEqual(mapped.stdout.split('\n').sort(), rows, mapped.stderr);
  });

  it('is refused in one sentence where its name is not known', () => {
    writeFileSync(at('a.log'), shop(9));
    const sentence =
      'The encoding "windows-1259" is not known; give a name of the WHATWG Encoding Standard such as windows-1252,';
    for (const args of [[], ['--rotated'], ['--map']]) {
      const { code, stderr } = run(
        ['--input', 'a.log', '--output', '-', '--encoding', 'windows-1259', ...args].filter(
          (arg) => args[0] !== '--map' || !['--output', '-'].includes(arg),
        ),
      );
      assert.equal(code, 2);
      assert.ok(stderr.includes(sentence), stderr);
    }
    writeFileSync(at('logcnn.config.json'), '{"encoding": "utf-7"}');
    const { code, stderr } = run(['--input', 'a.log', '--config', 'logcnn.config.json', '--output', '-']);
    assert.equal(code, 2);
    assert.match(stderr, /"encoding".*"utf-7" is not known; give .*utf-8/);
  });
});
