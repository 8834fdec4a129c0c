import type { Random } from '../../src/core/numeric/random';
import type { BaseLog } from './baseLog';
import { isEditable, linesOf, replaced, withTimesOf, type FaultyLog } from './logEdit';
import { placeIn } from './places';

/** How often one template follows another at least, and in which share of the cases, that this is called an order. */
const FOLLOWED = 20;
const FOLLOWED_SHARE = 0.95;

/** Two records that always come in one order come in the other; the times stay in order. */
export function swappedOrder(log: BaseLog, random: Random): FaultyLog | undefined {
  const { records } = log;
  const isPair = regularPairs(log);
  const place = placeIn(log, random, (record, i) => {
    const next = records[i + 1];
    return (
      isPair(i) &&
      records[i - 1].event !== record.event &&
      records[i + 2]?.event !== next.event &&
      (record.time === next.time || (hasTimes(record) && hasTimes(next)))
    );
  });
  if (place === undefined) {
    return undefined;
  }
  const [first, second] = [records[place], records[place + 1]];
  const lines = [...withTimesOf(log, second, first), ...withTimesOf(log, first, second)];
  return {
    lines: replaced(log, first.line, lines.length, lines),
    causes: [{ first: first.line + 1, last: first.line + lines.length }],
  };
}

/** A record is left out that always follows another. */
export function missingStep(log: BaseLog, random: Random): FaultyLog | undefined {
  const { records } = log;
  const isPair = regularPairs(log);
  const place = placeIn(
    log,
    random,
    (_, i) => isPair(i) && records[i + 2] !== undefined && records[i + 2].event !== records[i + 1].event,
  );
  if (place === undefined) {
    return undefined;
  }
  const [before, missing] = [records[place], records[place + 1]];
  const after = linesOf(log, records[place + 2]).length;
  return {
    lines: replaced(log, missing.line, linesOf(log, missing).length, []),
    causes: [{ first: before.line + 1, last: missing.line + after }],
  };
}

function hasTimes(record: BaseLog['records'][number]): boolean {
  return isEditable(record) && record.parts.times.length > 0;
}

/** Whether a record and the next one come right after each other from one source, and their templates always do. */
function regularPairs({ records }: BaseLog): (index: number) => boolean {
  const lastOf = new Map<string, number>();
  const counts = new Map<number, number>();
  const pairs = new Map<string, number>();
  records.forEach(({ event, source }, i) => {
    const last = lastOf.get(source);
    if (last !== undefined) {
      const before = records[last].event;
      counts.set(before, (counts.get(before) ?? 0) + 1);
      const pair = `${before} ${event}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    lastOf.set(source, i);
  });
  return (i) => {
    const [first, second] = [records[i], records[i + 1]];
    if (second === undefined || first.source !== second.source || first.event === second.event) {
      return false;
    }
    const together = pairs.get(`${first.event} ${second.event}`)!;
    // Adjacent lines: what stands between two records belongs to one of them.
    return (
      together >= FOLLOWED &&
      together >= FOLLOWED_SHARE * counts.get(first.event)! &&
      second.line === first.line + first.lineCount
    );
  };
}
