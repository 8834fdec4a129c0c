import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BlockTable } from '../../../src/core/blocks/blockTable';
import { compileSessionPattern } from '../../../src/core/blocks/sessionKey';
import { HDFS_FORMAT } from '../../../src/core/formats/logFormat';
import { isoTime } from '../../../src/core/formats/timeLayout';
import { LogScan, UNKNOWN_EVENT, type ScannedLog } from '../../../src/core/logScan';
import { FrozenEvents } from '../../../src/core/templates/eventSource';
import { WildcardMatcher } from '../../../src/core/templates/wildcardMatcher';
import { cut, places, utf8 } from '../../support/bytes';

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

function scan(chunks: readonly Uint8Array[], table?: BlockTable): ScannedLog {
  const reading = {
    format: HDFS_FORMAT,
    sessionKey: compileSessionPattern('blk_-?\\d+'),
    events: new FrozenEvents(new WildcardMatcher(TEMPLATES)),
  };
  const logScan = new LogScan(reading, undefined, undefined, table);
  chunks.forEach((chunk) => logScan.push(chunk));
  return logScan.finish();
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

describe('LogScan', () => {
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

  it('leaves sessions out for which there is no room, and counts that', () => {
    const log = scan([utf8(LOG)], new BlockTable(2));
    const all = blocksOf(scan([utf8(LOG)]));
    assert.deepEqual(blocksOf(log), { blk_1: all.blk_1, blk_2: all.blk_2 });
    assert.equal(log.refusedKeys, 2);
  });
});
