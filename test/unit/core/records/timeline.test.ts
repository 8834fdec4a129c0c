import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ERROR, FATAL, INFO, UNKNOWN_LEVEL, WARN } from '../../../../src/core/formats/level';
import { TIMELINE_SEVERITIES, TimelineCounter, type Timeline } from '../../../../src/core/records/timeline';

const DAY = 86_400_000;
const BEGIN = Date.UTC(2024, 0, 1);

type Counted = [time: number, level: number];

function counted(records: readonly Counted[]): TimelineCounter {
  const counter = new TimelineCounter();
  for (const [time, level] of records) counter.add(time, level);
  return counter;
}

function sum({ counts }: Timeline): number {
  return counts.reduce((all, count) => all + count, 0);
}

const record = fc.tuple(fc.integer({ min: BEGIN, max: BEGIN + 300 * DAY }), fc.integer({ min: 0, max: 6 }));

describe('TimelineCounter', () => {
  it('counts records by second and severity', () => {
    const records: Counted[] = [
      [BEGIN, INFO],
      [BEGIN + 500, UNKNOWN_LEVEL],
      [BEGIN + 2000, WARN],
      [BEGIN + 2100, ERROR],
      [BEGIN + 2999, FATAL],
      [NaN, ERROR],
    ];
    assert.deepEqual(counted(records).timeline(), {
      start: BEGIN,
      width: 1000,
      counts: [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2],
    });
  });

  it('has nothing where no record has a time, also of before 1970', () => {
    assert.equal(counted([[NaN, INFO]]).timeline(), undefined);
    assert.deepEqual(counted([[-500, INFO]]).timeline(), { start: -1000, width: 1000, counts: [0, 1, 0, 0] });
  });

  it('counts each record once in its interval, in bounded memory, whatever order they come in', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 60 }), (records) => {
        const timeline = counted(records).timeline()!;
        const { start, width, counts } = timeline;
        assert.equal(sum(timeline), records.length);
        assert.ok(counts.length <= 2048 * TIMELINE_SEVERITIES.length);
        assert.equal(Math.log2(width / 1000) % 1, 0);
        const grave = new Map<number, number>();
        for (const [time, level] of records) {
          const place = Math.floor((time - start) / width);
          if (level >= ERROR) grave.set(place, (grave.get(place) ?? 0) + 1);
        }
        counts.forEach((count, i) => {
          if (i % 4 === 3) assert.equal(count, grave.get((i - 3) / 4) ?? 0);
        });
        assert.deepEqual(counted([...records].reverse()).timeline(), timeline);
      }),
    );
  });

  it('has no intervals without need: they are as short as the time allows', () => {
    const span = (seconds: number) =>
      counted([
        [BEGIN, INFO],
        [BEGIN + seconds * 1000, INFO],
      ]).timeline()!.width;
    assert.deepEqual([span(2047), span(2048), span(4095), span(4096)], [1000, 2000, 2000, 4000]);
  });

  it('gives the same for parts that are put together', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 60 }), fc.nat(60), (records, cut) => {
        const whole = new TimelineCounter();
        whole.take(counted(records.slice(0, cut)).timelines());
        whole.take(counted(records.slice(cut)).timelines());
        assert.deepEqual(whole.timeline(), counted(records).timeline());
      }),
    );
  });

  it('shows where most records are, not those of a clock that was not set', () => {
    const unset = Array.from({ length: 5 }, (_, i): Counted => [i * 1000, WARN]);
    const set = Array.from({ length: 20 }, (_, i): Counted => [BEGIN + i * 1000, INFO]);
    const alone = counted(set).timeline();
    for (const records of [
      [...unset, ...set],
      [...set, ...unset],
      [...set.slice(0, 3), ...unset, ...set.slice(3)],
    ]) {
      assert.deepEqual(counted(records).timeline(), alone);
      const merged = new TimelineCounter();
      merged.take(counted(records.slice(0, 4)).timelines());
      merged.take(counted(records.slice(4)).timelines());
      assert.deepEqual(merged.timeline(), alone);
    }
    const eras = Array.from({ length: 40 }, (_, i): Counted => [BEGIN + 800 * DAY * i, INFO]);
    assert.ok(sum(counted(eras).timeline()!) > 0);
  });
});
