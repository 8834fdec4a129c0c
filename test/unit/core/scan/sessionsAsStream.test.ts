import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileSessionPattern } from '../../../../src/core/blocks/sessionKey';
import { UnsupervisedLogScan, type RecordLog } from '../../../../src/core/scan/unsupervisedLogScan';
import { sessionsAsStream } from '../../../../src/core/scan/sessionsAsStream';
import { LearningEvents } from '../../../../src/core/templates/eventSource';
import { utf8 } from '../../../support/bytes';

function scan(text: string, pattern?: string): RecordLog {
  const key = pattern === undefined ? undefined : compileSessionPattern(pattern);
  const unsupervisedLogScan = new UnsupervisedLogScan(new LearningEvents(), key);
  unsupervisedLogScan.push(utf8(text));
  return unsupervisedLogScan.finish();
}

/** A log in an order of its own, its templates as texts. */
function described({ eventLog, lines, times, keyOf, outside, sourceCount, lineCount, records }: RecordLog): unknown {
  const { templates, events, sequences, sequenceCount, blocks, blockCount, kind } = eventLog;
  return {
    events: Array.from(events, (event) => templates[event]),
    blocks: [[...sequences], sequenceCount, [...blocks], blockCount, kind],
    columns: [[...lines], [...times]],
    rest: [keyOf, outside, sourceCount, lineCount, records],
  };
}

const MESSAGES = [
  'open job-1',
  'open job-2 for job-3',
  'nobody',
  'job-1 failed\njava.lang.Error: no\n\tat a.B.c(B.java:1)',
];

describe('sessionsAsStream', () => {
  it('gives the log as it is read without a session key', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...MESSAGES), { minLength: 1, maxLength: 60 }), (messages) => {
        const text = messages.map((message, i) => `2025-01-01 10:00:${10 + (i % 50)} INFO app - ${message}\n`).join('');
        assert.deepEqual(described(sessionsAsStream(scan(text, 'job-\\d+'))), described(scan(text)));
      }),
    );
  });
});
