import { LEVEL_NAMES } from '../../../../src/core/formats/level';
import { RecordHeader, type HeaderReader } from '../../../../src/core/formats/recordHeader';
import { isoTime } from '../../../../src/core/formats/timeLayout';
import { text, utf8 } from '../../../support/bytes';

/** What a header says, as text. */
export interface ReadLine {
  format: string;
  content: string;
  level: string;
  time: string | null;
  component: string;
  source: string;
  fields: Record<string, string>;
}

/** Reads a line that stands among other bytes, which must not be looked at. */
export function readLine(reader: HeaderReader, line: string): ReadLine | undefined {
  const header = new RecordHeader();
  const bytes = utf8(`[1]${line}9]`);
  if (!reader.match(bytes, 3, bytes.length - 2, header)) {
    return undefined;
  }
  return described(header, bytes);
}

/** The fields of a header that was found in these bytes. */
export function described(header: RecordHeader, bytes: Uint8Array): ReadLine {
  const { names, starts, ends } = header;
  return {
    format: header.format,
    content: text(bytes, header.contentStart, header.contentEnd),
    level: LEVEL_NAMES[header.level],
    time: isoTime(header.time),
    component: text(bytes, header.componentStart, header.componentEnd),
    source: text(bytes, header.sourceStart, header.sourceEnd),
    fields: Object.fromEntries(names.map((name, i) => [name, text(bytes, starts[i], ends[i])])),
  };
}
