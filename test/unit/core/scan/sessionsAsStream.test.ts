import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileSessionPattern } from '../../../../src/core/blocks/sessionKey';
import { GrowingRecordLog } from '../../../../src/core/scan/growingRecordLog';
import type { RecordLog } from '../../../../src/core/scan/recordLog';
import { sessionsAsStream, StreamOfSessions } from '../../../../src/core/scan/sessionsAsStream';
import { utf8 } from '../../../support/bytes';
import { recordLog, recordReading } from '../../../support/records';

function scan(text: string, pattern?: string): RecordLog {
  const key = pattern === undefined ? undefined : compileSessionPattern(pattern);
  return recordLog(text, key);
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

const JOBS = compileSessionPattern('job-\\d+');
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

  it('gives the same of a log that grows, whatever the pieces in which it came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...MESSAGES), { minLength: 1, maxLength: 40 }),
        fc.array(fc.nat(40), { maxLength: 4 }),
        (messages, cuts) => {
          const lines = messages.map((message, i) => `2025-01-01 10:00:${10 + (i % 50)} INFO app - ${message}\n`);
          const ends = [...cuts.map((cut) => Math.min(cut, lines.length)), lines.length].sort((a, b) => a - b);
          const texts = ends.map((end, i) => lines.slice(ends[i - 1] ?? 0, end).join(''));
          const grown = new GrowingRecordLog(recordReading(texts.join(''), JOBS));
          const stream = new StreamOfSessions();
          const given = texts.map((text) => {
            grown.push(utf8(text));
            grown.endLine();
            const log = stream.of(grown.soFar());
            return { log, then: described(log) };
          });
          assert.deepEqual(described(stream.of(grown.soFar())), described(sessionsAsStream(grown.soFar())));
          // What was given before stays as it was.
          given.forEach(({ log, then }) => assert.deepEqual(described(log), then));
          const { templates } = given[0].log.eventLog;
          assert.deepEqual(given.at(-1)!.log.eventLog.templates.slice(0, templates.length), templates);
        },
      ),
      { seed: 5 },
    );
  });
});
