import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../../src/core/errors/userError';
import { readWholeFile } from '../../../../src/node/files/wholeFile';
import { temporaryFolder } from '../../../support/temporaryFolder';

describe('readWholeFile', () => {
  const folder = temporaryFolder();

  function written(content: string | Uint8Array): string {
    const path = join(folder(), 'file');
    writeFileSync(path, content);
    return path;
  }

  it('gives all bytes of a file, of one as large as may be too', async () => {
    const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => i & 255);
    const file = await readWholeFile(written(bytes), bytes.length);
    assert.deepEqual(Uint8Array.from(file.bytes), bytes);
    assert.equal(file.status.size, bytes.length);
    assert.equal((await readWholeFile(written(''), 0)).bytes.length, 0);
  });

  it('refuses a file that is larger', async () => {
    await assert.rejects(readWholeFile(written('12345'), 4), /has more than 4 bytes/);
  });

  it('refuses what is missing and what is a folder', async () => {
    await assert.rejects(readWholeFile(join(folder(), 'none'), 9), /does not exist/);
    await assert.rejects(readWholeFile(folder(), 9), UserError);
  });

  it('refuses a pipe without waiting for its writer, and a device without an end', async () => {
    const pipe = join(folder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    await assert.rejects(readWholeFile(pipe, 9), /is a pipe or a device/);
    await assert.rejects(readWholeFile('/dev/zero', 9), /is a pipe or a device/);
  });

  it('reads a file that says it is empty to its end, or to the limit', async () => {
    assert.match((await readWholeFile('/proc/self/status', 1 << 20)).bytes.toString(), /^Name:/);
    await assert.rejects(readWholeFile('/proc/self/status', 10), /has more than 10 bytes/);
  });
});
