import { AnsiCleaner } from '../input/ansi';
import { DECODED } from '../input/textRule';
import { RecordReader, type RecordReaderOptions } from '../records/recordReader';
import { withoutControls } from './escapeControls';

/** Characters of a record's text, and of the cause in it, at most. */
const TEXT_LENGTH = 120;
const CAUSE_LENGTH = 60;

/** Lines of a record that are looked at for its cause, at most. */
export const CAUSE_LINES = 200;

const CAUSED_BY = /^\s*(?:Caused by:?|nested exception is:?)\s+(\S.*)/;
/** The line of an exception: its type, and what it says. */
const EXCEPTION =
  /^(?:[\w$]+[.\\:]+)*[A-Z][\w$]*(?:Exception|Error|Throwable|Failure|Fault|Timeout|Interrupt|Exit)\b(?::.*)?$/;
const PACKAGE = /^(?:[a-z_$][\w$]*\.)+(?=[A-Z])/;

/**
 * Gives the text of records as people read them: the message without header, escape sequences and control characters, and
 * beside it the root cause of its stack trace.
 */
export class RecordTexts {
  private readonly reader: RecordReader;
  private readonly cleaner = new AnsiCleaner();
  private readonly decoder = new TextDecoder();
  private message: string | undefined;
  private trace = '';
  /** Whether the record is complete: what comes belongs to the next one. */
  private isNext = false;
  private continuations = 0;

  /** @param options how the log is read; its lines are given in UTF-8, whatever the log has */
  constructor(options: RecordReaderOptions) {
    const preview = { ...options.preview, text: DECODED };
    this.reader = new RecordReader(
      {
        onRecord: (bytes, _start, _end, _line, header) => {
          if (this.message === undefined) {
            const text = (start: number, end: number): string => this.decoder.decode(bytes.subarray(start, end));
            this.message = text(header.contentStart, header.contentEnd);
            this.message = header.escaped ? jsonString(this.message) : this.message;
            this.trace = jsonString(text(header.traceStart, header.traceEnd));
          } else {
            this.isNext = true;
          }
        },
        onContinuation: () => {
          this.continuations += this.isNext ? 0 : 1;
        },
        onTrace: () => undefined,
      },
      { ...options, preview, watch: undefined },
    );
  }

  /** The text of a record; empty if its first line is blank. */
  textOf(lines: readonly Uint8Array[]): string {
    this.message = undefined;
    this.isNext = false;
    this.continuations = 0;
    for (const line of lines) {
      this.reader.push(line);
      this.reader.push(LINE_END);
    }
    this.reader.endFile();
    const first = this.plain(lines[0] ?? new Uint8Array(0));
    const message = readable(this.message ?? '') || readable(first);
    const own = lines.slice(1, 1 + this.continuations).map((line) => this.plain(line));
    const cause = rootCause([...this.trace.split('\n'), ...own]);
    if (cause === undefined || message.includes(cause)) {
      return cut(message, TEXT_LENGTH);
    }
    const shown = cut(cause, CAUSE_LENGTH);
    return `${cut(message, TEXT_LENGTH - ARROW.length - shown.length)}${ARROW}${shown}`;
  }

  private plain(line: Uint8Array): string {
    const { cleaner } = this;
    cleaner.clean(line, 0, line.length);
    return this.decoder.decode(cleaner.bytes.subarray(cleaner.start, cleaner.end));
  }
}

const LINE_END = Uint8Array.of(0x0a);
const ARROW = ' ← ';

/** What a stack trace says in the end: of causes the last, else the exception itself, without its package. */
function rootCause(lines: readonly string[]): string | undefined {
  const cause = lines.map((line) => CAUSED_BY.exec(line)?.[1]).findLast((found) => found !== undefined);
  const isPython = lines.some((line) => line.startsWith('Traceback '));
  const exceptions = lines.filter((line) => EXCEPTION.test(line.trimEnd()));
  const found = cause ?? (isPython ? exceptions.at(-1) : exceptions[0]);
  return found === undefined ? undefined : readable(found).replace(PACKAGE, '');
}

/** A text on one line, without control characters; of a JSON object its values, each behind its name. */
function readable(text: string): string {
  const plain = withoutControls(text).replace(/\s+/g, ' ').trim();
  return plain.startsWith('{') ? (ofObject(plain) ?? plain) : plain;
}

function ofObject(text: string): string | undefined {
  try {
    const object = JSON.parse(text) as object;
    const members = Object.entries(object).filter(([, value]) => value === null || typeof value !== 'object');
    return members.length === 0 ? undefined : members.map(([name, value]) => `${name}: ${String(value)}`).join(', ');
  } catch {
    return undefined;
  }
}

/** What is written with the escapes of JSON; as it is if it is not. */
function jsonString(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}

function cut(text: string, length: number): string {
  return text.length <= length
    ? text
    : `${text
        .slice(0, length - 1)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()}…`;
}
