import { readFileSync } from 'node:fs';
import { LEVEL_NAMES } from '../../src/core/formats/level';
import { previewOf } from '../../src/core/records/logPreview';
import { RecordReader } from '../../src/core/records/recordReader';
import type { RecordSink } from '../../src/core/records/recordSink';

/** A record of a log as it is read. */
export interface RecordFields {
  /** Its first line, from 1. */
  line: number;
  format: string;
  /** In milliseconds since 1970, NaN if there is none. */
  time: number;
  level: string;
  /** Its content, without the escapes of JSON. */
  message: string;
  /** All of its first line. */
  text: string;
}

/** Reads a whole log by the formats that are found in it. */
export function recordFields(file: string): RecordFields[] {
  const records: RecordFields[] = [];
  const decoder = new TextDecoder();
  const bytes = readFileSync(file);
  const sink: RecordSink = {
    onRecord(bytes, start, end, line, header) {
      const content = decoder.decode(bytes.subarray(header.contentStart, header.contentEnd));
      records.push({
        line,
        format: header.format,
        time: header.time,
        level: LEVEL_NAMES[header.level],
        message: header.escaped ? unescaped(content) : content,
        text: decoder.decode(bytes.subarray(start, end)),
      });
    },
    onContinuation: () => undefined,
    onTrace: () => undefined,
  };
  const reader = new RecordReader(sink, { preview: previewOf(bytes) });
  reader.push(bytes);
  reader.finish();
  return records;
}

function unescaped(content: string): string {
  try {
    return String(JSON.parse(`"${content}"`));
  } catch {
    return content;
  }
}
