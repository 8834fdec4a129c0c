import type { Translate } from './translate';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in its two largest units, for example `3 min 20 s`. */
export function durationText(milliseconds: number, t: Translate): string {
  const units: [number, (count: number) => string][] = [
    [DAY, (count) => t('{0} d', count)],
    [HOUR, (count) => t('{0} h', count)],
    [MINUTE, (count) => t('{0} min', count)],
    [SECOND, (count) => t('{0} s', count)],
    [1, (count) => t('{0} ms', count)],
  ];
  const largest = units.findIndex(([unit]) => milliseconds >= unit);
  if (largest < 0) {
    return t('{0} ms', 0);
  }
  const [unit, text] = units[largest];
  const count = Math.floor(milliseconds / unit);
  const [smaller, smallerText] = units[largest + 1] ?? [Infinity, text];
  const rest = Math.floor((milliseconds - count * unit) / smaller);
  // Milliseconds beside seconds say nothing to a reader.
  return rest > 0 && smaller > 1 ? `${text(count)} ${smallerText(rest)}` : text(count);
}
