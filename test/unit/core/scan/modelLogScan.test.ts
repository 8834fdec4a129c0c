import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileSessionPattern } from '../../../../src/core/blocks/sessionKey';
import { HDFS_FORMAT } from '../../../../src/core/formats/logFormat';
import { isoTime } from '../../../../src/core/formats/timeLayout';
import { grouped, UNKNOWN_EVENT, type LogReading, type ScannedLog } from '../../../../src/core/scan/modelLog';
import { SliceScan } from '../../../../src/core/scan/logSlice';
import { ModelLogScan } from '../../../../src/core/scan/modelLogScan';
import { SliceMerger } from '../../../../src/core/scan/sliceMerger';
import { FrozenEvents } from '../../../../src/core/templates/eventSource';
import { WildcardMatcher } from '../../../../src/core/templates/wildcardMatcher';
import { cut, places, utf8 } from '../../../support/bytes';

const TEMPLATES = [
  'Receiving block <*>',
  'Deleting block <*> file <*>',
  'BLOCK* ask <*> to delete <*>',
  'Got exception <*>',
];

const LOG = [
  'a line before the first header blk_9',
  '081109 203530 1 INFO dfs.DataNode: Receiving block blk_1',
  '081109 203529 1 INFO dfs.DataNode: Receiving block blk_2',
  '081109 203531 1 WARN dfs.DataNode: Got exception while serving blk_1:',
  'java.io.IOException: Connection reset blk_2',
  '\tat java.net.SocketException(blk_3)',
  '081109 203532 1 INFO dfs.FSDataset: Deleting block blk_1 file /data/blk_1',
  '081109 203533 1 INFO dfs.FSNamesystem: BLOCK* ask 10.0.0.1:50010 to delete  blk_2 blk_1 blk_3',
  '081109 203534 1 INFO dfs.DataNode: something new about blk_3',
  '081109 203535 1 INFO dfs.DataNode: no block here',
].join('\r\n');

function reading(): LogReading {
  return {
    format: HDFS_FORMAT,
    sessionKey: compileSessionPattern('blk_-?\\d+'),
    events: new FrozenEvents(new WildcardMatcher(TEMPLATES)),
  };
}

function scan(chunks: readonly Uint8Array[], mostBytes?: number): ScannedLog {
  const modelLogScan = new ModelLogScan(reading(), undefined, undefined, mostBytes);
  chunks.forEach((chunk) => modelLogScan.push(chunk));
  return grouped(modelLogScan.finish());
}

function blocksOf(log: ScannedLog): Record<string, { events: number[]; lines: number[]; times: (string | null)[] }> {
  const { offsets, events, lines } = log.blocks;
  return Object.fromEntries(
    Array.from({ length: log.blockCount }, (_, block) => [
      log.keyOf(block),
      {
        events: [...events.subarray(offsets[block], offsets[block + 1])],
        lines: [...lines.subarray(offsets[block], offsets[block + 1])],
        times: [isoTime(log.firstTimes[block]), isoTime(log.lastTimes[block])],
      },
    ]),
  );
}

