import { WARN } from '../../src/core/formats/level';
import type { Random } from '../../src/core/numeric/random';
import type { BaseLog } from './baseLog';
import { changedNumber } from './changedNumber';
import { OUTSPOKEN_FAILURES, PLAIN_FAILURES } from './failureMessages';
import { errorLevelOf } from './levelWords';
import { isEditable, replaced, withLevel, withMessage, type EditableRecord, type FaultyLog } from './logEdit';
import { missingStep, swappedOrder } from './orderFaults';
import { placeIn } from './places';
import { silence } from './silence';

/** Puts one fault into a log, at a place that is drawn; undefined if the log has no suited place. */
type Injector = (log: BaseLog, random: Random) => FaultyLog | undefined;

/** The kinds of faults by their names. */
export const FAULT_KINDS: ReadonlyMap<string, Injector> = new Map<string, Injector>([
  ['foreign error', (log, random) => foreignError(log, random, false)],
  ['foreign error with level', (log, random) => foreignError(log, random, true)],
  ['swapped order', swappedOrder],
  ['missing step', missingStep],
  ['burst', burst],
  ['silence', silence],
  ['repeated failure', repeatedFailure],
  ['changed number', changedNumber],
]);

/** How often the record of a burst is repeated, and how many of its template that many records have otherwise. */
const BURST = 40;
const USUAL_IN_BURST = 10;
/** Least and most records from one repeated failure to the next, and how often there is one at least. */
const LEAST_BETWEEN = 5;
const MOST_BETWEEN = 9;
const LEAST_REPEATED = 5;

/** A record says instead what another program says when something fails. */
function foreignError(log: BaseLog, random: Random, isLevelled: boolean): FaultyLog | undefined {
  const level = isLevelled ? errorLevelOf(log) : undefined;
  const place = placeIn(
    log,
    random,
    (record) => isHarmless(record) && (!isLevelled || record.parts.level !== undefined),
  );
  if (place === undefined || (isLevelled && level === undefined)) {
    return undefined;
  }
  const record = log.records[place] as EditableRecord;
  const line = withMessage(log, record, failureFor(log, random));
  return {
    lines: replaced(log, record.line, 1, [level === undefined ? line : withLevel(line, record, level)]),
    causes: [{ first: record.line + 1, last: record.line + 1 }],
  };
}

/** A record of one line whose message can be replaced and that does not call itself a warning or worse. */
function isHarmless(record: BaseLog['records'][number]): record is EditableRecord {
  return isEditable(record) && record.lineCount === 1 && record.level < WARN;
}

/** A failure that the log does not have, half of them without a word of trouble. */
function failureFor({ lines }: BaseLog, random: Random): string {
  const pool = random.next() < 0.5 ? OUTSPOKEN_FAILURES : PLAIN_FAILURES;
  const text = lines.join('').toLowerCase();
  const foreign = pool.filter((message) => !text.includes(message.toLowerCase()));
  return foreign[random.below(foreign.length)];
}

/** A record is repeated many times, with the time that it has. */
function burst(log: BaseLog, random: Random): FaultyLog | undefined {
  const { records } = log;
  const most = mostAtOnce(log);
  const place = placeIn(
    log,
    random,
    (record) => isEditable(record) && record.lineCount === 1 && most.get(record.event)! <= USUAL_IN_BURST,
  );
  if (place === undefined) {
    return undefined;
  }
  const { line } = records[place];
  return {
    lines: replaced(
      log,
      line,
      1,
      Array.from({ length: 1 + BURST }, () => log.lines[line]),
    ),
    causes: [{ first: line + 1, last: line + 1 + BURST }],
  };
}

/** Per template how many of its records {@link BURST} records in a row have at most. */
function mostAtOnce({ records }: BaseLog): Map<number, number> {
  const most = new Map<number, number>();
  const now = new Map<number, number>();
  records.forEach(({ event }, i) => {
    const count = (now.get(event) ?? 0) + 1;
    now.set(event, count);
    most.set(event, Math.max(most.get(event) ?? 0, count));
    const left = records[i - BURST + 1]?.event;
    if (left !== undefined) {
      now.set(left, now.get(left)! - 1);
    }
  });
  return most;
}

/**
 * From some place on a failure is told again and again, to the end of the log; half of the logs that have levels call it
 * an error.
 */
function repeatedFailure(log: BaseLog, random: Random): FaultyLog | undefined {
  const { records } = log;
  const place = placeIn(log, random, isHarmless);
  if (place === undefined) {
    return undefined;
  }
  const failure = failureFor(log, random);
  const level = random.next() < 0.5 ? errorLevelOf(log) : undefined;
  const lines = log.lines.slice(0, records[place].line);
  const causes: FaultyLog['causes'] = [];
  let next = place;
  for (let i = place; i < records.length; i++) {
    const record = records[i];
    if (i >= next && isHarmless(record)) {
      // The failure has the head of the record before which it stands, and so its time.
      const line = withMessage(log, record, failure);
      lines.push(level === undefined || record.parts.level === undefined ? line : withLevel(line, record, level));
      causes.push({ first: lines.length, last: lines.length });
      next = i + LEAST_BETWEEN + random.below(1 + MOST_BETWEEN - LEAST_BETWEEN);
    }
    lines.push(...log.lines.slice(record.line, records[i + 1]?.line));
  }
  return causes.length < LEAST_REPEATED ? undefined : { lines, causes };
}
