import assert from 'node:assert/strict';
import { compileSessionPattern } from '../../../../../src/core/blocks/sessionKey';
import { KnownGoodDetector } from '../../../../../src/core/detectors/knownGood/knownGoodDetector';
import { overSameTemplates } from '../../../../../src/core/events/joinedLogs';
import type { RecordLog } from '../../../../../src/core/scan/recordLog';
import { UnsupervisedLogScan } from '../../../../../src/core/scan/unsupervisedLogScan';
import { LearningEvents } from '../../../../../src/core/templates/eventSource';
import { openNextEventNet } from '../../../../../src/node/models/onnxNextEventNet';
import { utf8 } from '../../../../support/bytes';
import { listed } from '../../../../support/listed';
import { recordReading } from '../../../../support/records';

const parts = { openNextEventNet, seed: 1 };

/** Logs that were read together. */
function read(texts: readonly string[], pattern?: string): RecordLog[] {
  const events = new LearningEvents();
  const key = pattern === undefined ? undefined : compileSessionPattern(pattern);
  const scans = texts.map((text) => {
    const scan = new UnsupervisedLogScan(recordReading(text, key, events));
    scan.push(utf8(text));
    return scan.end();
  });
  const logs = scans.map((ended) => ended.log());
  const eventLogs = overSameTemplates(logs.map(({ eventLog }) => eventLog));
  return logs.map((log, i) => ({ ...log, eventLog: eventLogs[i], outside: undefined }));
}

function detector(good: readonly RecordLog[], mayBeUnlike = false): KnownGoodDetector {
  return new KnownGoodDetector(good, parts, {
    threshold: 0.5,
    mayBeUnlike,
    describe: (log) => ({ model: 'some', format: 'some', notes: [String(log.eventLog.kind)], baselines: ['good.log'] }),
  });
}

function lines(...messages: string[]): string {
  const level = (message: string): string => (message.includes('lost') ? 'ERROR' : 'INFO');
  return messages.map((each, i) => `2025-01-01 10:00:${10 + i} ${level(each)} app - ${each}\n`).join('');
}

describe('KnownGoodDetector', () => {
  it('finds what the good logs do not have', async () => {
    const usual = ['open the door', 'close the door', 'open the door'];
    const [log, good] = read([lines(...usual, 'fatal: the door is lost for ever'), lines(...usual)]);
    const verdict = await (await detector([good]).learn(log)).verdict();
    const { findings, summary } = await listed(verdict);
    assert.deepEqual(
      findings.map(({ line }) => line),
      [4],
    );
    assert.deepEqual(summary.baselines, ['good.log']);
    assert.equal(summary.lines, 4);
  });

  it('judges sessions that were found as a stream where the good logs do not tell what is usual in them', async () => {
    const own = lines('job-1 opens', 'job-2 opens', 'job-1 ends', 'job-2 is lost');
    for (const [mayBeUnlike, kind] of [
      [true, 'stream'],
      [false, 'sessions'],
    ] as const) {
      const [log] = read([own], 'job-\\d+');
      const { summary } = await (await detector([], mayBeUnlike).learn(log)).verdict();
      assert.deepEqual(summary.notes, [kind]);
    }
  });
});
