import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Finding } from '../../core/findings/finding';
import { fileError } from '../inputError';

/** Findings that wait in a temporary file, so that the blocks of a cluster's log need no memory until they are written. */
export class FindingSpool {
  private constructor(
    private readonly folder: string,
    private readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  /** @throws InputError if the folder for temporary files cannot be written */
  static async create(): Promise<FindingSpool> {
    try {
      const folder = await mkdtemp(join(tmpdir(), 'logcnn-'));
      const path = join(folder, 'findings');
      return new FindingSpool(folder, path, await open(path, 'wx'));
    } catch (error) {
      throw fileError(error, tmpdir());
    }
  }

  /** @throws InputError if the disk is full */
  async add(findings: readonly Finding[]): Promise<void> {
    const rows = findings.map((finding) => `${JSON.stringify({ ...finding, lines: Array.from(finding.lines) })}\n`);
    try {
      await this.handle.appendFile(rows.join(''));
    } catch (error) {
      throw fileError(error, this.path);
    }
  }

  /** Gives the findings in the order in which they were added. */
  async *findings(): AsyncGenerator<Finding, void> {
    const rows = createInterface({ input: createReadStream(this.path), crlfDelay: Infinity });
    for await (const row of rows) {
      const finding = JSON.parse(row) as Omit<Finding, 'lines'> & { lines: number[] };
      yield { ...finding, lines: Uint32Array.from(finding.lines) };
    }
  }

  /** Removes the file. */
  async discard(): Promise<void> {
    await this.handle.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
