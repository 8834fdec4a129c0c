import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compileSessionPattern } from '../../../../src/core/blocks/sessionKey';
import { HDFS_FORMAT } from '../../../../src/core/formats/logFormat';
import { ModelLogScan } from '../../../../src/core/scan/modelLogScan';
import { UnsupervisedLogScan } from '../../../../src/core/scan/unsupervisedLogScan';
import { FrozenEvents } from '../../../../src/core/templates/eventSource';
import { WildcardMatcher } from '../../../../src/core/templates/wildcardMatcher';
import { utf8 } from '../../../support/bytes';
import { recordReading } from '../../../support/records';

const MB = 1 << 20;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are in use: objects and typed arrays. */
function usedBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function modelScan(): ModelLogScan {
  return new ModelLogScan({
    format: HDFS_FORMAT,
    sessionKey: compileSessionPattern('blk_-?\\d+'),
    events: new FrozenEvents(new WildcardMatcher(['Receiving block <*>', 'Deleting block <*>'])),
  });
}

function anyLogScan(): UnsupervisedLogScan {
  return new UnsupervisedLogScan(recordReading('', compileSessionPattern('blk_-?\\d+')));
}

describe('memory', () => {
  for (const [way, begin] of [
    ['a model reads', modelScan],
    ['is read without one', anyLogScan],
  ] as const) {
    it(`does not grow with the length of a line of a log that ${way}`, () => {
      const scan = begin();
      const chunk = new Uint8Array(MB).fill(0x78);
      scan.push(utf8('081109 203530 1 INFO dfs.DataNode: Receiving block blk_1\n'));
      for (let i = 0; i < 2; i++) {
        scan.push(chunk);
      }
      const before = usedBytes();
      for (let i = 0; i < 254; i++) {
        scan.push(chunk);
      }
      const grown = usedBytes() - before;
      assert.ok(grown < 2 * MB, `${grown} bytes for 254 MB`);
      const log = scan instanceof ModelLogScan ? scan.finish() : scan.end().log();
      assert.equal(log.clippedLines, 1);
    });

    it(`takes at most 200 bytes for each of 300,000 sessions of a log that ${way}, and 16 for each line`, () => {
      const before = usedBytes();
      const scan = begin();
      const sessions = 300_000;
      const linesEach = 2;
      const step = 1000;
      for (let round = 0; round < linesEach; round++) {
        for (let first = 0; first < sessions; first += step) {
          let text = '';
          for (let i = first; i < first + step; i++) {
            text += `081109 203530 1 INFO dfs.DataNode: Receiving block blk_${1_000_000_007 * (i + 1)}\n`;
          }
          scan.push(utf8(text));
        }
      }
      const log = scan instanceof ModelLogScan ? scan.finish() : scan.end().log();
      const grown = usedBytes() - before;
      const blocks = 'blockCount' in log ? log.blockCount : log.eventLog.blockCount;
      assert.equal(blocks, sessions);
      const most = 200 * sessions + 16 * linesEach * sessions;
      assert.ok(grown < most, `${grown} bytes, ${most} at most`);
    });
  }
});
