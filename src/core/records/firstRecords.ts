import { RecordReader } from './recordReader';
import type { LineWatch } from '../patterns/lineWatch';
import type { DetectedFormat } from '../formats/detection';

/** Bytes of a log that are looked at. */
const LOOK_BYTES = 64 * 1024;

/** What the first records of a log say. */
export interface FirstRecords {
  /** Records that were looked at, those without header too. */
  records: number;
  /** Those that begin with a header of the format. */
  headed: number;
  /** Time of the first that has one, in milliseconds since 1970; NaN if none has. */
  time: number;
}

/**
 * Reads the first records of a log.
 * @param beginning its first bytes, as they are on disk; the last line may be cut
 * @param format detected if left out
 * @param year of the first record, where the format does not name it
 * @param watch stands beside the lines
 * @throws NotTextError if the bytes are no text
 */
export function firstRecords(
  beginning: Uint8Array,
  format: DetectedFormat | undefined,
  year: number,
  watch?: LineWatch,
): FirstRecords {
  const found: FirstRecords = { records: 0, headed: 0, time: NaN };
  const names = new Set(format?.formats.map(({ name }) => name));
  const reader = new RecordReader(
    {
      onRecord(_bytes, _start, _end, _line, header) {
        found.records++;
        found.headed += names.has(header.format) ? 1 : 0;
        if (Number.isNaN(found.time)) {
          found.time = header.time;
        }
      },
      onContinuation: () => undefined,
      onTrace: () => undefined,
    },
    { format, year, watch },
  );
  reader.push(beginning.subarray(0, LOOK_BYTES));
  reader.finish();
  return found;
}
