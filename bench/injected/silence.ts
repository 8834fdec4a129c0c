import type { Random } from '../../src/core/numeric/random';
import type { BaseLog } from './baseLog';
import { replaced, type FaultyLog } from './logEdit';
import { placeIn } from './places';

/** A silence is so many times the gap that this share of the gaps does not exceed, and so many times the longest. */
const LONGER_THAN_USUAL = 30;
const USUAL_SHARE = 0.99;
const LONGER_THAN_ANY = 2;
/** Share of the log that is left out at most. */
const MOST_LEFT_OUT = 0.25;
/** Records that are left out at least. */
const LEAST_LEFT_OUT = 5;

/** Nothing is written for far longer than ever; the cause is the first record after it. */
export function silence(log: BaseLog, random: Random): FaultyLog | undefined {
  const { records } = log;
  const gaps = records.slice(1).map(({ time }, i) => time - records[i].time);
  // Also false where a record has no time.
  if (!gaps.every((gap) => gap >= 0)) {
    return undefined;
  }
  gaps.sort((a, b) => a - b);
  const shortest = gaps.find((gap) => gap > 0);
  if (shortest === undefined) {
    return undefined;
  }
  const usual = Math.max(shortest, gaps[Math.floor(USUAL_SHARE * (gaps.length - 1))]);
  const length = Math.max(LONGER_THAN_USUAL * usual, LONGER_THAN_ANY * gaps[gaps.length - 1]);
  const endOf = (start: number): number => {
    const end = records.findIndex(({ time }, i) => i > start && time - records[start - 1].time >= length);
    return end < 0 ? Infinity : end;
  };
  const place = placeIn(log, random, (_, i) => {
    const leftOut = endOf(i) - i;
    return leftOut >= LEAST_LEFT_OUT && leftOut <= MOST_LEFT_OUT * records.length;
  });
  if (place === undefined) {
    return undefined;
  }
  const { line } = records[place];
  return {
    lines: replaced(log, line, records[endOf(place)].line - line, []),
    causes: [{ first: line + 1, last: line + 1 }],
  };
}
