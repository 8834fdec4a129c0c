import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inspectText } from '../../src/core/input/textRule';
import { UserError } from '../../src/core/errors/userError';
import { CancelledError } from '../../src/core/cancellation';
import type { LinePlaces } from '../../src/core/input/lineIndex';
import { LineSplitter } from '../../src/core/input/lineSplitter';
import { frozenReading } from '../../src/core/scan/frozenReading';
import { grouped } from '../../src/core/scan/modelLog';
import { parseProfile } from '../../src/core/model/profile';
import { openLog } from '../../src/node/files/logSource';
import { readInParallel, type ParallelScan } from '../../src/node/scan/parallelScan';
import { readLog } from '../../src/node/scan/readLog';
import { hdfsLog } from '../support/hdfsLog';
import { temporaryFolder } from '../support/temporaryFolder';

const profile = parseProfile(JSON.parse(readFileSync('models/hdfs/profile.json', 'utf8')), 'profile.json');
const SMALL = { smallestLog: 0, sliceBytes: 20_000 };

describe('readInParallel', () => {
  const at = temporaryFolder();

  beforeEach(() => {
    const lines = [...hdfsLog({ seed: 3, blocks: 300, anomalousShare: 0.1 })];
    writeFileSync(at('hdfs.log'), `${lines.join('\n')}\n`);
    // A stack trace over several slices, lone CR, CRLF, an empty line, a record without key, no line end at the end.
    const trace = Array.from({ length: 2000 }, (_, i) => `\tat org.example.Frame.call(Frame.java:${i})`);
    const strange = lines.flatMap((line, i) =>
      i === 900 ? [line, ...trace] : i % 97 === 0 ? [`${line}\r${line}\r`, ''] : [line],
    );
    writeFileSync(at('strange.log'), `\ufeffbefore all\n${strange.join('\r\n')}`);
  });

  async function job(name: string, settings: Partial<ParallelScan>): Promise<ParallelScan> {
    const source = await openLog(at(name));
    const text = inspectText(await readFile(at(name)));
    return {
      source,
      text,
      profile,
      sessionKey: profile.sessionKey,
      helperPath: resolve('dist/slice-scanner.js'),
      ...settings,
    };
  }

  it('says that its helping program is missing or damaged', async () => {
    writeFileSync(at('cut.js'), readFileSync(resolve('dist/slice-scanner.js')).subarray(0, 20_000));
    for (const helperPath of [at('none.js'), at('cut.js')]) {
      await assert.rejects(
        async () => readInParallel(await job('hdfs.log', { ...SMALL, threads: 2, helperPath }), {}),
        (error) =>
          error instanceof UserError &&
          error.message === `${helperPath}, which belongs to LogCNN, is missing or damaged; install LogCNN again.`,
      );
    }
  });

  /** The places at which the file has no line of that number. */
  async function badPlaces(path: string, { lines, starts }: LinePlaces): Promise<number[]> {
    const bytes = await readFile(path);
    const known = new Map<number, number>();
    const splitter = new LineSplitter((_bytes, _start, _end, line) => known.set(line, splitter.lineOffset));
    splitter.push(bytes);
    splitter.end();
    // A byte order mark is not part of the first line.
    known.set(1, bytes[0] === 0xef ? 3 : 0);
    assert.ok(lines.length > 10);
    return [...lines].filter((line, i) => known.get(line) !== starts[i]);
  }

  for (const [name, threads] of [
    ['hdfs.log', 2],
    ['strange.log', 2],
    ['strange.log', 3],
  ] as const) {
    it(`reads ${name} with ${threads} threads as with one`, async () => {
      const scan = await job(name, { ...SMALL, threads });
      const { source } = scan;
      let places: LinePlaces | undefined;
      const file = {
        ...source.file!,
        onRead: (bytes: number, starts: LinePlaces) => {
          source.file?.onRead?.(bytes, starts);
          places = starts;
        },
      };
      const found = await readInParallel({ ...scan, source: { ...source, file } }, {});
      assert.equal(source.bytesRead(), source.size);
      assert.deepEqual(await badPlaces(at(name), places!), []);
      const expected = await readLog(await openLog(at(name)), frozenReading(profile));
      assert.ok(found !== undefined && expected.lines > 5000);
      const { keyOf, continuations, ...counts } = grouped(expected);
      const { keyOf: foundKeyOf, continuations: foundContinuations, ...foundCounts } = grouped(found);
      assert.deepEqual(foundCounts, counts);
      assert.deepEqual(foundContinuations.pairs(), continuations.pairs());
      for (let block = 0; block < expected.blockCount; block++) {
        assert.equal(foundKeyOf(block), keyOf(block));
      }
    });
  }

  it('leaves logs to others that are small, compressed, in UTF-16 or without a time of their own', async () => {
    writeFileSync(at('utf16.log'), Buffer.from('\ufeffone line\n', 'utf16le'));
    writeFileSync(at('hdfs.log.gz'), gzipSync('one line\n'));
    const { time: _, ...format } = profile.format;
    for (const [name, settings] of [
      ['hdfs.log', { threads: 2 }],
      ['hdfs.log', { ...SMALL, threads: 1 }],
      ['hdfs.log', { ...SMALL, threads: 2, profile: { ...profile, format } }],
      ['utf16.log', { ...SMALL, threads: 2 }],
      ['hdfs.log.gz', { ...SMALL, threads: 2 }],
    ] as const) {
      assert.equal(await readInParallel(await job(name, settings), {}), undefined);
    }
  });

  it('stops when it is told to', async () => {
    const scan = readInParallel(await job('hdfs.log', { ...SMALL, threads: 2 }), { isCancelled: () => true });
    await assert.rejects(scan, CancelledError);
  });

  it('says what is wrong with a file that cannot be read', async () => {
    const scan = await job('hdfs.log', { ...SMALL, threads: 2 });
    const unreadable = await open(at('unreadable.log'), 'w');
    try {
      const source = { ...scan.source, file: { ...scan.source.file!, fd: unreadable.fd } };
      await assert.rejects(readInParallel({ ...scan, source }, {}), UserError);
    } finally {
      await unreadable.close();
    }
  });

  it('fails where the other thread cannot be started', async () => {
    await rm(at('gone.js'), { force: true });
    const scan = readInParallel(await job('hdfs.log', { ...SMALL, threads: 2, helperPath: at('gone.js') }), {});
    await assert.rejects(scan, /gone\.js/);
  });
});
