import type { Random } from '../../src/core/numeric/random';
import type { BaseLog, BaseRecord } from './baseLog';

/** The share of a log before and behind which there is no fault. */
const EDGE = 0.2;

/**
 * Draws a place of a log, from its middle.
 * @param isSuited whether a record is a place for the fault
 * @returns the index of its record; undefined if no record is one
 */
export function placeIn(
  { records }: BaseLog,
  random: Random,
  isSuited: (record: BaseRecord, index: number) => boolean,
): number | undefined {
  const first = Math.ceil(EDGE * records.length);
  const last = Math.floor((1 - EDGE) * records.length);
  const places: number[] = [];
  for (let i = first; i < last; i++) {
    if (isSuited(records[i], i)) {
      places.push(i);
    }
  }
  return places.length === 0 ? undefined : places[random.below(places.length)];
}
