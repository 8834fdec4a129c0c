import {
  close,
  constants,
  createReadStream,
  fstat,
  fstatSync,
  open,
  statSync,
  writeSync,
  type BigIntStats,
} from 'node:fs';
import { Socket } from 'node:net';
import { devNull } from 'node:os';
import type { Readable } from 'node:stream';
import { isatty, ReadStream as TerminalStream } from 'node:tty';
import { promisify } from 'node:util';
import { UserError } from '../../core/errors/userError';
import { CancelledError } from '../../core/cancellation';
import { CHUNK_BYTES } from './fileChunks';
import { fileError } from './fileError';

/** How standard input is called on the command line. */
export const STANDARD_INPUT = '-';

/** Without O_NONBLOCK, to open a pipe waits for its writer: nothing ends that, and it holds a thread of the system's pool. */
const NON_BLOCKING = constants.O_NONBLOCK ?? 0;

const openDescriptor = promisify(open);
const statDescriptor = promisify(fstat);
const closeDescriptor = promisify(close);

/** An input that was opened once: what it is was found out through the handle that gives its bytes. */
export interface OpenedInput {
  /** How it is called in messages. */
  name: string;
  status: BigIntStats;
  /** For reads at places of an ordinary file. */
  fd: number;
  /**
   * Its bytes from the first on, once; it is closed when they end or are left.
   * @throws UserError if it cannot be read, CancelledError after {@link stopWaitingForInput} and if it was closed before
   * it was read, all while iterating
   */
  chunks(): AsyncGenerator<Uint8Array, void>;
  /** Closes it, which the end of `chunks` does too; whoever waits for them then waits no more. */
  close(): Promise<void>;
}

/**
 * Opens an input of any kind. A pipe that has no writer yet is waited for when it is read, which
 * {@link stopWaitingForInput} ends.
 * @param path a file, pipe or device, or `-` for standard input
 * @throws UserError if it does not exist, is a folder or may not be read, or if standard input is closed
 */
export async function openInput(path: string): Promise<OpenedInput> {
  return path === STANDARD_INPUT ? openStandardInput() : openPath(path);
}

/**
 * Opens a file, pipe or device as {@link openInput} does; `-` is a name like any other.
 * @throws UserError if it does not exist, is a folder or may not be read
 */
export async function openPath(path: string): Promise<OpenedInput> {
  let fd: number | undefined;
  try {
    fd = await openDescriptor(path, constants.O_RDONLY | NON_BLOCKING);
    const status = await statDescriptor(fd, { bigint: true });
    if (status.isDirectory()) {
      throw new UserError('is-folder', { path });
    }
    return new DescriptorInput(path, status, fd);
  } catch (error) {
    if (fd !== undefined) {
      await closeDescriptor(fd);
    }
    throw fileError(error, path);
  }
}

/** What is being waited for, and whether nothing is to be waited for any more. */
const waiting = new Set<Readable>();
let isStopped = false;

/**
 * Ends all waiting for input: whatever is read from a pipe, a terminal or standard input, now or later, fails with a
 * CancelledError. For a program that its user ends.
 */
export function stopWaitingForInput(): void {
  isStopped = true;
  waiting.forEach((stream) => stream.destroy(new CancelledError()));
}

class DescriptorInput implements OpenedInput {
  private stream: Readable | undefined;
  private isClosed = false;

  constructor(
    readonly name: string,
    readonly status: BigIntStats,
    readonly fd: number,
  ) {}

  async *chunks(): AsyncGenerator<Uint8Array, void> {
    const { fd, name, status } = this;
    const letGo = await holdOpen(name, status);
    if (this.isClosed) {
      // Its descriptor may be that of another file by now.
      await letGo();
      throw new CancelledError();
    }
    this.stream = streamOf(fd, status);
    try {
      for await (const chunk of chunksOf(this.stream, name)) {
        await letGo();
        yield chunk;
      }
    } finally {
      await letGo();
    }
  }

  async close(): Promise<void> {
    if (this.stream !== undefined) {
      // Closes what it reads.
      this.stream.destroy();
    } else if (!this.isClosed) {
      this.isClosed = true;
      await closeDescriptor(this.fd);
    }
  }
}

function streamOf(fd: number, status: BigIntStats): Readable {
  if (status.isFIFO()) {
    return new Socket({ fd, readable: true, writable: false });
  }
  return isatty(fd) ? new TerminalStream(fd) : createReadStream('', { fd, highWaterMark: CHUNK_BYTES });
}

async function* chunksOf(stream: Readable, name: string): AsyncGenerator<Uint8Array, void> {
  // An error between two reads is told by the next one.
  stream.on('error', () => undefined);
  waiting.add(stream);
  if (isStopped) {
    stopWaitingForInput();
  }
  try {
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw fileError(error, name);
  } finally {
    waiting.delete(stream);
    stream.destroy();
  }
}

/**
 * Keeps a pipe that has no writer yet from looking as if it had ended: elsewhere than on Linux that is the same. As long as
 * the pipe is held open, it only ends by the first bytes of a writer.
 * @returns lets go of it; may be called more than once
 */
async function holdOpen(path: string, status: BigIntStats): Promise<() => Promise<void>> {
  if (process.platform === 'linux' || !status.isFIFO()) {
    return async () => undefined;
  }
  let fd: number | undefined = await openDescriptor(path, constants.O_WRONLY | NON_BLOCKING).catch(() => undefined);
  return async () => {
    const held = fd;
    fd = undefined;
    if (held !== undefined) {
      await closeDescriptor(held);
    }
  };
}

function openStandardInput(): OpenedInput {
  const name = 'standard input';
  const fd = 0;
  let status: BigIntStats;
  try {
    status = fstatSync(fd, { bigint: true });
  } catch (error) {
    throw fileError(error, name);
  }
  if (status.isDirectory()) {
    throw new UserError('input-is-folder', { path: name });
  }
  if (isClosedInput(fd, status)) {
    throw new UserError('input-closed', { path: name });
  }
  return {
    name,
    status,
    fd,
    chunks: () => chunksOf(process.stdin, name),
    close: async () => {
      process.stdin.destroy();
    },
  };
}

/** Whether standard input was closed: Node then opens the null device in its place, for writing too, as nobody else does. */
function isClosedInput(fd: number, status: BigIntStats): boolean {
  if (process.platform === 'win32' || !status.isCharacterDevice()) {
    return false;
  }
  try {
    const isNull = statSync(devNull, { bigint: true }).rdev === status.rdev;
    return isNull && writeSync(fd, new Uint8Array(0)) === 0;
  } catch {
    return false;
  }
}
