import {
  CASE_BIT,
  COLON,
  COMMA,
  DASH,
  DOT,
  LOWER_A,
  LOWER_M,
  LOWER_P,
  LOWER_T,
  PLUS,
  SPACE,
  UPPER_A,
  UPPER_G,
  UPPER_T,
  UPPER_U,
  UPPER_Z,
  ZERO,
  isDigit,
  isLetter,
  isLetterByte,
  isSpace,
} from '../input/bytes';

const LITERAL = 0;
const DIGITS = 1;
const ONE_OR_TWO = 2;
const MONTH_NAME = 3;
const LETTERS = 4;
const FRACTION = 5;
const ZONE = 6;
const AM_PM = 7;
const EPOCH = 8;
const UPTIME = 9;
const T_OR_BLANK = 10;

const YEAR = 0;
const MONTH = 1;
const DAY = 2;
const HOUR = 3;
const MINUTE = 4;
const SECOND = 5;
const MILLISECOND = 6;
const DAY_OF_YEAR = 7;

const EXACT: Record<string, number> = {
  y: YEAR,
  M: MONTH,
  d: DAY,
  H: HOUR,
  m: MINUTE,
  s: SECOND,
  S: MILLISECOND,
  j: DAY_OF_YEAR,
};
const ONE_DIGIT_OR_TWO: Record<string, number> = { D: DAY, N: MONTH, h: HOUR, p: MINUTE, q: SECOND, r: MILLISECOND };

const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';
const DAY_MILLISECONDS = 86_400_000;

const KEPT_OPS = new Set([LITERAL, DIGITS, ONE_OR_TWO, MONTH_NAME, LETTERS, T_OR_BLANK]);
/** Bytes of a time up to its seconds that are compared with those of the last one. */
const LONGEST_MINUTE = 32;

/**
 * A form of time, matched on bytes. Each letter stands for a digit: `y` year (two digits count from 2000), `M` month,
 * `d` day, `H` hour, `m` minute, `s` second, `S` fraction of a second, `j` day of the year. Further letters:
 *
 * | letter | stands for |
 * |---|---|
 * | `MMM` | name of a month, also in full or with a dot, in English or another common language |
 * | `E` | name of a weekday |
 * | `D` `N` `h` `p` `q` `r` | day, month, hour, minute, second, millisecond in one or more digits, padded by a blank |
 * | `f` | a fraction of a second after `.`, `,` or `:`, if there is one |
 * | `z` | a zone, if there is one: `Z`, `+01:00`, ` +0100`, ` UTC`, ` CEST`, ` Europe/Berlin` |
 * | `a` | `AM` or `PM` |
 * | `X` | seconds, milliseconds, microseconds or nanoseconds since 1970, with or without fraction |
 * | `u` | seconds with fraction since the start of something |
 * | `_` | `T` or blanks |
 *
 * Any other character stands for itself. After a {@link match} the parts are here, and {@link time} makes them a number.
 */
export class TimeMatcher {
  /** Minutes that the zone of the last match is ahead of UTC; NaN where it names none. */
  zone = NaN;
  /** Whether the form names a date, with or without year. */
  readonly hasDate: boolean;
  readonly hasYear: boolean;
  /** Bytes of the form, if it is made of nothing but digits and literal text, so that no other byte is looked at; else 0. */
  readonly fixedLength: number;

  private readonly ops: Int32Array;
  private readonly arguments: Int32Array;
  private readonly counts: Int32Array;
  private readonly values = new Int32Array(8);
  private readonly twoDigitYear: boolean;
  private readonly absolute: boolean;
  /** Milliseconds of an EPOCH or UPTIME. */
  private stamp = 0;
  private afternoon = -1;
  private lastDate = -1;
  private lastDay = 0;

  /** How many of the first parts, up to the minutes and what follows them, most lines have in common with the one before. */
  private readonly minuteOps: number;
  /** The bytes that these had in the last match, and how many; 0 if there is none. */
  private readonly minute = new Uint8Array(LONGEST_MINUTE);
  private minuteLength = 0;

