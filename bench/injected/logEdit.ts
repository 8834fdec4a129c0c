import type { BaseLog, BaseRecord } from './baseLog';
import type { RecordParts } from './recordParts';

/** A log with a fault in it. */
export interface FaultyLog {
  /** Its lines as they are to be on disk, each with its line end. */
  lines: string[];
  /** The lines of the cause, counted from 1, both ends included. */
  causes: { first: number; last: number }[];
}

/** A record whose first line can be written anew. */
export type EditableRecord = BaseRecord & { parts: RecordParts };

/** Whether the first line of a record can be written anew. */
export function isEditable(record: BaseRecord | undefined): record is EditableRecord {
  const message = record?.parts?.message;
  return message !== undefined && message.end > message.start;
}

/** The text of a record's message, as it stands in the line. */
export function messageOf({ lines }: BaseLog, { line, parts: { message } }: EditableRecord): string {
  return lines[line].slice(message.start, message.end);
}

/** The first line of a record with another message, its line end included. */
export function withMessage({ lines }: BaseLog, { line, parts }: EditableRecord, message: string): string {
  const { start, end } = parts.message;
  const written = parts.isEscaped ? JSON.stringify(message).slice(1, -1) : message;
  return lines[line].slice(0, start) + written + lines[line].slice(end);
}

/**
 * A line with another level. What is longer takes its place from blanks that align the level.
 * @param line the record's first line, changed at most behind its level
 */
export function withLevel(line: string, { parts }: EditableRecord, level: string): string {
  const { start, end } = parts.level!;
  let before = line.slice(0, start);
  let after = line.slice(end);
  for (let surplus = level.length - (end - start); surplus > 0; surplus--) {
    if (/^\s\s/.test(after)) {
      after = after.slice(1);
    } else if (/\s\s$/.test(before)) {
      before = before.slice(0, -1);
    }
  }
  return before + level + after;
}

/** The log with some lines in place of others, `count` of them from line `line`, counted from 0. */
export function replaced({ lines }: BaseLog, line: number, count: number, by: readonly string[]): string[] {
  return [...lines.slice(0, line), ...by, ...lines.slice(line + count)];
}

/** All lines of some records in a row. */
export function linesOf({ lines }: BaseLog, first: BaseRecord, last = first): string[] {
  return lines.slice(first.line, last.line + last.lineCount);
}

/** The lines of a record with the times of another; with its own where either's cannot be written. */
export function withTimesOf(log: BaseLog, record: BaseRecord, other: BaseRecord): string[] {
  const lines = linesOf(log, record);
  if (!isEditable(record) || !isEditable(other)) {
    return lines;
  }
  const times = other.parts.times.map(({ start, end }) => log.lines[other.line].slice(start, end));
  // From the last to the first, so that the places hold.
  for (let i = Math.min(times.length, record.parts.times.length) - 1; i >= 0; i--) {
    const { start, end } = record.parts.times[i];
    lines[0] = lines[0].slice(0, start) + times[i] + lines[0].slice(end);
  }
  return lines;
}
