import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { fileChunks } from '../../../../src/node/files/fileChunks';
import { temporaryFolder } from '../../../support/temporaryFolder';

describe('fileChunks', () => {
  const at = temporaryFolder();
  const text = 'abcdefghijklmnopqrstuvwxyz';
  let file: FileHandle;

  beforeEach(async () => {
    writeFileSync(at('file'), text);
    file = await open(at('file'));
  });
  afterEach(() => file.close());

  it('gives a file from a position to its end, in chunks that stay until the next is asked for', async () => {
    for (const size of [1, 5, 13, 25, 26, 100]) {
      for (const start of [0, 1, 25, 26]) {
        let found = '';
        for await (const chunk of fileChunks(file, start, [Buffer.alloc(size), Buffer.alloc(size)])) {
          // Time for the next chunk to be read meanwhile.
          await file.stat();
          found += chunk.toString();
        }
        assert.equal(found, text.slice(start), `${size} bytes at once from ${start} on`);
      }
    }
  });

  it('reads one chunk ahead, but none that begins behind a position', async () => {
    const places: number[] = [];
    const watched = {
      read: (buffer: Buffer, offset: number, length: number, position: number) => {
        places.push(position);
        return file.read(buffer, offset, length, position);
      },
    } as FileHandle;
    const seen: number[][] = [];
    for await (const _ of fileChunks(watched, 0, [Buffer.alloc(10), Buffer.alloc(10)], 10)) {
      seen.push([...places]);
    }
    assert.deepEqual(seen, [
      [0, 10],
      [0, 10],
      [0, 10, 20],
    ]);
  });

  it('gives the buffers back when it is left early', async () => {
    const buffers = [Buffer.alloc(10), Buffer.alloc(10)] as const;
    for await (const chunk of fileChunks(file, 0, buffers)) {
      assert.equal(chunk.toString(), text.slice(0, 10));
      break;
    }
    buffers.forEach((buffer) => buffer.fill(0));
    await file.stat();
    assert.deepEqual(
      buffers.map((buffer) => buffer.includes(text[10])),
      [false, false],
    );
  });

  it('fails with the file system, when the chunk is asked for', async () => {
    await assert.rejects(async () => {
      for await (const _ of fileChunks(file, 0, [Buffer.alloc(10), Buffer.alloc(10)])) {
        await file.close();
      }
    });
    file = await open(at('file'));
  });
});
