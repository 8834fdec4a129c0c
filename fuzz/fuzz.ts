// Gives the program inputs that nobody would make on purpose, and some that somebody would: npm run fuzz -- [--seed <n>]
// [--from <n>] [--count <n>] [--minutes <n>] [--target <name>] [--jobs <n>] [--hang-seconds <n>]
// Each input follows from seed and number. Those that fail are kept in out/fuzz/<seed>-<number>.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { commandOf, inputOf, targetOf, type InputName } from './input';
import { Summary, type FoundFault } from './summary';
import { TARGETS } from './targets';
import { WorkerProcess } from './workerProcess';

/** How many inputs there are if nothing else is asked for. */
const USUAL_COUNT = 2000;
/** The longest descriptions and messages that are kept with an input. */
const KEPT_TEXT = 20_000;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    count: { type: 'string' },
    minutes: { type: 'string' },
    target: { type: 'string' },
    jobs: { type: 'string' },
    'hang-seconds': { type: 'string', default: '60' },
  },
});

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});

async function main(): Promise<void> {
  const only = values.target;
  if (only !== undefined && !Object.hasOwn(TARGETS, only)) {
    throw new Error(`There is no target "${only}": use ${Object.keys(TARGETS).join(', ')}.`);
  }
  const seed = wholeNumber('seed', values.seed);
  const from = wholeNumber('from', values.from);
  const count =
    values.count !== undefined ? wholeNumber('count', values.count) : values.minutes ? Infinity : USUAL_COUNT;
  const until =
    values.minutes === undefined ? Infinity : performance.now() + 60_000 * wholeNumber('minutes', values.minutes);
  const jobs = values.jobs === undefined ? Math.min(4, availableParallelism()) : wholeNumber('jobs', values.jobs);
  const hangSeconds = wholeNumber('hang-seconds', values['hang-seconds']);

  let isStopped = false;
  process.once('SIGINT', () => (isStopped = true));
  const folder = mkdtempSync(join(tmpdir(), 'logcnn-fuzz-'));
  const summary = new Summary();
  let next = from;
  const work = async (job: number): Promise<void> => {
    const worker = new WorkerProcess(resolve('out/fuzz/program/worker.js'), hangSeconds);
    const end = (): void => worker.end();
    process.once('exit', end);
    while (next < from + count && !isStopped && performance.now() < until) {
      const input: InputName = { seed, number: next++, only };
      const own = join(folder, `${job}`);
      const answer = await worker.run({ input, folder: own });
      rmSync(own, { recursive: true, force: true });
      const fault = summary.add(input, targetOf(input), answer);
      if (fault !== undefined) {
        keep(fault);
      }
    }
    process.removeListener('exit', end);
    worker.end();
  };
  try {
    await Promise.all(Array.from({ length: jobs }, (_, job) => work(job)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`seed ${seed}, inputs ${from} to ${next - 1}; the next: npm run fuzz -- --seed ${seed} --from ${next}`);
  console.log(summary.toString());
  if (process.env.LOGCNN_TEST_REPORT) {
    writeFileSync(process.env.LOGCNN_TEST_REPORT, JSON.stringify(summary.testReport()));
  }
  process.exitCode = summary.faults.length > 0 ? 1 : 0;
}

/** Keeps an input that has failed, with the command that runs it by itself. */
function keep({ input, target, kind, message }: FoundFault): void {
  const folder = join('out/fuzz', `${input.seed}-${input.number}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { description, files } = inputOf(input);
  files.forEach(({ name, bytes }) => writeFileSync(join(folder, name), bytes));
  const text = [
    `${target}: ${kind}`,
    message.slice(0, KEPT_TEXT),
    description.slice(0, KEPT_TEXT),
    commandOf(input),
  ].join('\n\n');
  writeFileSync(join(folder, 'fault.txt'), `${text}\n`);
  console.log(`FAILED ${input.number} ${target}: ${kind}`);
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < 0) {
    throw new Error(`--${name} is "${text}"; give a whole number.`);
  }
  return value;
}
