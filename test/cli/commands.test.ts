import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { assertGoldenPart } from '../support/golden';
import { runProgram, type Run } from '../support/runProgram';
import { temporaryFolder } from '../support/temporaryFolder';

const SAMPLE = resolve('samples', 'hdfs-small.log');
const COMMANDS = ['scan', 'follow', 'predict', 'train', 'evaluate', 'map', 'reduce', 'completion'];
const PROGRAMS = ['detect-anomalies', 'predict-anomalies', 'train-model', 'evaluate-model'];
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

describe('the commands', () => {
  const at = temporaryFolder();
  const run = (program: string, ...args: string[]): Run => runProgram(program, args, at());
  const logcnn = (...args: string[]): Run => run('logcnn', ...args);

  it('explain themselves as the documentation does', () => {
    const helps = [
      run('logcnn', '--help'),
      ...COMMANDS.map((command) => logcnn(command, '--help')),
      run('detect-anomalies', '--help'),
    ];
    helps.forEach(({ code, stderr }) => assert.deepEqual([code, stderr], [0, '']));
    const names = ['logcnn', ...COMMANDS.map((command) => `logcnn ${command}`), 'detect-anomalies'];
    const text = helps.map(({ stdout }, i) => `## ${names[i]}\n\n\`\`\`text\n${stdout.trimEnd()}\n\`\`\`\n`).join('\n');
    assertGoldenPart('docs/COMMANDS.md', 'commands', text);
    for (const [program, command] of [
      ['predict-anomalies', 'predict'],
      ['train-model', 'train'],
      ['evaluate-model', 'evaluate'],
    ]) {
      const plain = (help: string): string => help.replace(/ *--version.*\n/, '').replace(/ {2,}/g, ' ');
      const own = run(program, '--help').stdout.replaceAll(program, `logcnn ${command}`);
      assert.equal(plain(own), plain(logcnn(command, '--help').stdout));
    }
  });

  it('tell their version', () => {
    for (const program of ['logcnn', ...PROGRAMS]) {
      assert.deepEqual(run(program, '--version'), { code: 0, stdout: `${program} ${version}\n`, stderr: '' });
    }
  });

  it('are refused in one sentence, with what was probably meant', () => {
    const faults: [string[], RegExp][] = [
      [[], /^logcnn: A command is missing; give scan, follow, .* \(see --help\)\.$/],
      [['scna'], /^logcnn: Unknown command 'scna' \(did you mean scan\?\); see --help\.$/],
      [
        ['scan', '--treshold', '1'],
        /^logcnn: Unknown option '--treshold' \(did you mean --threshold\?\); see --help\.$/,
      ],
      [['scan', '--threshold'], /^logcnn: Option '--threshold <0…1>' argument missing; see --help\.$/],
      [
        ['scan', 'a.log', 'b.log'],
        /^logcnn: Too many arguments for 'scan': expected 1 argument but got 2; see --help\.$/,
      ],
      [['scan', 'a.log', '-i', 'b.log'], /^logcnn: "a\.log" and --input are the same thing twice; give one of them\.$/],
      [
        ['scan', 'a.log', '--output', '--all-blocks'],
        /^logcnn: --output is followed by "--all-blocks"; give its value/,
      ],
      [
        ['scan', 'a.log', '--format', 'xml'],
        /^logcnn: --format is "xml"; give text, json, csv, sarif, html, markdown, github\.$/,
      ],
      [['scan', 'a.log', '--threads', '0'], /^logcnn: --threads is "0"; give a number from 1 to 64\.$/],
      [
        ['scan', 'a.log', '--model', 'm', '--log-format', 'hdfs'],
        /^logcnn: --log-format and --model contradict each other, for a model reads its own format; give one of them\.$/,
      ],
      [['map', '--threshold', '1'], /^logcnn: Unknown option '--threshold'; see --help\.$/],
      [['follow'], /^logcnn: A log is missing; give the file of one that grows/],
      [['completion', 'ksh'], /^logcnn: Give a shell: bash, zsh, fish\.$/],
    ];
    for (const [args, message] of faults) {
      const { code, stdout, stderr } = logcnn(...args);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr.replace(/\n$/, ''), message);
    }
    const detect = run('detect-anomalies', '--map', '--threshold', '1');
    assert.match(
      detect.stderr,
      /^detect-anomalies: --threshold and --map contradict each other; give one of them\.\n$/,
    );
    assert.equal(detect.code, 2);
  });

  it('do what the programs do, byte for byte', () => {
    const pairs: [program: string, own: string[], command: string, args: string[]][] = [
      ['detect-anomalies', ['-i', SAMPLE, '-o', '-'], 'scan', [SAMPLE, '-o', '-']],
      [
        'detect-anomalies',
        [SAMPLE, '--format', 'json', '-o', '-'],
        'scan',
        ['-i', SAMPLE, '--format', 'json', '-o', '-'],
      ],
      ['detect-anomalies', [SAMPLE, '--fail-on-anomaly'], 'scan', [SAMPLE, '--fail-on-anomaly']],
      ['detect-anomalies', ['--log-format', 'list'], 'scan', ['--log-format', 'list']],
      ['detect-anomalies', ['--map', '-i', SAMPLE], 'map', [SAMPLE]],
      ['predict-anomalies', ['-i', 'none.npy'], 'predict', ['none.npy']],
      ['train-model', ['--output', 'm', '--seed', 'x'], 'train', ['--output', 'm', '--seed', 'x']],
      ['train-model', ['--output', 'm'], 'train', ['--output', 'm']],
      ['evaluate-model', ['--model', 'm'], 'evaluate', ['--model', 'm']],
    ];
    for (const [program, own, command, args] of pairs) {
      const { stderr, ...rest } = run(program, ...own);
      const expected = { ...rest, stderr: stderr.replace(`${program}: `, 'logcnn: ') };
      assert.deepEqual(logcnn(command, ...args), expected, command);
    }
    const rows = logcnn('map', SAMPLE).stdout.trimEnd().split('\n').sort().join('\n') + '\n';
    assert.deepEqual(
      runProgram('logcnn', ['reduce', '-o', '-'], at(), rows),
      runProgram('detect-anomalies', ['--reduce', '-o', '-'], at(), rows),
    );
  });

  describe('are completed', () => {
    it('by bash', () => {
      const complete = (...words: string[]): string[] => {
        const script = `${logcnn('completion', 'bash').stdout}
COMP_WORDS=(logcnn "$@"); COMP_CWORD=$#; _logcnn; printf '%s\\n' "\${COMPREPLY[@]}"`;
        const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...words], { cwd: at(), encoding: 'utf8' });
        assert.equal(stderr, '');
        return stdout.split('\n').filter(Boolean);
      };
      writeFileSync(at('app.log'), '');
      assert.deepEqual(complete('sc'), ['scan']);
      assert.deepEqual(complete('scan', '--max'), ['--max-findings']);
      assert.deepEqual(complete('evaluate', '--format', 'j'), ['json']);
      assert.deepEqual(complete('scan', '--input', 'a'), ['app.log']);
      assert.deepEqual(complete('follow', 'a'), ['app.log']);
      assert.deepEqual(complete('completion', ''), ['bash', 'zsh', 'fish']);
    });

    it('by zsh and fish with every flag', () => {
      const zsh = logcnn('completion', 'zsh').stdout;
      const fish = logcnn('completion', 'fish').stdout;
      const flags = [...logcnn('scan', '--help').stdout.matchAll(/^ +(?:-\w, )?--([a-z-]+)/gm)].map(([, flag]) => flag);
      assert.ok(flags.length > 20);
      for (const flag of flags.filter((name) => name !== 'help')) {
        assert.ok(zsh.includes(`'*--${flag}[`), flag);
        assert.match(fish, new RegExp(`__fish_seen_subcommand_from scan'.* -l ${flag} `));
      }
    });
  });

  describe('follow', () => {
    it('tells what is there and what comes, and ends with Ctrl+C', async () => {
      const line = (i: number, message: string): string =>
        `2025-03-01 10:${String(Math.floor(i / 60) % 60).padStart(2, '0')}:${String(i % 60).padStart(2, '0')} INFO app - ${message}\n`;
      const usual = (from: number, to: number): string =>
        Array.from({ length: to - from }, (_, i) =>
          line(from + i, `${['open', 'add', 'close'][i % 3]} cart ${i}`),
        ).join('');
      writeFileSync(at('app.log'), usual(0, 900));
      const child = spawn(process.execPath, [resolve('dist/cli/logcnn.js'), 'follow', 'app.log'], { cwd: at() });
      try {
        const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
        const next = async (): Promise<string> => String((await lines.next()).value);
        assert.equal(await next(), 'block\tscore\tlines\tfirst_line\tlast_line\tline\treason');
        appendFileSync(at('app.log'), line(900, 'ERROR payment of order 7 failed: card refused') + usual(901, 960));
        const cells = (await next()).split('\t');
        assert.equal(cells.length, 7);
        assert.match(cells[6], /payment of order/);
        child.kill('SIGINT');
        assert.deepEqual(await once(child, 'exit'), [0, null]);
      } finally {
        child.kill('SIGKILL');
      }
    });
  });
});