  constructor(readonly layout: string) {
    const ops: number[] = [];
    const args: number[] = [];
    const counts: number[] = [];
    const add = (op: number, argument: number, count: number): void => {
      ops.push(op);
      args.push(argument);
      counts.push(count);
    };
    for (let i = 0; i < layout.length;) {
      const letter = layout[i];
      let count = 1;
      while (layout[i + count] === letter && letter in EXACT) {
        count++;
      }
      if (letter === 'M' && count === 3) {
        add(MONTH_NAME, 0, 0);
      } else if (letter in EXACT) {
        add(DIGITS, EXACT[letter], count);
      } else if (letter in ONE_DIGIT_OR_TWO) {
        add(ONE_OR_TWO, ONE_DIGIT_OR_TWO[letter], letter === 'r' ? 3 : 2);
      } else {
        add(OTHER_OPS[letter] ?? LITERAL, letter.charCodeAt(0), 1);
      }
      i += count;
    }
    this.ops = Int32Array.from(ops);
    this.arguments = Int32Array.from(args);
    this.counts = Int32Array.from(counts);
    this.fixedLength = ops.every((op) => op === DIGITS || op === LITERAL) ? counts.reduce((sum, n) => sum + n, 0) : 0;
    this.absolute = ops.includes(EPOCH) || ops.includes(UPTIME);
    this.hasYear = this.absolute || layout.includes('y');
    this.hasDate = this.absolute || /[MNj]/.test(layout);
    this.twoDigitYear = layout.split('y').length - 1 === 2;
    // All that they tell is in `values`, and they end with literal text, so that none depends on what comes after it.
    const seconds = ops.findIndex((op, i) => op === DIGITS && args[i] === SECOND);
    const before = ops.slice(0, Math.max(0, seconds));
    const isKept = before.at(-1) === LITERAL && before.every((op) => KEPT_OPS.has(op));
    this.minuteOps = isKept ? seconds : 0;
  }

  /** The place after the time that begins at `position`, or −1 if there is none of this form. */
  match(bytes: Uint8Array, position: number, end: number): number {
    const { ops, values } = this;
    this.zone = NaN;
    this.afternoon = -1;
    const start = position;
    let i = 0;
    if (this.hasSameMinute(bytes, position, end)) {
      values[SECOND] = 0;
      values[MILLISECOND] = 0;
      position += this.minuteLength;
      i = this.minuteOps;
    } else {
      // A call of fill takes longer.
      for (let k = 0; k < values.length; k++) {
        values[k] = 0;
      }
    }
    for (; i < ops.length; i++) {
      position = this.step(ops[i], this.arguments[i], this.counts[i], bytes, position, end);
      if (position < 0) {
        this.minuteLength = i < this.minuteOps ? 0 : this.minuteLength;
        return -1;
      }
      if (i === this.minuteOps - 1) {
        this.keepMinute(bytes, start, position);
      }
    }
    return this.isValid() ? position : -1;
  }

  /** Whether the bytes up to the minutes are those of the last match, so that `values` have them already. */
  private hasSameMinute(bytes: Uint8Array, position: number, end: number): boolean {
    const { minute, minuteLength } = this;
    if (minuteLength === 0 || position + minuteLength > end) {
      return false;
    }
    // From the back, where they differ first.
    for (let i = minuteLength - 1; i >= 0; i--) {
      if (minute[i] !== bytes[position + i]) {
        return false;
      }
    }
    return true;
  }

  private keepMinute(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    this.minuteLength = length <= LONGEST_MINUTE ? length : 0;
    for (let i = 0; i < this.minuteLength; i++) {
      this.minute[i] = bytes[start + i];
    }
  }

  /**
   * The last match in milliseconds since 1970, by the zone it names or else read as UTC, since logs rarely say their
   * zone.
   * @param year in place of one that the form does not have
   */
  time(year: number): number {
    if (this.absolute) {
      return this.stamp;
    }
    const { values } = this;
    if (this.hasYear) {
      year = this.twoDigitYear ? 2000 + values[YEAR] : values[YEAR];
    }
    const date = this.hasDate ? (year * 400 + values[DAY_OF_YEAR]) * 512 + values[MONTH] * 32 + values[DAY] : 0;
    if (date !== this.lastDate) {
      this.lastDate = date;
      this.lastDay = this.hasDate ? dayNumber(year, values) * DAY_MILLISECONDS : 0;
    }
    let hour = values[HOUR];
    if (this.afternoon >= 0) {
      hour = (hour % 12) + 12 * this.afternoon;
    }
    const local = this.lastDay + ((hour * 60 + values[MINUTE]) * 60 + values[SECOND]) * 1000 + values[MILLISECOND];
    return this.zone === this.zone ? local - this.zone * 60_000 : local;
  }

