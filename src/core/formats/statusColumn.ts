import { HASH, ZERO, isDigit, isSpace } from '../input/bytes';
import { levelOfStatus, UNKNOWN_LEVEL } from './level';

const FIELDS = new TextEncoder().encode('#Fields:');

/** The level of lines of columns by their HTTP status: 5xx is an error. A line `#Fields: …` names the columns. */
export class StatusColumn {
  /** Number of the column, from 0; −1 if no line has named it. */
  private column = -1;

  /** The level of the line `bytes[start…end)`; UNKNOWN_LEVEL of a directive, and where no status is known. */
  levelOf(bytes: Uint8Array, start: number, end: number): number {
    if (bytes[start] === HASH) {
      this.takeDirective(bytes, start, end);
      return UNKNOWN_LEVEL;
    }
    if (this.column < 0) {
      return UNKNOWN_LEVEL;
    }
    let position = start;
    for (let column = 0; column < this.column; column++) {
      while (position < end && !isSpace(bytes[position])) {
        position++;
      }
      while (position < end && isSpace(bytes[position])) {
        position++;
      }
    }
    const isStatus = position + 3 <= end && isDigit(bytes[position]) && isDigit(bytes[position + 2]);
    return !isStatus ? UNKNOWN_LEVEL : levelOfStatus(bytes[position] - ZERO);
  }

  private takeDirective(bytes: Uint8Array, start: number, end: number): void {
    if (FIELDS.every((byte, i) => start + i < end && bytes[start + i] === byte)) {
      const names = new TextDecoder().decode(bytes.subarray(start + FIELDS.length, end)).trim();
      this.column = names.split(/\s+/).indexOf('sc-status');
    }
  }
}
