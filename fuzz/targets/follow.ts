import { appendFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { CancelledError } from '../../src/core/cancellation';
import { followLog } from '../../src/node/scan/followLog';
import { openLog } from '../../src/node/files/logSource';
import { demand } from '../fault';
import type { FuzzCase, Place } from '../fuzzCase';
import { mutatedLog } from '../logs/mutatedLog';
import { excerpt, HDFS_LOGS } from '../logs/seedLogs';
import { fromBinary } from '../binary';
import { checkFindings, wholeVerdict, type WholeVerdict } from '../oracles/findings';
import { refusable } from '../oracles/refusal';
import type { InputRandom } from '../random';
import { MODELS, scan } from './log';

/** Something that happens to a log while it is followed. */
type Step = (path: string) => Promise<void>;

/** Looks without any change after the last step: more than it takes until a last line without end is taken. */
const QUIET_LOOKS = 6;

/** A log that the model reads and that only grows: what is found in the end is what a scan finds. */
export function growingCase(random: InputRandom): FuzzCase {
  const bytes = fromBinary(excerpt(random.pick(HDFS_LOGS), random));
  const places = Array.from({ length: random.below(8) }, () => random.between(1, bytes.length - 1));
  // No piece is empty: a look at which nothing has come would end a line whose end is still to come.
  const cuts = [...new Set(places)].sort((a, b) => a - b);
  const pieces = [0, ...cuts].map((start, i) => bytes.slice(start, cuts[i] ?? bytes.length));
  const steps = pieces.map(
    (piece): Step =>
      (path) =>
        appendFile(path, piece),
  );
  return {
    description: `${bytes.length} bytes in ${pieces.length} pieces`,
    files: [{ name: 'app.log', bytes: new Uint8Array(0) }],
    outputs: ['app.log'],
    run: (place) =>
      refusable(async () => {
        const settings = { model: 'models/hdfs' };
        const update = await follow(place, steps, settings);
        const { summary, findings } = await wholeVerdict(await scan(await openLog(place.path('app.log')), settings));
        const scanned = findings.filter(({ anomalous }) => anomalous);
        const texts = [update?.findings ?? [], scanned].map((each) =>
          JSON.stringify(each.map(({ block, score, lines, line }) => [block, score, Array.from(lines), line])),
        );
        demand(
          'a followed log has other findings than a scan',
          texts[0] === texts[1],
          () => `${texts[0].slice(0, 300)} … ${texts[1].slice(0, 300)}`,
        );
        demand(
          'a followed log has another length than a scan',
          update?.summary.lines === summary.lines,
          () => `${update?.summary.lines} of ${summary.lines}`,
        );
      }),
  };
}

/** A log that is appended to, cut, renamed, replaced and removed while it is followed. */
export function rotatingCase(random: InputRandom): FuzzCase {
  const first = mutatedLog(random);
  const steps = Array.from({ length: random.between(1, 8) }, () => step(random));
  const settings = random.pick([{}, {}, { unsupervised: true }]);
  return {
    description: `${first.description}; ${steps.map(({ name }) => name).join(', ')}`,
    files: [{ name: 'app.log', bytes: first.bytes }],
    outputs: ['app.log', 'app.log.1'],
    run: (place) =>
      refusable(async () => {
        const update = await follow(
          place,
          steps.map(({ run }) => run),
          settings,
        );
        if (update !== undefined) {
          checkFindings(update);
        }
      }),
  };
}

function step(random: InputRandom): { name: string; run: Step } {
  const { bytes } = mutatedLog(random);
  const half = bytes.subarray(0, bytes.length >> 1);
  return random.pick<{ name: string; run: Step }>([
    { name: 'appended', run: (path) => appendFile(path, bytes) },
    { name: 'half appended', run: (path) => appendFile(path, half) },
    { name: 'one byte appended', run: (path) => appendFile(path, 'x') },
    { name: 'cut to nothing', run: (path) => ifThere(truncate(path, 0)) },
    { name: 'cut', run: (path) => ifThere(truncate(path, random.below(2000))) },
    { name: 'lengthened by a hole', run: (path) => ifThere(truncate(path, 20_000)) },
    { name: 'written anew', run: (path) => writeFile(path, bytes) },
    { name: 'renamed', run: (path) => ifThere(rename(path, `${path}.1`)) },
    {
      name: 'rotated',
      run: async (path) => {
        await ifThere(rename(path, `${path}.1`));
        await writeFile(path, bytes);
      },
    },
    { name: 'removed', run: (path) => rm(path, { force: true }) },
    { name: 'left alone', run: async () => undefined },
  ]);
}

async function ifThere(change: Promise<void>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
      throw error;
    }
  }
}

/** Follows a log through all steps, one before each look, under a clock of its own; gives what was told last. */
async function follow(
  place: Place,
  steps: readonly Step[],
  settings: Parameters<typeof followLog>[1],
): Promise<WholeVerdict | undefined> {
  const path = place.path('app.log');
  let time = 0;
  let looks = 0;
  let last: WholeVerdict | undefined;
  const following = followLog(path, settings, MODELS, {
    onProgress: () => undefined,
    onUpdate: async ({ verdict }) => {
      last = await wholeVerdict(verdict);
    },
    isCancelled: () => looks > steps.length + QUIET_LOOKS,
    pause: async (milliseconds) => {
      time += milliseconds;
      await steps[looks]?.(path);
      looks++;
    },
    now: () => time,
  });
  await following.catch((error: unknown) => {
    if (!(error instanceof CancelledError)) {
      throw error;
    }
  });
  return last;
}
