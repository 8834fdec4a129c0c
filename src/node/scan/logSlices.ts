import { CancelledError } from '../../core/cancellation';
import type { LogReading } from '../../core/scan/modelLog';
import { SliceScan, type LogSlice } from '../../core/scan/logSlice';
import { pushSteps } from '../../core/patterns/steps';
import type { Profile } from '../../core/model/profile';
import { inTurns } from '../files/inTurns';
import { chunkBuffers, fileChunks, fileOf, type ChunkBuffers, type ReadableFile } from '../files/fileChunks';

const LF = 0x0a;

/** Places in the memory that the threads share: two small numbers, and a large one behind them. */
const CANCELLED = 0;
const NEXT_SLICE = 1;
const LARGE = 8;

/** A log that several threads scan: which file, how it is read, and what they share. Plain data. */
export interface SlicesJob {
  /** Descriptor of the file, which all threads of the process share. */
  fd: number;
  /** Where the text begins in the file, behind a byte order mark. */
  textStart: number;
  /** How many slices there are, and the bytes of each; the last one reaches to the end of the file. */
  slices: number;
  sliceBytes: number;
  /** The model that reads the log. */
  profile: Profile;
  sessionKey: string;
  shared: SharedArrayBuffer;
}

/** A scanned slice, and its place among the slices. */
export interface NumberedSlice {
  index: number;
  slice: LogSlice;
}

/** What the threads share: whether to stop, which slice is the next to be scanned, and how much was read. */
export class SharedProgress {
  private readonly numbers: Int32Array;
  private readonly bytes: BigInt64Array;

  constructor(readonly buffer = new SharedArrayBuffer(LARGE + BigInt64Array.BYTES_PER_ELEMENT)) {
    this.numbers = new Int32Array(buffer, 0, 2);
    this.bytes = new BigInt64Array(buffer, LARGE);
  }

  cancel(): void {
    Atomics.store(this.numbers, CANCELLED, 1);
  }

  get isCancelled(): boolean {
    return Atomics.load(this.numbers, CANCELLED) !== 0;
  }

  /** The next slice that nobody has taken yet. */
  claim(): number {
    return Atomics.add(this.numbers, NEXT_SLICE, 1);
  }

  /** Says that so many bytes of the log have been scanned. */
  countBytes(bytes: number): void {
    Atomics.add(this.bytes, 0, BigInt(bytes));
  }

  /** Bytes that were scanned by all. */
  get bytesRead(): number {
    return Number(Atomics.load(this.bytes, 0));
  }
}

/**
 * Scans slices of a log as long as there are any that no other thread has taken.
 * @param reading how the log is read, of this thread alone
 * @throws CancelledError if another thread says so
 * @throws Error of the file system
 */
export async function scanSlices(
  job: SlicesJob,
  reading: LogReading,
  onSlice: (slice: NumberedSlice) => void,
): Promise<void> {
  const progress = new SharedProgress(job.shared);
  const file = fileOf(job.fd);
  const buffers = chunkBuffers();
  for (let index = progress.claim(); index < job.slices; index = progress.claim()) {
    const scan = new SliceScan(reading);
    for await (const bytes of linesOfSlice(file, job, index, buffers)) {
      if (progress.isCancelled) {
        throw new CancelledError();
      }
      await inTurns(pushSteps(scan, bytes, reading.watch), { isCancelled: () => progress.isCancelled });
      progress.countBytes(bytes.length);
    }
    onSlice({ index, slice: scan.take() });
  }
}

/**
 * The bytes of a slice: the lines that begin in its stretch of the file. Lines are told by LF here, which ends a line
 * whatever stands before it.
 * @param buffers each chunk lies in one of them until the next is asked for
 */
export async function* linesOfSlice(
  file: ReadableFile,
  { textStart, slices, sliceBytes }: Pick<SlicesJob, 'textStart' | 'slices' | 'sliceBytes'>,
  index: number,
  buffers: ChunkBuffers,
): AsyncGenerator<Uint8Array, void> {
  // From the last byte before the stretch on: if it is LF, a line begins with the stretch.
  let position = index === 0 ? textStart : index * sliceBytes - 1;
  const lastLineEnd = index === slices - 1 ? Infinity : (index + 1) * sliceBytes - 1;
  let hasBegun = index === 0;
  for await (const chunk of fileChunks(file, position, buffers, lastLineEnd)) {
    let start = 0;
    if (!hasBegun) {
      const lineEnd = chunk.indexOf(LF);
      hasBegun = lineEnd >= 0;
      start = hasBegun ? lineEnd + 1 : chunk.length;
      if (position + start > lastLineEnd) {
        return;
      }
    }
    let end = chunk.length;
    let isLast = false;
    if (position + chunk.length > lastLineEnd) {
      const lineEnd = chunk.indexOf(LF, Math.max(start, lastLineEnd - position));
      isLast = lineEnd >= 0;
      end = isLast ? lineEnd + 1 : chunk.length;
    }
    if (end > start) {
      yield chunk.subarray(start, end);
    }
    if (isLast) {
      return;
    }
    position += chunk.length;
  }
}
