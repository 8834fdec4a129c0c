import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { CHUNK_BYTES, LineOffsets } from '../../../src/worker/lineOffsets';
import { LogTextReader } from '../../../src/worker/logText';
import { InputError } from '../../../src/node/inputError';

describe('LogTextReader', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'logcnn-text-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function file(name: string, content: string | Uint8Array): Promise<string> {
    const place = path.join(folder, name);
    await writeFile(place, content);
    return place;
  }

  describe('readLines', () => {
    it('counts LF, CRLF and a lone CR', async () => {
      const log = await file('ends.log', 'one\ntwo\r\nthree\rfour');
      assert.deepEqual(await new LogTextReader().readLines(log, [1, 2, 3, 4, 5], 100), [
        'one',
        'two',
        'three',
        'four',
        '',
      ]);
    });

    it('cuts long lines', async () => {
      const log = await file('long.log', 'ä'.repeat(50) + '\nshort\n');
      assert.deepEqual(await new LogTextReader().readLines(log, [1, 2], 10), ['ä'.repeat(10), 'short']);
    });

    it('leaves the byte order mark out', async () => {
      const log = await file('mark.log', '\ufefffirst\nsecond\n');
      assert.deepEqual(await new LogTextReader().readLines(log, [1, 2], 10), ['first', 'second']);
    });

    it('reads gzip and UTF-16', async () => {
      const text = 'first\nsecond\nthird\n';
      const zipped = await file('x.log.gz', gzipSync(text));
      const wide = await file('wide.log', Buffer.from(text, 'utf16le'));
      for (const log of [zipped, wide]) {
        assert.deepEqual(await new LogTextReader().readLines(log, [2, 3], 10), ['second', 'third']);
      }
    });

    it('finds the same lines in a large file as a split in memory, whatever the line ends and the order of questions', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 1, maxLength: 7 }),
          fc.integer({ min: 300_000, max: 900_000 }),
          fc.array(fc.array(fc.nat(20), { maxLength: 5 }), { minLength: 1, maxLength: 3 }),
          async (ends, length, questions) => {
            // Lines of very different lengths, so that line ends fall on and around the chunks' borders.
            const lines = Array.from({ length: 9 }, (_, i) =>
              String(i).repeat(1 + ((length * (i + 1)) % (CHUNK_BYTES - 7))),
            );
            lines.push(...Array.from({ length: 12 }, (_, i) => `tail ${i}`));
            const log = await file('large.log', lines.map((line, i) => line + ends[i % ends.length]).join(''));
            const reader = new LogTextReader();
            for (const question of questions) {
              const wanted = [...new Set(question)].sort((a, b) => a - b);
              assert.deepEqual(
                await reader.readLines(
                  log,
                  wanted.map((i) => i + 1),
                  20,
                ),
                wanted.map((i) => lines[i].slice(0, 20)),
              );
            }
          },
        ),
        { numRuns: 25, seed: 7 },
      );
    });

    it('counts a CRLF that lies across two chunks once, and a lone CR there too', async () => {
      for (const end of ['\r\n', '\r']) {
        const log = await file(
          'border.log',
          'x'.repeat(CHUNK_BYTES - 1) + end + 'second\nthird\n' + 'y'.repeat(CHUNK_BYTES),
        );
        const reader = new LogTextReader();
        assert.deepEqual(await reader.readLines(log, [3], 10), ['third']);
        assert.deepEqual(await reader.readLines(log, [2], 10), ['second']);
      }
    });

    it('forgets the places of lines when the file has changed', async () => {
      const reader = new LogTextReader();
      const log = await file('grown.log', 'a\n'.repeat(CHUNK_BYTES) + 'end\n');
      assert.deepEqual(await reader.readLines(log, [CHUNK_BYTES + 1], 10), ['end']);
      await writeFile(log, 'bb\n'.repeat(CHUNK_BYTES) + 'other\n');
      assert.deepEqual(await reader.readLines(log, [CHUNK_BYTES + 1], 10), ['other']);
    });

    it('says what is wrong with a missing file, a folder and damaged gzip', async () => {
      const reader = new LogTextReader();
      const damaged = await file('damaged.log.gz', gzipSync('some text\n'.repeat(1000)).subarray(0, 40));
      const faults: [string, RegExp][] = [
        [path.join(folder, 'none.log'), /does not exist/],
        [folder, /is a folder/],
        [damaged, /is damaged gzip/],
      ];
      for (const [place, message] of faults) {
        await assert.rejects(
          reader.readLines(place, [1], 10),
          (error) => error instanceof InputError && message.test(error.message),
        );
      }
    });
  });

  describe('readText', () => {
    it('gives all of a file as UTF-8', async () => {
      const log = await file('all.log.gz', gzipSync(Buffer.from('\ufeffzwölf\nBoxkämpfer\n', 'utf16le')));
      const { bytes, truncated } = await new LogTextReader().readText(log, 1000);
      assert.equal(Buffer.from(bytes).toString('utf8'), 'zwölf\nBoxkämpfer\n');
      assert.equal(truncated, false);
    });

    it('cuts at the last line end before the limit', async () => {
      const log = await file('cut.log.gz', gzipSync('12345678\n'.repeat(1000)));
      const { bytes, truncated } = await new LogTextReader().readText(log, 100);
      assert.equal(Buffer.from(bytes).toString('utf8'), '12345678\n'.repeat(11));
      assert.equal(truncated, true);
    });
  });
});

describe('LineOffsets', () => {
  it('reads no byte twice once a line beyond it was found', async () => {
    const chunk = new Uint8Array(CHUNK_BYTES).fill(0x0a);
    const read: number[] = [];
    const offsets = new LineOffsets(4 * CHUNK_BYTES, 0);
    const reader = async (position: number) => {
      read.push(position / CHUNK_BYTES);
      return position < 4 * CHUNK_BYTES ? chunk : chunk.subarray(0, 0);
    };
    assert.deepEqual(await offsets.find(3 * CHUNK_BYTES, reader), {
      position: 2 * CHUNK_BYTES,
      firstLine: 2 * CHUNK_BYTES + 1,
    });
    assert.deepEqual(await offsets.find(CHUNK_BYTES + 5, reader), {
      position: CHUNK_BYTES,
      firstLine: CHUNK_BYTES + 1,
    });
    assert.deepEqual(read, [0, 1, 2]);
  });
});
