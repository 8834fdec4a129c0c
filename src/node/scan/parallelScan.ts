import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { UserError } from '../../core/errors/userError';
import { CancelledError } from '../../core/cancellation';
import type { TextVerdict } from '../../core/input/textRule';
import type { ModelLog } from '../../core/scan/modelLog';
import { SliceMerger } from '../../core/scan/sliceMerger';
import { frozenReading } from '../../core/scan/frozenReading';
import { LineWatch } from '../../core/patterns/lineWatch';
import type { Profile } from '../../core/model/profile';
import { fileError } from '../files/fileError';
import { scanSlices, SharedProgress, type NumberedSlice, type SlicesJob } from './logSlices';
import type { LogSource } from '../files/logSource';
import type { ReadingHooks } from './readLog';

/** Smaller logs are read before another thread, which has to compile its loops first, has been of use. */
const SMALLEST_LOG = 128 << 20;
const SLICE_BYTES = 4 << 20;
/** More threads need more memory, and the disk is the limit then. */
const MAX_THREADS = 4;
/** Milliseconds between two looks at what the threads have done and whether the scan is still wanted. */
const LOOK = 50;

/** A log that is to be read, and with what. */
export interface ParallelScan {
  source: LogSource;
  /** What the log's beginning says of its encoding. */
  text: TextVerdict;
  profile: Profile;
  sessionKey: string;
  /** Program of a thread that helps, see sliceScanner.ts. */
  helperPath: string;
  /** As many as there are cores, at most four, if left out. */
  threads?: number;
  /** Bytes of the smallest log that is worth it, and of a slice. */
  smallestLog?: number;
  sliceBytes?: number;
}

/**
 * Reads a large plain log with all cores: slices of the file are scanned each by itself and put together in their order,
 * so that the result is the same as that of reading it through.
 * @returns undefined if the log is too small, compressed, no file or in UTF-16, or if its times need what came before
 * @throws UserError if it cannot be read
 * @throws CancelledError if the hooks say so
 */
export async function readInParallel(
  { source, text, profile, sessionKey, helperPath, ...sizes }: ParallelScan,
  hooks: Pick<ReadingHooks, 'isCancelled' | 'onProgress'>,
): Promise<ModelLog | undefined> {
  const { file, size } = source;
  const { smallestLog = SMALLEST_LOG, sliceBytes = SLICE_BYTES } = sizes;
  const { threads = Math.min(MAX_THREADS, availableParallelism()) } = sizes;
  const { encoding, bomLength } = text;
  const isEligible = file?.onRead !== undefined && size >= smallestLog && encoding === 'utf-8';
  if (!isEligible || threads < 2 || profile.format.time === undefined) {
    return undefined;
  }
  const progress = new SharedProgress();
  progress.countBytes(bomLength);
  const job: SlicesJob = {
    fd: file.fd,
    textStart: bomLength,
    slices: Math.max(1, Math.ceil(size / sliceBytes)),
    sliceBytes,
    profile,
    sessionKey,
    shared: progress.buffer,
  };
  // The timer below does not go off before this thread has read a chunk.
  const watch = new LineWatch({ isCancelled: () => progress.isCancelled || hooks.isCancelled?.() === true });
  const reading = frozenReading(profile, sessionKey, watch);
  const whole = new SliceMerger();
  const append = inOrder(whole);
  const look = setInterval(() => {
    if (hooks.isCancelled?.()) {
      progress.cancel();
    }
    hooks.onProgress?.(Math.min(size, progress.bytesRead), size);
  }, LOOK);
  const stopOthers = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      progress.cancel();
      throw error;
    }
  };
  const work = [scanSlices(job, reading, append)];
  for (let i = 1; i < Math.min(threads, job.slices); i++) {
    work.push(helper(helperPath, job, append));
  }
  try {
    const outcomes = await Promise.allSettled(work.map(stopOthers));
    const fault = outcomes.find(
      (outcome) => outcome.status === 'rejected' && !(outcome.reason instanceof CancelledError),
    );
    if (fault?.status === 'rejected') {
      throw fileError(fault.reason, source.name);
    }
  } finally {
    clearInterval(look);
  }
  if (progress.isCancelled || hooks.isCancelled?.()) {
    throw new CancelledError();
  }
  file.onRead?.(progress.bytesRead, whole.linePlaces(bomLength));
  hooks.onProgress?.(size, size);
  return whole.finish();
}

/** Appends slices to a scan in the order of the log, in whichever they come. */
function inOrder(whole: SliceMerger): (slice: NumberedSlice) => void {
  const waiting = new Map<number, NumberedSlice['slice']>();
  let next = 0;
  return ({ index, slice }) => {
    waiting.set(index, slice);
    for (let ready = waiting.get(next); ready !== undefined; ready = waiting.get(next)) {
      whole.append(ready);
      waiting.delete(next++);
    }
  };
}

/** Runs a thread that helps, until it has ended by itself: it must not be terminated while others run models. */
async function helper(path: string, job: SlicesJob, onSlice: (slice: NumberedSlice) => void): Promise<void> {
  const worker = new Worker(path, { workerData: job });
  worker.on('message', onSlice);
  try {
    // Rejects at the thread's error event, which comes before its exit.
    await once(worker, 'exit');
  } catch (error) {
    throw isDamaged(error) ? new UserError('part-of-program-damaged', { path }) : error;
  }
}

/** Whether a thread's program could not be run at all. */
function isDamaged(error: unknown): boolean {
  return (
    error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')
  );
}
