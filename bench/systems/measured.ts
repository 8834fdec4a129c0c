import { Random } from '../../src/core/numeric/random';
import type { JudgedLog } from './system';

/** What a detector listed of a log, the first entry first. */
export interface Listing {
  log: JudgedLog;
  /** The line that each of the first entries points to. */
  lines: readonly number[];
  /** How many findings there are. */
  findings: number;
}

/** Figures of a system: means over its units, so that a unit of many logs has no more say. */
export interface Measured {
  units: number;
  /** Share in which the first entry points to a cause, and one of the first ten. */
  first: number;
  firstTen: number;
  /** Entries to read until one points to the cause; {@link MOST_READ} where none of the first does. */
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

/** The figures of what a detector listed of the logs of a system. */
export function measure(listings: readonly Listing[]): Measured {
  const mean = (value: (listing: Listing, rank: number) => number): number => meanOf(unitMeans(listings, value));
  return {
    units: unitMeans(listings, () => 0).length,
    first: mean((_, rank) => (rank === 1 ? 1 : 0)),
    firstTen: mean((_, rank) => (rank <= 10 ? 1 : 0)),
    toRead: mean((_, rank) => Math.min(rank, MOST_READ)),
    silent: mean(({ findings }) => (findings === 0 ? 1 : 0)),
    findings: mean(({ findings }) => findings),
  };
}

/**
 * Interval in which 95 % of the shares lie whose first entry points to a cause, if the units are drawn anew with
 * replacement (bootstrap percentiles, Efron & Tibshirani 1993, chapter 13).
 */
export function firstInterval(listings: readonly Listing[], draws = 1000): [number, number] {
  const units = unitMeans(listings, (_, rank) => (rank === 1 ? 1 : 0));
  const random = new Random(1);
  const means = Float64Array.from({ length: draws }, () =>
    meanOf(units.map(() => units[random.below(units.length)])),
  ).sort();
  return [means[Math.floor(0.025 * draws)], means[Math.ceil(0.975 * draws) - 1]];
}

/**
 * Per unit the mean over its logs.
 * @param value of a listing and the rank of the cause in it, Infinity if it is not there
 */
function unitMeans(listings: readonly Listing[], value: (listing: Listing, rank: number) => number): number[] {
  const byUnit = new Map<string, number[]>();
  for (const listing of listings) {
    const { log, lines } = listing;
    byUnit.set(log.unit, [...(byUnit.get(log.unit) ?? []), value(listing, rankOfCause(log, lines) ?? Infinity)]);
  }
  return [...byUnit.values()].map(meanOf);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
