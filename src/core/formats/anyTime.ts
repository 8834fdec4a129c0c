import { isDigit } from '../input/bytes';
import { FOREIGN_MONTHS, TimeMatcher } from './timeMatcher';

/** Forms of time that begin a line, the usual and the specific ones first. */
const LAYOUTS = [
  'yyyy-MM-dd_HH:mm:ssfz',
  'yyyy/MM/dd_HH:mm:ssfz',
  'yyyy.MM.dd HH:mm:ssf',
  'yyyyMMdd HH:mm:ssf',
  'yyyyMMdd-HH:mm:ssf',
  'yyyyMMdd.HHmmssf',
  'yyyyMMddTHHmmssfz',
  'yyyy:MM:dd-HH:mm:ss',
  'yyyy-jjjTHH:mm:ssf',
  'yyyy-MM-dd_h:mm:ssfz',
  'yyyy-MM-dd-HH.mm.ss.SSSSSS',
  'yyyy-MM-dd_HH:mm',
  'ddMMMyyyy HH:mm:ssf',
  'dd/MMM/yyyy:HH:mm:ssfz',
  'dd/MMM/yyyy HH:mm:ssfz',
  'dd-MMM-yyyy HH:mm:ssfz',
  'D MMM yyyy HH:mm:ssfz',
  'D MMM HH:mm:ssf',
  'MM/dd/yyyy-HH:mm:ssf',
  'MM/dd/yyyy HH:mm:ssf',
  'N/D/yyyy h:mm:ss a',
  'N/D/yyyy, h:mm:ss a',
  'N/D/yyyy, h:mm:ss',
  'dd/MM/yyyy HH:mm:ssf',
  'dd-MM-yyyy HH:mm:ssfz',
  'dd.MM.yyyy HH:mm:ssf',
  'MM/dd/yy HH:mm:ssf',
  'yy/MM/dd HH:mm:ssf',
  'yyMMdd h:mm:ss',
  'yyMMdd HHmmss',
  'MM-dd HH:mm:ssf',
  'MM.dd HH:mm:ss',
  'HH:mm:ssf',
  'X',
  'MMM D HH:mm:ss yyyy',
  'MMM D HH:mm:ssfz',
  'MMM D, yyyy h:mm:ss a',
  'MMM D, yyyy @ HH:mm:ssf',
  'MMM D yyyy HH:mm:ssfz',
  'MMM-dd-yy HH:mm:ss',
  'E MMM D HH:mm:ssf yyyy',
  'E MMM D HH:mm:ssz yyyy',
  'E MMM D yyyy HH:mm:ss',
  'E, D MMM yyyy HH:mm:ssfz',
  'E yyyy-MM-dd_HH:mm:ssfz',
];

/** Matches a time in any of the usual forms; that of the last time found is tried first. */
export class AnyTime {
  /** The form of the last match. */
  matcher = new TimeMatcher(LAYOUTS[0]);

  /** Made when the first form is not the one. */
  private matchers: readonly TimeMatcher[] | undefined;

  /** The place after the time that begins at `position`, or −1 if there is none. */
  match(bytes: Uint8Array, position: number, end: number): number {
    const after = this.matcher.match(bytes, position, end);
    if (after >= 0) {
      return after;
    }
    if (position >= end || !mayBeginTime(bytes, position, end)) {
      return -1;
    }
    this.matchers ??= LAYOUTS.map((layout) => new TimeMatcher(layout));
    for (const matcher of this.matchers) {
      const place = matcher.match(bytes, position, end);
      if (place >= 0) {
        this.matcher = matcher;
        return place;
      }
    }
    return -1;
  }
}

const NAMES = new Set('jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun'.split(' '));
const NAME_HASHES = new Uint8Array(1 << 15);
for (const name of [...[...NAMES].map((each) => new TextEncoder().encode(each)), ...FOREIGN_MONTHS]) {
  NAME_HASHES[nameHash(name, 0)] = 1;
}

/** A cheap first look: a time begins with a digit or the name of a month or weekday. */
export function mayBeginTime(bytes: Uint8Array, position: number, end: number): boolean {
  return isDigit(bytes[position]) || (position + 3 <= end && NAME_HASHES[nameHash(bytes, position)] !== 0);
}

function nameHash(bytes: Uint8Array, position: number): number {
  return ((bytes[position] & 31) << 10) | ((bytes[position + 1] & 31) << 5) | (bytes[position + 2] & 31);
}
