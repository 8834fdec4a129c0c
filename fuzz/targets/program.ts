import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync } from 'node:fs';
import { link, symlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { demand, shown } from '../fault';
import { spoiltJson } from '../files/jsonFile';
import type { CaseEnd, FuzzCase, Place } from '../fuzzCase';
import { mutatedLog } from '../logs/mutatedLog';
import { CONTROL } from '../oracles/controls';
import { checkSentence } from '../oracles/refusal';
import type { InputRandom } from '../random';
import { pattern } from '../settings/patterns';

const NAME = 'detect-anomalies';

/** Milliseconds in which who has written a pipe that was read to its end ends too. */
const WRITER_PATIENCE = 5000;

/** How the log reaches the program. */
const WAYS_IN = ['file', 'file', 'file', 'standard input', 'named pipe'] as const;

/** What the output names: a new file, standard output, or something that must not come to harm. */
const OUTPUTS = [
  'out.txt',
  'out.json',
  'out.csv',
  'out.sarif',
  '-',
  'app.log',
  'link.log',
  'hard.log',
  'good.log',
  'no/such/folder/x',
  '.',
] as const;

/** The built program as it is called on a command line. */
export function programCase(random: InputRandom): FuzzCase {
  const log = mutatedLog(random);
  const good = mutatedLog(random);
  const way = random.pick(WAYS_IN);
  const output = random.pick(OUTPUTS);
  const isFailing = random.chance(0.3);
  const args = [
    ...['--input', way === 'standard input' ? '-' : way === 'file' ? 'app.log' : 'pipe.log'],
    ...['--output', output],
    ...(isFailing ? ['--fail-on-anomaly'] : []),
    ...options(random),
  ];
  return {
    description: `${log.description}; ${JSON.stringify(args)}`,
    files: [
      { name: 'app.log', bytes: log.bytes },
      { name: 'good.log', bytes: good.bytes },
      { name: 'spoilt.json', bytes: spoiltJson({ threshold: 0.5, sessionKey: 'id', suppress: ['a'] }, random) },
    ],
    outputs: [
      ...overwritten(args),
      'pipe.log',
      'link.log',
      'hard.log',
      'out.txt',
      'out.json',
      'out.csv',
      'out.sarif',
      'parsed',
      'no',
    ],
    async run(place) {
      await symlink('app.log', place.path('link.log'));
      await link(place.path('app.log'), place.path('hard.log'));
      const run = await runProgram(args, way, log.bytes, place);
      checkRun(run, isFailing);
      demand('a link given as output is replaced', lstatSync(place.path('link.log')).isSymbolicLink(), () =>
        args.join(' '),
      );
      return run.code === 2 ? 'refused' : 'accepted';
    },
  };
}

/** The files that the output may replace since the program does not read them. */
function overwritten(args: readonly string[]): string[] {
  const output = args[args.indexOf('--output') + 1];
  const target = ['link.log', 'hard.log'].includes(output) ? 'app.log' : output;
  const isRead = args.some((argument, i) => argument === target && args[i - 1] !== '--output');
  return isRead ? [] : [target];
}

function options(random: InputRandom): string[] {
  const all: readonly (() => string[])[] = [
    () => ['--no-config'],
    () => ['--all-blocks'],
    () => ['--unsupervised'],
    () => ['--format', random.pick(['text', 'json', 'csv', 'sarif', 'html', 'markdown', 'github', 'xml', ''])],
    () => ['--threshold', random.pick(['0', '1', '0.5', '-1', 'x', '', '1e-9'])],
    () => ['--session-key', pattern(random).replaceAll('\0', '')],
    () => ['--mask', pattern(random).replaceAll('\0', '')],
    () => ['--baseline', 'good.log'],
    () => ['--config', 'spoilt.json'],
    () => ['--known', random.pick(['good.log', 'app.log', 'none'])],
    () => ['--threads', random.pick(['1', '2', '0', '1e9'])],
    () => ['--max-findings', random.pick(['0', '1', '1e300', '-1'])],
    () => ['--since', random.pick(['2024-05-13', 'x', '06:30'])],
    () => ['--rotated'],
    () => ['--save-parsed', 'parsed'],
    () => [random.pick(['--no-such-option', '--', '-x', '--input', 'stray'])],
  ];
  return random.some(all, 3).flatMap((option) => option());
}

interface ProgramEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

async function runProgram(
  args: readonly string[],
  way: (typeof WAYS_IN)[number],
  log: Uint8Array,
  place: Place,
): Promise<ProgramEnd> {
  const cwd = place.folder;
  if (way === 'named pipe') {
    spawnSync('mkfifo', ['pipe.log'], { cwd });
  }
  const program = spawn(process.execPath, [resolve('dist', 'cli', `${NAME}.js`), ...args], { cwd });
  const writer =
    way === 'named pipe'
      ? spawn('dd', ['if=app.log', 'of=pipe.log', 'conv=notrunc'], { cwd, stdio: 'ignore' })
      : undefined;
  const written = writer === undefined ? undefined : once(writer, 'close');
  // A program that has refused its arguments does not read on.
  program.stdin.on('error', () => undefined);
  program.stdin.end(way === 'standard input' ? log : undefined);
  let stdout = '';
  let stderr = '';
  program.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  program.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code, signal] = (await once(program, 'close')) as [number | null, NodeJS.Signals | null];
  // Where the program never opened the pipe, its writer would wait for a reader for ever.
  const patience = setTimeout(() => writer?.kill(), code === 0 ? WRITER_PATIENCE : 0);
  const [writerCode] = ((await written) ?? [0]) as [number | null];
  clearTimeout(patience);
  demand('program: read a pipe, but not to its end', code !== 0 || writerCode === 0, () => args.join(' '));
  return { code, signal, stdout, stderr };
}

/** @throws Fault if the program ended in any other way than its exit codes and messages promise */
export function checkRun({ code, signal, stdout, stderr }: ProgramEnd, isFailing: boolean): CaseEnd {
  demand('program: ended by a signal', signal === null, () => String(signal));
  demand('program: fault of its own', !/unexpected error|fault of LogCNN/.test(stderr), () => shown(stderr));
  demand(
    'program: another exit code',
    code === 0 || code === 2 || (code === 1 && isFailing),
    () => `${code}: ${shown(stderr)}`,
  );
  demand(
    'program: control characters for the terminal',
    !CONTROL.test(stdout) && !CONTROL.test(stderr.replaceAll('\x1b[K', '')),
    () => shown(stdout + stderr),
  );
  if (code === 2) {
    const [message, ...further] = stderr.trimEnd().split('\n');
    demand('program: a refusal in several lines', further.length === 0, () => shown(stderr));
    const [prefix, ...rest] = message.split(': ');
    demand('program: a refusal without its name', prefix === NAME, () => shown(stderr));
    checkSentence(rest.join(': '));
  }
  return code === 2 ? 'refused' : 'accepted';
}