describe('ModelLogScan', () => {
  it('groups records by session, also a record of many', () => {
    const log = scan([utf8(LOG)]);
    assert.deepEqual(blocksOf(log), {
      blk_1: { events: [0, 3, 1, 2], lines: [2, 4, 7, 8], times: ['2008-11-09T20:35:30', '2008-11-09T20:35:33'] },
      blk_2: { events: [0, 2], lines: [3, 8], times: ['2008-11-09T20:35:29', '2008-11-09T20:35:33'] },
      blk_3: { events: [2, UNKNOWN_EVENT], lines: [8, 9], times: ['2008-11-09T20:35:33', '2008-11-09T20:35:34'] },
    });
    assert.equal(log.lines, 10);
    assert.equal(log.records, 7);
    assert.equal(log.unknownRecords, 2);
    assert.equal(log.continuations.countOf(4), 2);
    assert.equal(log.continuations.countOf(5), 0);
    assert.equal(log.continuations.countOf(2), 0);
  });

  it('gives the same whatever the chunks and the encoding', () => {
    const expected = blocksOf(scan([utf8(LOG)]));
    fc.assert(
      fc.property(fc.constantFrom(utf8(LOG), Buffer.from(`\ufeff${LOG}`, 'utf16le')), places, (bytes, at) => {
        assert.deepEqual(blocksOf(scan(cut(bytes, at))), expected);
      }),
      { seed: 10, numRuns: 100 },
    );
  });

  it('reads an empty log', () => {
    const log = scan([]);
    assert.equal(log.lines, 0);
    assert.equal(log.blockCount, 0);
  });

  it('gives the same in one piece and in slices', () => {
    const line = fc.constantFrom(
      '081109 203530 1 INFO dfs.DataNode: Receiving block blk_1',
      '081109 203529 1 INFO dfs.DataNode: Receiving block blk_2',
      '081109 203599 1 INFO dfs.DataNode: Receiving block blk_2 without a time',
      '081108 000000 1 WARN dfs.DataNode: Got exception blk_3 blk_1 blk_3',
      '\tat java.net.SocketException(blk_3)',
      '',
      'overwritten\r081109 203531 1 INFO dfs.DataNode: something new about blk_4\r',
      'x'.repeat(70_000),
    );
    const lineEnd = fc.constantFrom('\n', '\r\n');
    const slices = fc.array(fc.array(fc.tuple(line, lineEnd), { maxLength: 6 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(slices, line, (log, last) => {
        const texts = [...log.map((lines) => lines.map((each) => each.join('')).join('')), last];
        const expected = scan([utf8(texts.join(''))]);
        const whole = new SliceMerger();
        for (const each of texts) {
          const slice = new SliceScan(reading());
          slice.push(utf8(each));
          whole.append(structuredClone(slice.take()));
        }
        const found = grouped(whole.finish());
        assert.deepEqual(blocksOf(found), blocksOf(expected));
        for (const name of ['lines', 'records', 'unknownRecords', 'clippedLines', 'blockCount'] as const) {
          assert.equal(found[name], expected[name], name);
        }
        assert.deepEqual(found.continuations.pairs(), expected.continuations.pairs());
      }),
      { seed: 24, numRuns: 100 },
    );
  });

  it('tells where every 1,024th line of each slice begins', () => {
    const whole = new SliceMerger();
    const places: [line: number, start: number][] = [];
    let line = 1;
    let start = 3;
    for (const count of [3000, 1, 0, 1024, 5000]) {
      const lines = Array.from({ length: count }, (_, i) => (i % 7 === 0 ? `\r${i}\r\n` : `${line} ${i}\n`));
      const slice = new SliceScan(reading());
      let ended = 0;
      lines.forEach((each, i) => {
        // A lone CR makes a line more.
        if (ended % 1024 === 0) {
          places.push([line + ended, start]);
        }
        ended += i % 7 === 0 ? 2 : 1;
        if (i % 7 === 0 && (ended - 1) % 1024 === 0) {
          places.push([line + ended - 1, start + 1]);
        }
        start += each.length;
        slice.push(utf8(each));
      });
      line += ended;
      whole.append(structuredClone(slice.take()));
    }
    const found = whole.linePlaces(3);
    assert.ok(places.length > 10);
    assert.deepEqual(
      Array.from(found.lines, (each, i) => [each, found.starts[i]]),
      places,
    );
    assert.equal(whole.finish().lines, line - 1);
  });

  it('finds the same keys where it knows the form of a message and where it does not', () => {
    const message = fc
      .array(fc.constantFrom('blk_1', 'blk_-22', 'xblk_3', 'blk_', 'blk', '7', ' ', '/', 'Deleting block ', ' file '), {
        maxLength: 12,
      })
      .map((parts) => `081109 203530 1 INFO dfs.DataNode: ${parts.join('')}`);
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 20 }), (lines) => {
        const twice = [...lines, ...lines];
        const log = scan([utf8(twice.join('\n'))]);
        const expected: string[] = [];
        twice.forEach((each, i) => {
          for (const key of new Set(each.match(/blk_-?\d+/g))) {
            expected.push(`${key} ${i + 1}`);
          }
        });
        const found = Object.entries(blocksOf(log)).flatMap(([key, block]) =>
          block.lines.map((line) => `${key} ${line}`),
        );
        assert.deepEqual(found.sort(), expected.sort());
      }),
      { seed: 25, numRuns: 300 },
    );
  });

  it('reads the time of a record after a line that has the same time but is none', () => {
    const log = scan([
      utf8(
        [
          '081109 203530 1 INFO dfs.DataNode: Receiving block blk_1',
          '081109 203531 no record',
          '081109 203531 1 INFO dfs.DataNode: Receiving block blk_2',
        ].join('\n'),
      ),
    ]);
    assert.deepEqual(
      Object.values(blocksOf(log)).map(({ times }) => times[0]),
      ['2008-11-09T20:35:30', '2008-11-09T20:35:31'],
    );
  });
});

