import { randomBytes } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../core/findings/finding';
import { writeError } from '../files/writeError';

/** Bytes that are read at once. */
const PIECE_BYTES = 1 << 20;

/**
 * Findings that wait in a temporary file, so that the blocks of a cluster's log need no memory until they are written.
 * The file has no name any more once it is open, so nothing of it stays however the process ends.
 */
export class FindingSpool {
  /** The reading that goes on, and the place of the finding that it gives next. */
  private reading: AsyncGenerator<Finding, void> | undefined;
  private next = 0;

  private constructor(private readonly handle: FileHandle) {}

  /** @throws UserError if the folder for temporary files cannot be written */
  static async create(): Promise<FindingSpool> {
    const path = join(tmpdir(), `logcnn-${randomBytes(8).toString('hex')}`);
    try {
      const handle = await open(path, 'wx+', 0o600);
      await rm(path);
      return new FindingSpool(handle);
    } catch (error) {
      throw writeError(error, tmpdir());
    }
  }

  /** @throws UserError if the disk is full */
  async add(findings: readonly Finding[]): Promise<void> {
    const rows = findings.map((finding) => `${JSON.stringify({ ...finding, lines: Array.from(finding.lines) })}\n`);
    try {
      await this.handle.appendFile(rows.join(''));
    } catch (error) {
      throw writeError(error, tmpdir());
    }
  }

  /**
   * Gives the findings `start…end` of those that were added, in that order. Who asks for one after another reads the file
   * once.
   */
  async read(start: number, end: number): Promise<Finding[]> {
    if (this.reading === undefined || start < this.next) {
      this.reading = this.findings();
      this.next = 0;
    }
    const wanted: Finding[] = [];
    while (this.next < end) {
      const { done, value } = await this.reading.next();
      if (done === true) {
        break;
      }
      if (this.next++ >= start) {
        wanted.push(value);
      }
    }
    return wanted;
  }

  private async *findings(): AsyncGenerator<Finding, void> {
    const decoder = new TextDecoder();
    let begun = '';
    for (let position = 0; ;) {
      const { buffer, bytesRead } = await this.handle.read(Buffer.alloc(PIECE_BYTES), 0, PIECE_BYTES, position);
      if (bytesRead === 0) {
        return;
      }
      position += bytesRead;
      const rows = (begun + decoder.decode(buffer.subarray(0, bytesRead), { stream: true })).split('\n');
      begun = rows.pop() ?? '';
      for (const row of rows) {
        const finding = JSON.parse(row) as Omit<Finding, 'lines'> & { lines: number[] };
        yield { ...finding, lines: Uint32Array.from(finding.lines) };
      }
    }
  }

  /** Closes the file, which removes it. */
  async discard(): Promise<void> {
    await this.handle.close();
  }
}
