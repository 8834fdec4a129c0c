import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import fc from 'fast-check';
import { linesOfSlice } from '../../../../src/node/scan/logSlices';
import { temporaryFolder } from '../../../support/temporaryFolder';

describe('linesOfSlice', () => {
  const at = temporaryFolder();

  it('gives each line to the slice in which it begins', async () => {
    const content = fc.array(fc.constantFrom('\n', '\r\n', '\r', 'a', 'bcd', 'efghijklmnopqrst'), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        content,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 9 }),
        async (bits, size, chunk) => {
          const text = bits.join('');
          writeFileSync(at('log'), text);
          const slices = Math.max(1, Math.ceil(text.length / size));
          const found: string[] = [];
          const file = await open(at('log'));
          try {
            for (let index = 0; index < slices; index++) {
              let slice = '';
              const job = { textStart: 0, slices, sliceBytes: size };
              for await (const bytes of linesOfSlice(file, job, index, [Buffer.alloc(chunk), Buffer.alloc(chunk)])) {
                slice += Buffer.from(bytes).toString();
              }
              found.push(slice);
            }
          } finally {
            await file.close();
          }
          const expected = Array.from({ length: slices }, () => '');
          let position = 0;
          for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
            expected[Math.floor(position / size)] += line;
            position += line.length;
          }
          assert.deepEqual(found, expected);
        },
      ),
      { seed: 26, numRuns: 300 },
    );
  });

  it('leaves out what stands before the text', async () => {
    writeFileSync(at('log'), '\ufeffa\nb\n');
    const file = await open(at('log'));
    try {
      const chunks = [];
      const buffers = [Buffer.alloc(99), Buffer.alloc(99)] as const;
      for await (const bytes of linesOfSlice(file, { textStart: 3, slices: 1, sliceBytes: 99 }, 0, buffers)) {
        chunks.push(Buffer.from(bytes).toString());
      }
      assert.deepEqual(chunks, ['a\nb\n']);
    } finally {
      await file.close();
    }
  });
});