  /** Month of the last match, 1…12. */
  month(): number {
    return this.values[MONTH];
  }

  private isValid(): boolean {
    const { values } = this;
    if (this.absolute) {
      return true;
    }
    if (values[HOUR] > 23 || values[MINUTE] > 59 || values[SECOND] > 60) {
      return false;
    }
    if (!this.hasDate) {
      return true;
    }
    if (values[DAY_OF_YEAR] > 0) {
      return values[DAY_OF_YEAR] <= 366;
    }
    return values[MONTH] >= 1 && values[MONTH] <= 12 && values[DAY] >= 1 && values[DAY] <= 31;
  }

  private step(op: number, arg: number, count: number, bytes: Uint8Array, position: number, end: number): number {
    switch (op) {
      case LITERAL:
        return position < end && bytes[position] === arg ? position + 1 : -1;
      case DIGITS:
        return this.digits(arg, count, bytes, position, end);
      case ONE_OR_TWO:
        return this.oneOrTwo(arg, count, bytes, position, end);
      case FRACTION:
        return this.fraction(bytes, position, end);
      case ZONE:
        return this.matchZone(bytes, position, end);
      case T_OR_BLANK:
        if (position < end && (bytes[position] | CASE_BIT) === LOWER_T) {
          return position + 1;
        }
        return skipBlanks(bytes, position, end);
      case MONTH_NAME:
        return this.monthName(bytes, position, end);
      case LETTERS: {
        const after = skipLetters(bytes, position, end);
        return after - position >= 2 ? after : -1;
      }
      case AM_PM:
        if (position + 2 <= end && (bytes[position + 1] | CASE_BIT) === LOWER_M) {
          const letter = bytes[position] | CASE_BIT;
          this.afternoon = letter === LOWER_P ? 1 : 0;
          return letter === LOWER_P || letter === LOWER_A ? position + 2 : -1;
        }
        return -1;
      default:
        return this.matchStamp(op === EPOCH, bytes, position, end);
    }
  }

