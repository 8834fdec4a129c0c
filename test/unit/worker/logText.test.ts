import assert from 'node:assert/strict';
import { appendFile, mkdtemp, open, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { UserError } from '../../../src/core/errors/userError';
import type { Encoding } from '../../../src/core/input/encoding';
import { LINES_APART, type LinePlaces } from '../../../src/core/input/lineIndex';
import { LogTextReader } from '../../../src/worker/logText';
import { SHORT, SHORT_TEXT, zipOf } from '../../support/compressed';
import type { FileMark } from '../../../src/node/files/fileMark';
import { text, utf32 } from '../../support/bytes';

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

  /** Reads a log as a scan does; gives its mark. */
  async function scan(reader: LogTextReader, log: string, encoding?: Encoding): Promise<FileMark> {
    const { source, mark } = await reader.openForScan(log, encoding);
    for await (const chunk of source.chunks()) assert.ok(chunk.length > 0);
    return mark();
  }

  describe('readHeadedLines', () => {
    const lines = Array.from(
      { length: 30 },
      (_, i) => `2024-05-01 10:00:${String(i).padStart(2, '0')} INFO [worker] job ${i}`,
    );

    it('says where the messages begin and when they were written, of compressed logs too', async () => {
      const text = [...lines.slice(0, 5), '\tat somewhere', ...lines.slice(5), ''].join('\n');
      for (const log of [await file('headed.log', text), await file('headed.log.gz', gzipSync(text))]) {
        const { texts, messageStarts, times } = await new LogTextReader().readHeadedLines(log, [5, 6, 7, 99], 100);
        assert.deepEqual(texts, [lines[4], '\tat somewhere', lines[5], '']);
        assert.deepEqual(
          [...messageStarts].map((start, i) => texts[i].slice(0, start)),
          ['2024-05-01 10:00:04 INFO [worker] ', '', '2024-05-01 10:00:05 INFO [worker] ', ''],
        );
        assert.equal(times[2] - times[0], 1000);
        assert.ok(Number.isNaN(times[1]) && Number.isNaN(times[3]));
      }
    });

    it('takes colours out of a line, and finds its header all the same', async () => {
      const log = await file('coloured.log', lines.map((line) => `\x1b[32m${line}\x1b[0m\x1b[K\n`).join(''));
      const { texts, messageStarts } = await new LogTextReader().readHeadedLines(log, [3], 100);
      assert.deepEqual([texts[0], messageStarts[0]], [lines[2], lines[2].indexOf('job')]);
    });

    it('does not take the formats of a file for those of another of the same name', async () => {
      const reader = new LogTextReader();
      const log = await file('renamed.log', lines.join('\n'));
      await reader.readHeadedLines(log, [1], 100);
      await file('renamed.log', 'no header here\n'.repeat(20));
      const { messageStarts, times } = await reader.readHeadedLines(log, [1], 100);
      assert.deepEqual([messageStarts[0], Number.isNaN(times[0])], [0, true]);
    });
  });

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

    it('shows what would act on a terminal or the lines of a page as escapes, and keeps tabs', async () => {
      const log = await file('controls.log', 'a\tb\x1b[2J\x9b\u202e\u2028\x00\nx\n');
      assert.deepEqual(await new LogTextReader().readLines(log, [1, 2], 100), [
        'a\tb\\u001b[2J\\u009b\\u202e\\u2028\\u0000',
        'x',
      ]);
    });

    it('cuts no character in half', async () => {
      const log = await file('emoji.log', 'a😀\n');
      assert.deepEqual(await new LogTextReader().readLines(log, [1], 2), ['a']);
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

    it('reads a log on in the encoding that its last scan was told, and finds it out again after one that was not', async () => {
      const log = await file('given.log', Buffer.from('Нет места\n'.repeat(3), 'utf16le').swap16());
      const short = await file('short.log', Uint8Array.of(0xcd, 0xe5, 0xf2, 0x0a, 0xe4, 0xe0));
      const reader = new LogTextReader();
      for (const [path, encoding, expected] of [
        [log, 'utf-16be', ['Нет места', 'Нет места']],
        [short, 'windows-1251', ['Нет', 'да']],
        [short, 'koi8-r', ['мЕР', 'ДЮ']],
        [short, undefined, ['\ufffd\ufffd\ufffd', '\ufffd\ufffd']],
      ] as const) {
        const mark = await scan(reader, path, encoding);
        assert.deepEqual(await reader.readLines(path, [1, 2], 20, mark), expected);
        assert.equal(text((await reader.readText(path, 99)).bytes).split('\n')[1], expected[1]);
      }
    });

    it('reads every form of compression, and members of a zip archive', async () => {
      const zip = await file(
        'x.zip',
        zipOf([
          { name: 'a.log', content: 'first\nsecond\n' },
          { name: 'deep/b.log.zst', content: SHORT.zstd },
        ]),
      );
      const reader = new LogTextReader();
      const [plain, packed] = await reader.logsInArchive(zip);
      assert.deepEqual(await reader.readLines(plain, [2], 10), ['second']);
      const line = SHORT_TEXT.split('\n')[49];
      const others = Object.entries(SHORT).map(([kind, bytes]) => file(`of ${kind}`, bytes));
      for (const log of [packed, ...(await Promise.all(others))]) {
        const mark = await scan(reader, log);
        assert.deepEqual(await reader.readLines(log, [50], 100, mark), [line]);
        assert.equal(Buffer.from((await reader.readText(log, 1 << 20)).bytes).toString(), SHORT_TEXT);
      }
    });

    it('gives the same lines as a split of the whole text, whatever encoding, line ends, lengths and order of questions', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom<BufferEncoding | 'utf32le' | 'utf32be'>('utf8', 'utf16le', 'utf32le', 'utf32be'),
          fc.boolean(),
          fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 1, maxLength: 7 }),
          fc.array(fc.constantFrom('', 'ä𝄞 ਊ', 'a line', 'x'.repeat(700)), { minLength: 1, maxLength: 5 }),
          fc.integer({ min: 1, max: 5 * LINES_APART }),
          fc.array(fc.array(fc.nat(5 * LINES_APART), { maxLength: 5 }), { minLength: 1, maxLength: 3 }),
          fc.boolean(),
          async (encoding, hasMark, ends, bodies, count, questions, endsLast) => {
            const lines = Array.from({ length: count }, (_, i) => `${i} ${bodies[i % bodies.length]}`);
            const text = lines.map((line, i) => line + ends[i % ends.length]).join('') + (endsLast ? '' : 'rest');
            const marked = (hasMark ? '\ufeff' : '') + text;
            const isWide = encoding === 'utf32le' || encoding === 'utf32be';
            const bytes = isWide ? utf32(marked, encoding === 'utf32le') : Buffer.from(marked, encoding);
            const log = await file('any.log', bytes);
            const whole = text.split(/\r\n|\n|\r/);
            const [asked, scanned] = [new LogTextReader(), new LogTextReader()];
            const mark = await scan(scanned, log);
            for (const question of questions) {
              const wanted = [...new Set(question)].sort((a, b) => a - b).map((i) => i + 1);
              const expected = wanted.map((line) => whole[line - 1]?.slice(0, 20) ?? '');
              assert.deepEqual(await asked.readLines(log, wanted, 20), expected);
              assert.deepEqual(await scanned.readLines(log, wanted, 20, mark), expected);
            }
          },
        ),
        { numRuns: 40, seed: 7 },
      );
    });

    it('finds lines behind one that is longer than what is read at once, and clips that one', async () => {
      for (const end of ['\n', '\r\n', '\r']) {
        const log = await file('long.log', ['x'.repeat(3 << 20), 'second', 'y'.repeat(1 << 20), 'fourth'].join(end));
        assert.deepEqual(await new LogTextReader().readLines(log, [1, 2, 4], 6), ['xxxxxx', 'second', 'fourth']);
      }
    });

    it('forgets the places of lines when the file has changed', async () => {
      const reader = new LogTextReader();
      const log = await file('changed.log', 'a\n'.repeat(5000) + 'end\n');
      assert.deepEqual(await reader.readLines(log, [5001], 10), ['end']);
      await writeFile(log, 'bb\n'.repeat(5000) + 'other\n');
      assert.deepEqual(await reader.readLines(log, [5001], 10), ['other']);
      await writeFile(log, 'c\n'.repeat(10));
      assert.deepEqual(await reader.readLines(log, [10, 5001], 10), ['c', '']);
    });

    it('answers questions that come at once', async () => {
      const reader = new LogTextReader();
      const log = await file('together.log', Array.from({ length: 9000 }, (_, i) => `line ${i + 1}`).join('\n'));
      const wanted = [8999, 1, 5000, 9000, 1025, 1024];
      const answers = await Promise.all(wanted.map((line) => reader.readLines(log, [line], 20)));
      assert.deepEqual(
        answers,
        wanted.map((line) => [`line ${line}`]),
      );
    });

    describe('of a file that was scanned', () => {
      const text = Array.from({ length: 3000 }, (_, i) => `line ${i + 1}\n`).join('');

      async function scanned(name: string, content: string | Uint8Array) {
        const reader = new LogTextReader();
        const log = await file(name, content);
        // So that a later change has another time, however coarse the file system's clock.
        await utimes(log, 1, 1);
        return { log, mark: await scan(reader, log), reader };
      }

      it('gives them when it has grown, also to a reader that did not see the scan', async () => {
        const { log, mark, reader } = await scanned('grown.log', text);
        await appendFile(log, 'appended\n');
        for (const each of [reader, new LogTextReader()]) {
          assert.deepEqual(await each.readLines(log, [1, 2500, 3001], 20, mark), ['line 1', 'line 2500', 'appended']);
        }
      });

      it('refuses them when it was cut, rewritten or replaced', async () => {
        const changes: [string, (log: string) => Promise<void>][] = [
          ['cut', (log) => truncate(log, 100)],
          ['rewritten', (log) => writeFile(log, 'other ' + text)],
          ['rewritten alike', (log) => writeFile(log, text.replace('line 7', 'LINE 7'))],
          [
            'replaced',
            async (log) => {
              await writeFile(`${log}.new`, text);
              await rename(`${log}.new`, log);
            },
          ],
        ];
        for (const [name, change] of changes) {
          const { log, mark, reader } = await scanned(`${name}.log`, text);
          await change(log);
          for (const each of [reader, new LogTextReader()]) {
            await assert.rejects(
              each.readLines(log, [1], 20, mark),
              (error) =>
                error instanceof UserError && /has changed since it was scanned; scan it again/.test(error.message),
              name,
            );
          }
        }
      });

      it('knows a compressed one by its size and time', async () => {
        const { log, mark, reader } = await scanned('packed.log.gz', gzipSync(text));
        assert.deepEqual(await reader.readLines(log, [3000], 20, mark), ['line 3000']);
        await appendFile(log, gzipSync('more\n'));
        await assert.rejects(reader.readLines(log, [3000], 20, mark), UserError);
      });

      /** Of the text: where lines begin, as threads find it that each scan some lines of it. */
      function placesOf(lines: readonly number[]): LinePlaces {
        return {
          lines: Uint32Array.from(lines),
          starts: Float64Array.from(lines, (line) => text.indexOf(`line ${line}\n`)),
        };
      }

      /** Reads a log as a scan by several threads does, past its source; gives its mark. */
      async function scanByOthers(reader: LogTextReader, log: string): Promise<FileMark> {
        const { source, mark } = await reader.openForScan(log);
        source.file?.onRead?.(text.length, placesOf([1, 900, 1500, 2400]));
        return mark();
      }

      for (const [by, scanIt] of [
        ['one thread', scan],
        ['several threads', scanByOthers],
      ] as const) {
        it(`reads no byte before the lines of one that ${by} read`, async () => {
          const time = new Date(1_700_000_000_000);
          const log = await file('marked.log', text);
          await utimes(log, time, time);
          const reader = new LogTextReader();
          const mark = await scanIt(reader, log);
          assert.equal(mark.size, text.length);
          // Line ends that are spoilt unseen would make line numbers others if they were counted again.
          const spoilt = await open(log, 'r+');
          await spoilt.write(Buffer.alloc(500, 'x'), 0, 500, 0);
          await spoilt.close();
          await utimes(log, time, time);
          assert.deepEqual(await reader.readLines(log, [1600, 2500, 3000], 20, mark), [
            'line 1600',
            'line 2500',
            'line 3000',
          ]);
        });
      }

      it('gives them when it has grown after several threads read it', async () => {
        const log = await file('grown-by-others.log', text.slice(0, -1));
        await utimes(log, 1, 1);
        const reader = new LogTextReader();
        const { source, mark } = await reader.openForScan(log);
        source.file?.onRead?.(text.length - 1, placesOf([1, 1000, 2000]));
        const found = await mark();
        await appendFile(log, '0\nappended\n');
        assert.deepEqual(await reader.readLines(log, [1, 2500, 3000, 3001], 20, found), [
          'line 1',
          'line 2500',
          'line 30000',
          'appended',
        ]);
      });
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
          (error) => error instanceof UserError && message.test(error.message),
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
