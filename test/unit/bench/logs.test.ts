import assert from 'node:assert/strict';
import { recordLog } from '../../support/records';
import { hdfsLog } from '../../support/hdfsLog';
import { serverLog } from '../../../bench/speed/serverLog';

function first(lines: Iterator<string>, count: number): string[] {
  return Array.from({ length: count }, () => String(lines.next().value));
}

describe("the benchmark's logs", () => {
  it('are the same at every run', () => {
    assert.deepEqual(first(serverLog(1), 5000), first(serverLog(1), 5000));
    assert.notDeepEqual(first(serverLog(1), 10), first(serverLog(2), 10));
    const hdfs = { seed: 1, blocks: Infinity, anomalousShare: 0.03 };
    assert.deepEqual(first(hdfsLog(hdfs), 5000), first(hdfsLog(hdfs), 5000));
  });

  it('has thousands of templates, long lines and stack traces in that of a server', () => {
    const lines = first(serverLog(1), 120_000);
    const { eventLog, formats, records } = recordLog(lines.join('\n'));
    assert.ok(eventLog.templates.length > 2000, `${eventLog.templates.length} templates`);
    assert.ok(formats.length > 0);
    assert.ok(lines.some((line) => line.length > 5000));
    assert.ok(records < 0.9 * lines.length, `${records} records`);
  });
});
