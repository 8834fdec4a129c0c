import { CONSOLE_OUTPUT } from '../../src/core/formats/detection';
import { previewOf } from '../../src/core/records/logPreview';
import { RecordReader } from '../../src/core/records/recordReader';
import type { RecordSink } from '../../src/core/records/recordSink';
import { LearningEvents } from '../../src/core/templates/eventSource';
import { partsOf, type RecordParts } from './recordParts';

/** A record of a log into which a fault is put. */
export interface BaseRecord {
  /** Its first line, from 0, and how many lines it has. */
  line: number;
  lineCount: number;
  /** Index of its template. */
  event: number;
  /** One of the numbers of level.ts. */
  level: number;
  /** Milliseconds since 1970; NaN if it has none. */
  time: number;
  /** Host, node, pod or container that wrote it; empty if it names none. */
  source: string;
  /** The parts of its first line; undefined where the reader took the line in another form than it stands in the file. */
  parts?: RecordParts;
}

/** A log as the programs read it, with its lines to be changed. */
export interface BaseLog {
  /** Its lines as they are on disk, each with its line end; one character is one byte. */
  lines: string[];
  records: BaseRecord[];
  /** Name of its most frequent format; undefined if the log is console output or of no format that is known. */
  format?: string;
  /** Share of its records that have a time. */
  timedShare: number;
}

/**
 * Reads a log as the programs do: format detected, records assembled, templates mined.
 * @param bytes as it is on disk, in UTF-8 or any encoding in which a line end is one byte
 */
export function readBase(bytes: Uint8Array): BaseLog {
  const lines =
    Buffer.from(bytes)
      .toString('latin1')
      .match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
  const records: BaseRecord[] = [];
  const events = new LearningEvents();
  const sink: RecordSink = {
    onRecord(text, start, end, line, header) {
      const latin = (from: number, to: number): string => Buffer.from(text.subarray(from, to)).toString('latin1');
      const isAsOnDisk = !header.open && latin(start, end) === withoutEnd(lines[line - 1]);
      records.push({
        line: line - 1,
        lineCount: 1,
        event: events.eventOf(text, header.contentStart, header.contentEnd),
        level: header.level,
        time: header.time,
        source: latin(header.sourceStart, header.sourceEnd),
        parts: isAsOnDisk ? partsOf(text, start, end, header) : undefined,
      });
    },
    onContinuation: () => records[records.length - 1].lineCount++,
    onTrace: () => undefined,
  };
  const reader = new RecordReader(sink, { preview: previewOf(bytes) });
  reader.push(bytes);
  reader.finish();
  const templates = events.miner.finish();
  for (const record of records) {
    record.event = templates.eventOf[record.event];
  }
  const main = reader.format.formats[0]?.name;
  return {
    lines,
    records,
    format: main === CONSOLE_OUTPUT ? undefined : main,
    timedShare: records.filter(({ time }) => !Number.isNaN(time)).length / Math.max(1, records.length),
  };
}

/** A line without its line end. */
function withoutEnd(line: string): string {
  return line.replace(/[\r\n]+$/, '');
}
