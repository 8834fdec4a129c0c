// Entry of a thread that helps to scan a log. It never touches ONNX Runtime and ends by itself.
import { parentPort, workerData } from 'node:worker_threads';
import { CancelledError } from '../../core/cancellation';
import { frozenReading } from '../../core/scan/frozenReading';
import { LineWatch } from '../../core/patterns/lineWatch';
import { scanSlices, SharedProgress, type NumberedSlice, type SlicesJob } from './logSlices';

const job = workerData as SlicesJob;
const progress = new SharedProgress(job.shared);
const watch = new LineWatch({ isCancelled: () => progress.isCancelled });

scanSlices(job, frozenReading(job.profile, job.sessionKey, watch), post).catch((error: unknown) => {
  if (!(error instanceof CancelledError)) {
    // Becomes the thread's error event.
    throw error;
  }
});

function post(numbered: NumberedSlice): void {
  const { keys, entries, firstTimes, lastTimes, continuations, lineStarts } = numbered.slice;
  const buffers = [keys.bytes, keys.ends, firstTimes, lastTimes, continuations, lineStarts].map(({ buffer }) => buffer);
  for (const { blocks, lines, events } of entries) {
    buffers.push(blocks.buffer, lines.buffer, events.buffer);
  }
  parentPort?.postMessage(numbered, buffers);
}
