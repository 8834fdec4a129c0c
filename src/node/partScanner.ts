// Entry of a thread that helps to scan a log. It never touches ONNX Runtime and ends by itself.
import { parentPort, workerData } from 'node:worker_threads';
import { CancelledError } from '../core/detectors/imageScorer';
import { frozenReading } from '../core/model/frozenReading';
import { scanParts, type NumberedPart, type PartsJob } from './logParts';

const job = workerData as PartsJob;

scanParts(job, frozenReading(job.profile, job.sessionPattern), post).catch((error: unknown) => {
  if (!(error instanceof CancelledError)) {
    // Becomes the thread's error event.
    throw error;
  }
});

function post(numbered: NumberedPart): void {
  const { keys, entries, firstTimes, lastTimes, continuations } = numbered.part;
  const buffers = [keys.bytes, keys.ends, firstTimes, lastTimes, continuations].map(({ buffer }) => buffer);
  for (const { blocks, lines, events } of entries) {
    buffers.push(blocks.buffer, lines.buffer, events.buffer);
  }
  parentPort?.postMessage(numbered, buffers);
}
