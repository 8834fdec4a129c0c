import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, writeFileSync, writeSync } from 'node:fs';
import { CancelledError } from '../../../../src/core/cancellation';
import { FollowedFile } from '../../../../src/node/files/followedFile';
import { openLog, openLogFile } from '../../../../src/node/files/logSource';
import { openRotatedLog } from '../../../../src/node/files/rotatedLog';
import { LogTextReader } from '../../../../src/worker/logText';
import { HAS_PIPES, makePipe } from '../../../support/pipes';
import { temporaryFolder } from '../../../support/temporaryFolder';

async function read(path: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await openLog(path)).chunks()) {
    chunks.push(Uint8Array.from(chunk));
  }
  return Buffer.concat(chunks).toString();
}

if (HAS_PIPES) {
  describe('a named pipe', () => {
    const at = temporaryFolder();
    const content = 'a line of a log\n'.repeat(20_000);

    beforeEach(() => makePipe(at('pipe')));

    it('is read from its first byte to its last, each time, whoever comes first', async () => {
      writeFileSync(at('a.log'), content);
      for (let turn = 0; turn < 20; turn++) {
        const reading = turn % 2 === 0 ? read(at('pipe')) : undefined;
        const writer = spawn('sh', ['-c', 'cat "$1" > "$2"', 'sh', at('a.log'), at('pipe')]);
        const ended = once(writer, 'close');
        assert.equal(await (reading ?? read(at('pipe'))), content);
        assert.deepEqual(await ended, [0, null]);
      }
    });

    it('is waited for, however slow its writer is, also where systems take one without writer for ended', async () => {
      const { platform } = process;
      for (const system of [platform, 'darwin']) {
        Object.defineProperty(process, 'platform', { value: system });
        try {
          const chunks = (await openLog(at('pipe'))).chunks();
          const first = chunks.next();
          // Succeeds because somebody has opened the pipe for reading.
          const writer = openSync(at('pipe'), constants.O_WRONLY | constants.O_NONBLOCK);
          writeSync(writer, 'one\n');
          assert.equal(Buffer.from((await first).value as Uint8Array).toString(), 'one\n');
          const second = chunks.next();
          writeSync(writer, 'two\n');
          assert.equal(Buffer.from((await second).value as Uint8Array).toString(), 'two\n');
          closeSync(writer);
          assert.equal((await chunks.next()).done, true);
        } finally {
          Object.defineProperty(process, 'platform', { value: platform });
        }
      }
    });

    it('is left at once, whether or not it is being waited for', async () => {
      const unread = await openLog(at('pipe'));
      await unread.close();
      await unread.close();
      const waited = await openLog(at('pipe'));
      const next = assert.rejects(waited.chunks().next(), CancelledError);
      await waited.close();
      await next;
    });

    it('is refused at once where a file is wanted, and so is a device', async () => {
      // More than the threads with which Node opens files, so that a single one that waits would show.
      for (const path of [...Array.from({ length: 8 }, () => at('pipe')), '/dev/null']) {
        for (const open of [
          () => openLogFile(path),
          () => openRotatedLog([path]),
          () => FollowedFile.open(path),
          () => new LogTextReader().openForScan(path),
          () => new LogTextReader().readLines(path, [1], 10),
          () => new LogTextReader().readText(path, 10),
        ]) {
          await assert.rejects(open, /is a pipe or a device; save what it gives to a file/);
        }
      }
    });
  });
}
