import { UserError } from '../../core/errors/userError';
import { MAXIMUM_EVENT, SessionTableBuilder, type SessionTable } from '../../core/blocks/sessionTable';
import { grown } from '../../core/numeric/columns';
import { openLog } from '../files/logSource';

/** Characters of the longest header, and of the longest row; a session of four million records has fewer. */
const MAX_HEADER_CHARACTERS = 1 << 16;
const MAX_ROW_CHARACTERS = 1 << 24;
/** As many sessions are told apart in a log. */
const MAX_SESSIONS = 1 << 24;

/** Characters of a field that a message repeats. */
const SHOWN_CHARACTERS = 100;

/** A sequences CSV whose content cannot be used; the message names the file, the row and the remedy. */

/**
 * Reads a CSV of labelled event sequences, one session a row, as a stream: the columns `BlockId`, `Label`, `Sequence`
 * and optionally `InRawDev` (0 or 1), in any order, others are ignored. Label is `Normal` or `Anomaly`; Sequence is the
 * session's event numbers, 0…65535 separated by spaces, oldest first. Gzip is read through.
 * @throws UserError if the file cannot be read, a column is missing or a row is not of that form
 */
export async function readSequencesCsv(path: string): Promise<SessionTable> {
  const rows = new RowReader(path);
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of (await openLog(path)).chunks()) {
    const text = rest + decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      rows.push(text.slice(start, end));
      start = end + 1;
    }
    rest = text.slice(start);
    rows.refuseLongRow(rest.length);
  }
  rest += decoder.decode();
  if (rest !== '') {
    rows.push(rest);
  }
  return rows.finish();
}

/** Turns the lines of a sequences CSV into sessions. */
class RowReader {
  private readonly builder = new SessionTableBuilder();
  private columns: { key: number; label: number; sequence: number; inRawDev: number; count: number } | undefined;
  private row = 0;
  private events = new Uint16Array(512);

  constructor(private readonly path: string) {}

  /** @throws UserError if a row that has so many characters is longer than any session's */
  refuseLongRow(characters: number): void {
    const most = this.columns === undefined ? MAX_HEADER_CHARACTERS : MAX_ROW_CHARACTERS;
    if (characters > most) {
      throw new UserError('sequences-row-too-long', { path: this.path, row: this.row + 1, most });
    }
  }

  push(line: string): void {
    this.row++;
    if (this.row > MAX_SESSIONS) {
      this.fail(`more than ${MAX_SESSIONS} sessions, which are not read`);
    }
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (this.columns === undefined) {
      this.columns = this.header(text.split(','));
    } else if (text !== '') {
      this.session(text.split(',').map(unquote), this.columns);
    }
  }

  finish(): SessionTable {
    const table = this.builder.build();
    if (table.label.length === 0) {
      throw new UserError('sequences-empty', { path: this.path });
    }
    return table;
  }

  private header(names: string[]): NonNullable<RowReader['columns']> {
    const plain = names.map((name) => unquote(name.trim()));
    const index = (name: string): number => {
      const found = plain.indexOf(name);
      if (found < 0) {
        throw new UserError('sequences-column-missing', { path: this.path, column: name });
      }
      return found;
    };
    return {
      key: index('BlockId'),
      label: index('Label'),
      sequence: index('Sequence'),
      inRawDev: plain.indexOf('InRawDev'),
      count: names.length,
    };
  }

  private session(fields: string[], columns: NonNullable<RowReader['columns']>): void {
    if (fields.length !== columns.count) {
      this.fail(`${fields.length} fields where the header has ${columns.count}`);
    }
    const label = fields[columns.label];
    if (label !== 'Normal' && label !== 'Anomaly') {
      this.fail(`label ${quoted(label)} where Normal or Anomaly is expected`);
    }
    const inRawDev = columns.inRawDev < 0 ? '0' : fields[columns.inRawDev];
    if (inRawDev !== '0' && inRawDev !== '1') {
      this.fail(`InRawDev ${quoted(inRawDev)} where 0 or 1 is expected`);
    }
    const length = this.parseEvents(fields[columns.sequence]);
    this.builder.add(fields[columns.key], label === 'Anomaly', inRawDev === '1', this.events, length);
  }

  /** Parses event numbers into `this.events` and gives how many there are. */
  private parseEvents(text: string): number {
    let length = 0;
    let value = -1;
    for (let i = 0; i <= text.length; i++) {
      const digit = i < text.length ? text.charCodeAt(i) - 48 : -16;
      if (digit >= 0 && digit <= 9) {
        value = (value < 0 ? 0 : value * 10) + digit;
        if (value > MAXIMUM_EVENT) {
          this.fail(`event number above ${MAXIMUM_EVENT}`);
        }
      } else if (digit === -16) {
        if (value >= 0) {
          if (length === this.events.length) {
            this.events = grown(this.events);
          }
          this.events[length++] = value;
          value = -1;
        }
      } else {
        this.fail(`character ${JSON.stringify(text[i])} in a sequence where event numbers and spaces are expected`);
      }
    }
    return length;
  }

  private fail(fault: string): never {
    throw new UserError('sequences-value', { path: this.path, row: this.row, why: fault });
  }
}

function unquote(field: string): string {
  return field.length >= 2 && field.startsWith('"') && field.endsWith('"') ? field.slice(1, -1) : field;
}

/** A field in a message, cut where it fills a screen: a row may be megabytes long. */
function quoted(field: string): string {
  return JSON.stringify(field.length > SHOWN_CHARACTERS ? `${field.slice(0, SHOWN_CHARACTERS)}…` : field);
}