  private digits(field: number, count: number, bytes: Uint8Array, position: number, end: number): number {
    const after = position + count;
    if (after > end) {
      return -1;
    }
    let value = 0;
    for (let i = position; i < after; i++) {
      const digit = bytes[i] - ZERO;
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    this.values[field] =
      field === MILLISECOND ? Math.floor(count < 3 ? value * 10 ** (3 - count) : value / 10 ** (count - 3)) : value;
    return after;
  }

  private oneOrTwo(field: number, most: number, bytes: Uint8Array, position: number, end: number): number {
    if (position < end && bytes[position] === SPACE) {
      position++;
    }
    let value = 0;
    const start = position;
    while (position < end && position - start < most && isDigit(bytes[position])) {
      value = value * 10 + bytes[position] - ZERO;
      position++;
    }
    this.values[field] = value;
    return position > start ? position : -1;
  }

  private fraction(bytes: Uint8Array, position: number, end: number): number {
    if (position + 1 >= end || !isDigit(bytes[position + 1])) {
      return position;
    }
    const sign = bytes[position];
    if (sign !== DOT && sign !== COMMA && sign !== COLON) {
      return position;
    }
    let unit = 100;
    let milliseconds = 0;
    for (position++; position < end && isDigit(bytes[position]); position++) {
      milliseconds += unit * (bytes[position] - ZERO);
      unit = unit === 100 ? 10 : unit === 10 ? 1 : 0;
    }
    this.values[MILLISECOND] = milliseconds;
    return position;
  }

  private matchZone(bytes: Uint8Array, position: number, end: number): number {
    const blank = position < end && bytes[position] === SPACE ? 1 : 0;
    const first = position + blank;
    if (first >= end) {
      return position;
    }
    const byte = bytes[first];
    if (byte === UPPER_Z && (first + 1 === end || !isLetter(bytes[first + 1]))) {
      this.zone = 0;
      return first + 1;
    }
    if (byte === PLUS || byte === DASH) {
      return this.zoneOffset(byte === PLUS ? 1 : -1, bytes, first + 1, end, position);
    }
    const place = blank === 0 ? -1 : zonePlaceEnd(bytes, first, end);
    if (place >= 0) {
      return place;
    }
    // A zone's name, such as CEST: only those of UTC say what they are.
    let after = first;
    while (after < end && bytes[after] >= UPPER_A && bytes[after] <= UPPER_Z) {
      after++;
    }
    if (blank === 0 || after - first < 3 || after - first > 4 || (after < end && isDigit(bytes[after]))) {
      return position;
    }
    if ((after < end && isLetter(bytes[after])) || !isZoneName(bytes, first, after)) {
      return position;
    }
    if ((byte === UPPER_U && bytes[first + 1] === UPPER_T) || byte === UPPER_G) {
      this.zone = 0;
    }
    return after;
  }

  private zoneOffset(sign: number, bytes: Uint8Array, start: number, end: number, otherwise: number): number {
    let position = start;
    let digits = 0;
    let value = 0;
    while (position < end && digits < 4) {
      if (isDigit(bytes[position])) {
        value = value * 10 + bytes[position] - ZERO;
        digits++;
      } else if (bytes[position] !== COLON || digits !== 2) {
        break;
      }
      position++;
    }
    if (digits === 2 && bytes[position - 1] !== COLON) {
      this.zone = sign * value * 60;
      return position;
    }
    if (digits !== 4) {
      return otherwise;
    }
    this.zone = sign * (Math.trunc(value / 100) * 60 + (value % 100));
    return position;
  }

  private monthName(bytes: Uint8Array, position: number, end: number): number {
    if (position + 3 > end) {
      return -1;
    }
    for (let month = 0; month < 12; month++) {
      if (
        (bytes[position] | CASE_BIT) === MONTHS.charCodeAt(3 * month) &&
        (bytes[position + 1] | CASE_BIT) === MONTHS.charCodeAt(3 * month + 1) &&
        (bytes[position + 2] | CASE_BIT) === MONTHS.charCodeAt(3 * month + 2)
      ) {
        return this.takeMonth(month + 1, bytes, position + 3, end);
      }
    }
    return this.foreignMonth(bytes, position, end);
  }

  private foreignMonth(bytes: Uint8Array, position: number, end: number): number {
    for (const { name, month } of MONTHS_ABROAD) {
      if (startsWith(bytes, position, end, name)) {
        return this.takeMonth(month, bytes, position + name.length, end);
      }
    }
    return -1;
  }

  private takeMonth(month: number, bytes: Uint8Array, position: number, end: number): number {
    this.values[MONTH] = month;
    const after = skipLetters(bytes, position, end);
    return after < end && bytes[after] === DOT ? after + 1 : after;
  }

  private matchStamp(epoch: boolean, bytes: Uint8Array, position: number, end: number): number {
    if (!epoch) {
      position = Math.max(position, skipBlanks(bytes, position, end));
    }
    const start = position;
    let value = 0;
    while (position < end && isDigit(bytes[position])) {
      value = value * 10 + bytes[position] - ZERO;
      position++;
    }
    const digits = position - start;
    if (digits === 0 || digits > 19) {
      return -1;
    }
    let fraction = 0;
    if (position + 1 < end && bytes[position] === DOT && isDigit(bytes[position + 1])) {
      let unit = 0.1;
      for (position++; position < end && isDigit(bytes[position]); position++) {
        fraction += unit * (bytes[position] - ZERO);
        unit /= 10;
      }
    } else if (!epoch) {
      return -1;
    }
    this.stamp = epoch ? epochMilliseconds(value, digits, fraction) : Math.round(1000 * (value + fraction));
    return Number.isNaN(this.stamp) ? -1 : position;
  }
}

const OTHER_OPS: Record<string, number> = {
  E: LETTERS,
  f: FRACTION,
  z: ZONE,
  a: AM_PM,
  X: EPOCH,
  u: UPTIME,
  _: T_OR_BLANK,
};

/** Milliseconds since 1970 of a number of 9 or more digits: its unit is told by its size; NaN for a smaller number. */
export function epochMilliseconds(value: number, digits: number, fraction: number): number {
  if (digits < 9) {
    return NaN;
  }
  if (digits <= 11) {
    return Math.round(1000 * (value + fraction));
  }
  // A number of nanoseconds is not exact in a double: what is added makes up for its error of at most 256 of them.
  return Math.floor(digits <= 14 ? value : digits <= 17 ? value / 1e3 : value / 1e6 + 1e-3);
}

/** Days from 1970 to a date of the Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms"). */
function dayNumber(year: number, values: Int32Array): number {
  const dayOfYear = values[DAY_OF_YEAR];
  const month = dayOfYear > 0 ? 1 : values[MONTH];
  const day = dayOfYear > 0 ? dayOfYear : values[DAY];
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfShiftedYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfShiftedYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Beginnings of the names of months as other languages write them, where they are not those of English. */
const MONTH_NAMES: readonly string[] = [
  'janv ene gen sty oca янв січ',
  'fév fev lut şub фев лют',
  'mär mrz mrt мар бер',
  'avr abr kwi nis апр кві',
  'mai mag maj mei мая май тра',
  'juin giu cze haz июн чер',
  'juil lug lip tem июл лип',
  'aoû ago sie ağu авг сер',
  'set wrz eyl сен вер',
  'okt ott out paź eki окт жов',
  'lis kas ноя лис',
  'dez déc dic gru ara дек гру',
];

const MONTHS_ABROAD = [
  ...MONTH_NAMES.flatMap((names, index) =>
    names
      .split(' ')
      .flatMap((name) => [name, name[0].toUpperCase() + name.slice(1), name.toUpperCase()])
      .map((name) => ({ name: new TextEncoder().encode(name), month: index + 1 })),
  ),
  // Chinese, Japanese and Korean number them; those of two digits come first, since they hold the others.
  ...['月', '월'].flatMap((sign) =>
    Array.from({ length: 12 }, (_, i) => 12 - i).map((month) => ({
      name: new TextEncoder().encode(`${month}${sign}`),
      month,
    })),
  ),
];

/** Beginnings of the names of months that are not English, in UTF-8. */
export const FOREIGN_MONTHS: readonly Uint8Array[] = MONTHS_ABROAD.map(({ name }) => name);

function startsWith(bytes: Uint8Array, position: number, end: number, name: Uint8Array): boolean {
  if (position + name.length > end) {
    return false;
  }
  for (let i = 0; i < name.length; i++) {
    if (bytes[position + i] !== name[i]) {
      return false;
    }
  }
  return true;
}

const ZONE_NAMES = new Set(
  'UTC GMT CET CEST EET EEST WET WEST BST IST MSK PST PDT MST MDT CST CDT EST EDT JST KST HKT SGT AEST AEDT NZST NZDT BRT ART'.split(
    ' ',
  ),
);
const zoneHashes = new Set([...ZONE_NAMES].map((name) => zoneHash(new TextEncoder().encode(name), 0, name.length)));

function isZoneName(bytes: Uint8Array, start: number, end: number): boolean {
  return zoneHashes.has(zoneHash(bytes, start, end));
}

const AREAS = [
  'Africa',
  'America',
  'Antarctica',
  'Asia',
  'Atlantic',
  'Australia',
  'Europe',
  'Indian',
  'Pacific',
  'Etc',
].map((area) => new TextEncoder().encode(`${area}/`));

/** Where a name such as `Europe/Berlin` ends, which says nothing of the offset without a table; −1 if there is none. */
function zonePlaceEnd(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] < UPPER_A || bytes[start] > UPPER_Z) {
    return -1;
  }
  for (const area of AREAS) {
    if (startsWith(bytes, start, end, area)) {
      let after = start + area.length;
      while (after < end && PLACE_BYTES[bytes[after]] !== 0) {
        after++;
      }
      return after;
    }
  }
  return -1;
}

const PLACE_BYTES = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[\w+/-]/.test(String.fromCharCode(byte)) && byte < 0x80 ? 1 : 0,
);

/** Five bits a letter: at most four letters, so the number is exact. */
function zoneHash(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let i = start; i < end; i++) {
    hash = (hash << 5) | (bytes[i] & 0x1f);
  }
  return hash;
}

function skipLetters(bytes: Uint8Array, position: number, end: number): number {
  while (position < end && isLetterByte(bytes[position])) {
    position++;
  }
  return position;
}

function skipBlanks(bytes: Uint8Array, position: number, end: number): number {
  const start = position;
  while (position < end && isSpace(bytes[position])) {
    position++;
  }
  return position > start ? position : -1;
}
