import type { Random } from '../../src/core/numeric/random';
import type { BaseLog } from './baseLog';
import { isEditable, messageOf, replaced, type EditableRecord, type FaultyLog } from './logEdit';
import { placeIn } from './places';

/** A number that stands for itself, with or without a unit: no part of a name, an address, a date or a version. */
const NUMBER = /(?<![\w.:/#-])\d+(?:\.\d+)?(?=(?:ms|us|ns|s|kB|KB|MB|GB|B|%)?(?![\w:/-]|\.\w))/g;
/** What stands before a number that is a name, such as a port. */
const NAMING = /(?:port|[upgt]?id|caller|slot|session|nt|version)[ =:]*$/i;
/** How often a template occurs at least whose number is changed. */
const OCCURRENCES = 30;
/** Different values of a number that is a measure, and no constant. */
const DIFFERENT_VALUES = 5;
/** Between the least and the greatest value at most. */
const DECADE = 10;

/** A number that a template has in each record is a thousand times what it is. */
export function changedNumber(log: BaseLog, random: Random): FaultyLog | undefined {
  const steady = steadyNumbers(log);
  const place = placeIn(log, random, (record) => steady.has(record.event) && isEditable(record));
  if (place === undefined) {
    return undefined;
  }
  const record = log.records[place] as EditableRecord;
  const slots = steady.get(record.event)!;
  const slot = slots[random.below(slots.length)];
  const message = messageOf(log, record);
  const { number, index } = numbersOf(message)[slot];
  const changed = message.slice(0, index) + thousandfold(number) + message.slice(index + number.length);
  const { start, end } = record.parts.message;
  const line = log.lines[record.line];
  return {
    lines: replaced(log, record.line, 1, [line.slice(0, start) + changed + line.slice(end)]),
    causes: [{ first: record.line + 1, last: record.line + 1 }],
  };
}

/** By the template the numbers of its messages, counted from 0, whose values lie within a decade and do not just ascend. */
function steadyNumbers(log: BaseLog): Map<number, number[]> {
  const values = new Map<number, number[][]>();
  for (const record of log.records) {
    if (isEditable(record)) {
      const numbers = numbersOf(messageOf(log, record)).map(({ number }) => Number(number));
      values.set(record.event, [...(values.get(record.event) ?? []), numbers]);
    }
  }
  return new Map(
    [...values].flatMap(([event, rows]): [number, number[]][] => {
      if (rows.length < OCCURRENCES || rows.some(({ length }) => length !== rows[0].length)) {
        return [];
      }
      const slots = rows[0].map((_, slot) => slot).filter((slot) => isSteady(rows.map((row) => row[slot])));
      return slots.length === 0 ? [] : [[event, slots]];
    }),
  );
}

function numbersOf(message: string): { number: string; index: number }[] {
  return [...message.matchAll(NUMBER)].flatMap(({ 0: number, index }) =>
    NAMING.test(message.slice(0, index)) ? [] : [{ number, index }],
  );
}

function isSteady(values: readonly number[]): boolean {
  const least = Math.min(...values);
  return (
    least > 0 &&
    Math.max(...values) <= DECADE * least &&
    new Set(values).size >= DIFFERENT_VALUES &&
    values.some((value, i) => i > 0 && value < values[i - 1])
  );
}

/** A decimal number a thousand times as great, with as many decimals. */
function thousandfold(number: string): string {
  const [whole, decimals = ''] = number.split('.');
  const padded = decimals.padEnd(3, '0');
  const rest = padded.slice(3).padEnd(decimals.length, '0');
  const shifted = (whole + padded.slice(0, 3)).replace(/^0+(?=\d)/, '');
  return decimals === '' ? shifted : `${shifted}.${rest}`;
}
