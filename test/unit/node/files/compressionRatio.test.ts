import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { UserError } from '../../../../src/core/errors/userError';
import { CompressionRatio } from '../../../../src/node/files/compressionRatio';
import { openLog } from '../../../../src/node/files/logSource';
import { temporaryFolder } from '../../../support/temporaryFolder';

const MIB = 1 << 20;

describe('CompressionRatio', () => {
  const at = temporaryFolder();

  async function notesOf(name: string, content: Uint8Array): Promise<string[]> {
    writeFileSync(at(name), gzipSync(content));
    const source = await openLog(at(name));
    for await (const chunk of source.chunks()) {
      assert.ok(chunk.length > 0);
    }
    return source.changes();
  }

  it('is told where it is remarkable', async () => {
    const [note, ...others] = await notesOf('same.log.gz', Buffer.alloc(65 * MIB, 'a\n'));
    assert.match(note, /same\.log\.gz is gzip of 1\/\d{3,4} of its size/);
    assert.deepEqual(others, []);
    assert.deepEqual(await notesOf('short.log.gz', Buffer.alloc(60 * MIB, 'a\n')), []);
  });

  it('is refused in one sentence where it is absurd, and only there', () => {
    const feed = (bytesRead: number, mebibytes: number): CompressionRatio => {
      const ratio = new CompressionRatio('bomb.gz', 'gzip', () => bytesRead);
      for (let i = 0; i < mebibytes; i++) {
        ratio.take(MIB);
      }
      return ratio;
    };
    assert.throws(
      () => feed(5 * MIB, 4097),
      (error: Error) => {
        assert.ok(error instanceof UserError);
        assert.equal(
          error.message,
          'bomb.gz is gzip that has become 819 times as large, more than 4 GiB, which logs hardly do; decompress it and scan that.',
        );
        return true;
      },
    );
    assert.deepEqual(feed(5 * MIB, 4096).notes().length, 1);
    assert.deepEqual(feed(100 * MIB, 9000).notes(), []);
  });
});