/** A log of so many sessions of four records, ten at a time interleaved, a third of the records with a line more. */
function sessionsOf(sessions: number): string {
  return Array.from({ length: 4 * sessions }, (_, i) => {
    const block = `blk_${7919 * (Math.floor(i / 40) * 10 + (i % 10))}`;
    const line = `081109 2035${10 + (Math.floor(i / 10) % 50)} 1 INFO dfs.DataNode: Receiving block ${block}\n`;
    return i % 3 === 0 ? `${line}\tmore\n` : line;
  }).join('');
}

/** All that is known of a log, and the continuation lines of the records of its blocks. */
function contentsOf({ blocks, keyOf, continuations, firstTimes, lastTimes, ...counts }: ScannedLog): unknown[] {
  return [
    blocks,
    Array.from(firstTimes, (time, block) => [keyOf(block), time]),
    [...lastTimes],
    continuations.pairs(),
    counts,
  ];
}

describe('a log of which ModelLogScan cannot keep all', () => {
  const sessions = 4000;
  const log = sessionsOf(sessions);
  const MOST = 150_000;

  it('has a share of its sessions kept as they are', () => {
    const all = blocksOf(scan([utf8(log)]));
    const few = scan([utf8(log)], MOST);
    const found = blocksOf(few);
    assert.ok(few.sample !== undefined && few.sample.step >= 4);
    const expected = sessions / few.sample.step;
    assert.ok(few.blockCount > 0.6 * expected && few.blockCount < 1.6 * expected, `${few.blockCount}`);
    assert.ok(few.blockCount * (48 + 4 * 16) < MOST);
    for (const [key, block] of Object.entries(found)) {
      assert.deepEqual(block, all[key]);
    }
    assert.deepEqual([few.lines, few.records], [Math.ceil((4 * 4 * sessions) / 3), 4 * sessions]);
    const lines = log.split('\n');
    for (const line of few.blocks.lines) {
      assert.equal(few.continuations.countOf(line), lines[line] === '\tmore' ? 1 : 0);
    }
    const kept = new Set(few.blocks.lines);
    assert.ok(few.continuations.pairs().every((line, i) => i % 2 === 1 || kept.has(line)));
  });

  it('has the same kept whatever the chunks and the slices', () => {
    const text = sessionsOf(1000);
    const most = 30_000;
    const expected = contentsOf(scan([utf8(text)], most));
    const lineEnds = [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
    fc.assert(
      fc.property(places, fc.uniqueArray(fc.constantFrom(...lineEnds), { maxLength: 40 }), (at, ends) => {
        assert.deepEqual(contentsOf(scan(cut(utf8(text), at), most)), expected);
        const whole = new SliceMerger(most);
        const starts = [0, ...ends.sort((a, b) => a - b)];
        starts.forEach((start, i) => {
          const slice = new SliceScan(reading());
          slice.push(utf8(text.slice(start, starts[i + 1])));
          whole.append(structuredClone(slice.take()));
        });
        assert.deepEqual(contentsOf(grouped(whole.finish())), expected);
      }),
      { seed: 26, numRuns: 40 },
    );
  });

  it('has all its sessions kept, but the first records of long ones, if that is enough', () => {
    const text = '081109 203510 1 INFO dfs.DataNode: Receiving block blk_1\n'.repeat(70_000);
    const end = '081109 203511 1 INFO dfs.DataNode: Deleting block blk_1 file /data/blk_1 and blk_2\n';
    const found = scan([utf8(text), utf8(end), utf8('more')], 65_600 * 16);
    assert.deepEqual(found.sample, { step: 1, longest: 65_536 });
    const blocks = blocksOf(found);
    assert.deepEqual(
      blocks.blk_1.lines,
      Array.from({ length: 65_536 }, (_, i) => i + 1),
    );
    assert.deepEqual(blocks.blk_1.times, ['2008-11-09T20:35:10', '2008-11-09T20:35:11']);
    assert.deepEqual(blocks.blk_2.lines, [70_001]);
    assert.equal(found.continuations.countOf(70_001), 1);
  });

  it('keeps what comes after it was settled, and the numbers of its blocks', () => {
    const whole = new ModelLogScan(reading(), undefined, undefined, MOST);
    whole.push(utf8(sessionsOf(2000)));
    whole.settle();
    const before = Array.from({ length: whole.soFar().blockCount }, (_, block) => whole.soFar().keyOf(block));
    const { step } = whole.soFar().sample!;
    whole.push(utf8(log));
    const { blockCount, keyOf, sample } = whole.soFar();
    assert.equal(sample?.step, step);
    assert.ok(blockCount > before.length);
    assert.deepEqual(
      before.map((_, block) => keyOf(block)),
      before,
    );
  });
});
