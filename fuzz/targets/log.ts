import { resolve } from 'node:path';
import { openLog, type LogSource } from '../../src/node/files/logSource';
import { LogScanner } from '../../src/node/scan/scanLog';
import type { Verdict } from '../../src/core/verdict/verdict';
import type { ScanSettings } from '../../src/node/settings/scanSettings';
import type { InputRandom } from '../random';

/** Where the bundled models are. */
export const MODELS = resolve('models');

/** Keeps the bundled model open for all inputs of this process. */
const scanner = new LogScanner(MODELS, resolve('dist', 'slice-scanner.js'));

/** Scans a log as the programs do. */
export async function scan(source: LogSource, settings: ScanSettings): Promise<Verdict> {
  return (await scanner.scan(source, settings)).verdict;
}

/** A log whose bytes come in pieces of random sizes, as from a pipe. */
export async function inPieces(path: string, bytes: Uint8Array, random: InputRandom): Promise<LogSource> {
  const largest = random.pick([1, 7, 100, 4096, 70_000]);
  let bytesRead = 0;
  const opened = await openLog(path);
  await opened.close();
  return {
    ...opened,
    file: undefined,
    close: async () => undefined,
    bytesRead: () => bytesRead,
    changes: async () => [],
    async *chunks() {
      while (bytesRead < bytes.length) {
        // Only valid until the next is asked for, so each is a copy that is spoilt then.
        const piece = bytes.slice(bytesRead, bytesRead + random.between(1, largest));
        bytesRead += piece.length;
        yield piece;
        piece.fill(0x3f);
      }
    },
  };
}
