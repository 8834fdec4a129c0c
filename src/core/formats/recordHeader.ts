import { UNKNOWN_LEVEL } from './level';

/** What a field is called that names where a record was written, in lower case. */
const SOURCE_NAMES = ['host', 'hostname', 'node', 'pod', 'container'];

/** The first field that names where a record was written; −1 if none does. */
export function sourceFieldOf(names: readonly string[]): number {
  return names.findIndex((name) => SOURCE_NAMES.includes(name.toLowerCase()));
}

const NO_NAMES: readonly string[] = [];
const NO_PLACES = new Int32Array(0);

/**
 * What is known of a record from its first line. One object is filled again and again, so that reading allocates
 * nothing; all places are in the bytes of the line that was matched.
 */
export class RecordHeader {
  /** Name of the format that the line has. */
  format = '';
  contentStart = 0;
  contentEnd = 0;
  /** One of the numbers of level.ts. */
  level = UNKNOWN_LEVEL;
  /** Milliseconds since 1970; NaN if the record has no time. */
  time = NaN;
  /** Minutes that the record's zone is ahead of UTC; NaN if it names none. */
  zone = NaN;
  /** Logger, class, program or service; empty if the record names none. */
  componentStart = 0;
  componentEnd = 0;
  /** Host, node, pod or container that wrote the record; empty if the record names none. */
  sourceStart = 0;
  sourceEnd = 0;
  /** The text of a stack trace that the record holds in a member of its own (JSON); empty if there is none. */
  traceStart = 0;
  traceEnd = 0;
  /** All fields of the header: field i is called `names[i]` and is `bytes[starts[i]…ends[i])`, empty if absent. */
  names: readonly string[] = NO_NAMES;
  starts: Int32Array = NO_PLACES;
  ends: Int32Array = NO_PLACES;
  /**
   * Whether the line was written by something that wraps lines one by one (a container runtime, a console), so that a
   * record may go on in the content of further lines; and where the wrapped line begins.
   */
  wrapped = false;
  payloadStart = 0;
  /** Whether the line is a part of one that what wraps it has split, and the next of its stream goes on with it. */
  partial = false;
  /** Whether there is a message that is written as an array, see withMessageText. */
  unreadMessage = false;
  /** Whether the content is written with the escapes of JSON. */
  escaped = false;
  /** Whether the content is on the next line. */
  open = false;

  /** Forgets the last record; `end` is the end of the line. */
  clear(format: string, start: number, end: number): void {
    this.format = format;
    this.contentStart = start;
    this.contentEnd = end;
    this.level = UNKNOWN_LEVEL;
    this.time = NaN;
    this.zone = NaN;
    this.componentStart = start;
    this.componentEnd = start;
    this.sourceStart = start;
    this.sourceEnd = start;
    this.traceStart = start;
    this.traceEnd = start;
    this.names = NO_NAMES;
    this.starts = NO_PLACES;
    this.ends = NO_PLACES;
    this.wrapped = false;
    this.payloadStart = start;
    this.partial = false;
    this.unreadMessage = false;
    this.escaped = false;
    this.open = false;
  }
}

/** Finds the header of records of one or more formats. */
export interface HeaderReader {
  /** Whether a record begins with the line `bytes[start…end)`; fills `header` if so. */
  match(bytes: Uint8Array, start: number, end: number, header: RecordHeader): boolean;
}
