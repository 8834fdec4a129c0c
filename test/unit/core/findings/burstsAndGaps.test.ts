import assert from 'node:assert/strict';
import { BurstsAndGaps } from '../../../../src/core/findings/burstsAndGaps';
import type { RecordLog } from '../../../../src/core/scan/recordLog';
import { recordLog } from '../../../support/records';
import type { FindingPart } from '../../../../src/core/findings/findingParts';

/** A log of lines at seconds after midnight. */
function logOf(lines: readonly [second: number, message: string][]): RecordLog {
  const text = lines.map(([second, message]) => {
    const time = new Date(Date.UTC(2025, 2, 1, 0, 0, second)).toISOString().slice(0, 19).replace('T', ' ');
    return `${time} INFO ${message}\n`;
  });
  return recordLog(text.join(''));
}

/** A line every other second. */
const steady = (from: number, to: number): [number, string][] =>
  Array.from({ length: (to - from) / 2 }, (_, i) => [from + 2 * i, 'all is well']);

function burstAt(log: RecordLog, entry: number): FindingPart[] {
  return new BurstsAndGaps([log]).burst(log, log.eventLog.events[entry], log.times[entry]);
}

describe('BurstsAndGaps', () => {
  it('tells of a silence before and after it', () => {
    const rhythm = new BurstsAndGaps([logOf([...steady(0, 400), [1238, 'back again'], ...steady(1240, 1300)])]);
    assert.deepEqual(rhythm.silence(201), [{ part: 'silence', where: 'before', milliseconds: 840_000, usual: 2000 }]);
    assert.deepEqual(rhythm.silence(200), [{ part: 'silence', where: 'after', milliseconds: 840_000, usual: 2000 }]);
    assert.deepEqual(rhythm.silence(150), []);
  });

  it('takes no clock that was put back, no usual pause and no short log for a silence', () => {
    const back: [number, string][] = [...steady(1000, 1400), ...steady(0, 400), ...steady(1402, 1500)];
    const hourly = Array.from({ length: 60 }, (_, hour) => steady(3600 * hour, 3600 * hour + 20)).flat();
    for (const lines of [back, hourly, [...steady(0, 20), ...steady(5000, 5020)]]) {
      const rhythm = new BurstsAndGaps([logOf(lines)]);
      lines.forEach((_, i) => assert.deepEqual(rhythm.silence(i + 1), []));
    }
  });

  it('takes the latest record before a silence for its beginning, not a later line that is out of order', () => {
    const lines: [number, string][] = [...steady(0, 400), [300, 'late'], [1238, 'back again'], ...steady(1240, 1300)];
    const rhythm = new BurstsAndGaps([logOf(lines)]);
    assert.deepEqual(rhythm.silence(200), [{ part: 'silence', where: 'after', milliseconds: 840_000, usual: 2000 }]);
    assert.deepEqual(rhythm.silence(201), []);
    assert.deepEqual(rhythm.silence(202), [{ part: 'silence', where: 'before', milliseconds: 840_000, usual: 2000 }]);
  });

  it('hears what other parts of the log say meanwhile', () => {
    const whole = logOf([...steady(0, 400), ...steady(400, 1200), ...steady(1200, 1500)]);
    const part = (isOwn: (line: number) => boolean): RecordLog => ({
      ...whole,
      lines: whole.lines.filter(isOwn),
      times: whole.times.filter((_, entry) => isOwn(whole.lines[entry])),
    });
    const isFirst = (line: number): boolean => line <= 200 || line > 600;
    assert.notDeepEqual(new BurstsAndGaps([part(isFirst)]).silence(601), []);
    assert.deepEqual(new BurstsAndGaps([part(isFirst), part((line) => !isFirst(line))]).silence(601), []);
  });

  it('tells of a burst of like lines', () => {
    const burst = Array.from({ length: 312 }, (_, i): [number, string] => [605 + Math.floor(i / 78), 'retry']);
    const lines: [number, string][] = [[10, 'retry'], [11, 'retry'], [100, 'retry'], [200, 'retry'], ...burst];
    const log = logOf(lines);
    assert.deepEqual(burstAt(log, 50), [{ part: 'burst', count: 312, milliseconds: 3000, most: 2 }]);
    assert.deepEqual(burstAt(log, 0), []);
  });

  it('tells of a burst of what was never logged before or after, but of none that is the whole log', () => {
    const burst = Array.from({ length: 40 }, (_, i): [number, string] => [300 + i / 2, 'refused']);
    const log = logOf([...steady(0, 300), ...burst, ...steady(320, 600)]);
    assert.deepEqual(burstAt(log, 160), [{ part: 'burst', count: 40, milliseconds: 19_000 }]);
    const whole = logOf(burst);
    assert.deepEqual(burstAt(whole, 0), []);
  });

  it('takes no burst for one in which half of all records were written, with or without a time', () => {
    const burst = Array.from({ length: 40 }, (_, i): [number, string] => [300 + i / 2, 'refused']);
    const others = (count: number): [number, string][] =>
      Array.from({ length: count }, (_, i) => [i < count / 2 ? 5 * i : 400 + 5 * i, 'all is well']);
    const with40 = logOf([...burst, ...others(40)]);
    const with42 = logOf([...burst, ...others(42)]);
    assert.deepEqual(burstAt(with40, 0), []);
    assert.deepEqual(burstAt(with42, 0), [{ part: 'burst', count: 40, milliseconds: 19_000 }]);
    const timeless = { ...with42, times: Float64Array.from({ length: 2 }, () => NaN) };
    const rhythm = new BurstsAndGaps([with40, timeless]);
    assert.deepEqual(rhythm.burst(with40, with40.eventLog.events[0], with40.times[0]), [
      { part: 'burst', count: 40, milliseconds: 19_000 },
    ]);
  });
});
