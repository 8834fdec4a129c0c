import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

const LINES_AT_ONCE = 5000;

/** Writes the first lines of an endless log to a file. */
export async function writeLog(path: string, lines: Iterable<string>, count: number): Promise<void> {
  const file = createWriteStream(path);
  let batch: string[] = [];
  let left = count;
  for (const line of lines) {
    batch.push(line);
    left--;
    if (batch.length === LINES_AT_ONCE || left === 0) {
      if (!file.write(`${batch.join('\n')}\n`)) {
        await once(file, 'drain');
      }
      batch = [];
    }
    if (left === 0) {
      break;
    }
  }
  file.end();
  await finished(file);
}
