import { isDigit } from '../input/bytes';

/** A time layout that cannot be used; the message says why. */
export class TimeLayoutError extends Error {}

const FIELD_OF: Record<string, number> = { y: 0, M: 1, d: 2, H: 3, m: 4, s: 5 };

/**
 * The form of a record's time, for example `yyMMdd HHmmss`: `y` year (two digits count from 2000), `M` month, `d` day,
 * `H` hour, `m` minute, `s` second, each letter one digit; any other character stands for itself.
 */
export class TimeLayout {
  /** For each byte of the layout: the field its digit belongs to, or −1 − the literal byte. */
  private readonly steps: Int16Array;
  private readonly twoDigitYear: boolean;
  private readonly values = new Int32Array(6);

  /** @throws TimeLayoutError if year, month or day is missing */
  constructor(readonly layout: string) {
    this.steps = Int16Array.from(layout, (c) => FIELD_OF[c] ?? -1 - c.charCodeAt(0));
    for (const field of 'yMd') {
      if (!layout.includes(field)) {
        throw new TimeLayoutError(`The time layout "${layout}" has no "${field}".`);
      }
    }
    this.twoDigitYear = layout.split('y').length - 1 === 2;
  }

  /**
   * The time at `bytes[start…)` in milliseconds since 1970, read as UTC since logs rarely say their zone; NaN if the
   * bytes do not have this form.
   */
  parse(bytes: Uint8Array, start: number, end: number): number {
    const { steps, values } = this;
    if (end - start < steps.length) {
      return NaN;
    }
    values.fill(0);
    for (let i = 0; i < steps.length; i++) {
      const byte = bytes[start + i];
      const step = steps[i];
      if (step >= 0) {
        if (!isDigit(byte)) {
          return NaN;
        }
        values[step] = values[step] * 10 + byte - 0x30;
      } else if (byte !== -1 - step) {
        return NaN;
      }
    }
    const [year, month, day, hour, minute, second] = values;
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) {
      return NaN;
    }
    return Date.UTC(this.twoDigitYear ? 2000 + year : year, month - 1, day, hour, minute, second);
  }
}

/** ISO 8601 text of a time of {@link TimeLayout.parse}, without zone since the log names none; null for NaN. */
export function isoTime(time: number): string | null {
  return Number.isNaN(time) ? null : new Date(time).toISOString().replace(/(\.000)?Z$/, '');
}
