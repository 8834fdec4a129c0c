import { Random } from '../../src/core/numeric/random';
import type { JudgedLog } from './system';

/** What was listed of a log, the first entry first. */
export interface ListedLines {
  /** The line that each of the first entries points to. */
  lines: readonly number[];
  /** How many findings there are. */
  findings: number;
}

/** Figures of a system: means over its units, so that a unit of many logs has no more say. */
export interface Measured {
  units: number;
  first: number;
  firstTen: number;
  /** Entries to read until one points to the cause; `MOST_READ` where none of the first does. */
  toRead: number;
  /** Share of the logs without any finding. */
  silent: number;
  findings: number;
}

/** Entries that are looked at. */
export const MOST_READ = 50;

/** The rank from 1 of the first entry that points to a cause; undefined if none does. */
export function rankOfCause({ causes }: JudgedLog, lines: readonly number[]): number | undefined {
  const rank = lines.findIndex((line) => causes.some(({ first, last }) => line >= first && line <= last));
  return rank < 0 ? undefined : rank + 1;
}

/** The figures of one ranking of each log. */
export function measure(logs: readonly JudgedLog[], listed: readonly ListedLines[]): Measured {
  const ranks = logs.map((log, i) => rankOfCause(log, listed[i].lines));
  const mean = (value: (i: number) => number): number => unitMean(logs, value);
  return {
    units: new Set(logs.map(({ unit }) => unit)).size,
    first: mean((i) => (ranks[i] === 1 ? 1 : 0)),
    firstTen: mean((i) => ((ranks[i] ?? Infinity) <= 10 ? 1 : 0)),
    toRead: mean((i) => ranks[i] ?? MOST_READ),
    silent: mean((i) => (listed[i].findings === 0 ? 1 : 0)),
    findings: mean((i) => listed[i].findings),
  };
}

/** Mean over units of the means over their logs. */
function unitMean(logs: readonly JudgedLog[], value: (i: number) => number): number {
  return mean([...valuesByUnit(logs, value).values()].map(mean));
}

function valuesByUnit(logs: readonly JudgedLog[], value: (i: number) => number): Map<string, number[]> {
  const byUnit = new Map<string, number[]>();
  logs.forEach(({ unit }, i) => byUnit.set(unit, [...(byUnit.get(unit) ?? []), value(i)]));
  return byUnit;
}

/**
 * Interval in which 95 % of the means lie if the units are drawn anew with replacement (bootstrap percentiles, Efron &
 * Tibshirani 1993, chapter 13).
 */
export function interval(logs: readonly JudgedLog[], value: (i: number) => number, draws = 1000): [number, number] {
  const units = [...valuesByUnit(logs, value).values()].map(mean);
  const random = new Random(1);
  const means = Float64Array.from({ length: draws }, () =>
    mean(units.map(() => units[Math.floor(random.next() * units.length)])),
  ).sort();
  return [means[Math.floor(0.025 * draws)], means[Math.ceil(0.975 * draws) - 1]];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
