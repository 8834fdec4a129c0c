import { RecordReader, type RecordReaderOptions } from './recordReader';
import { pushSteps, type Steps } from '../patterns/steps';

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
 * @param options what is known of the log
 * @throws NotTextError if the bytes are no text
 */
export function* firstRecords(beginning: Uint8Array, options: RecordReaderOptions): Steps<FirstRecords> {
  const found: FirstRecords = { records: 0, headed: 0, time: NaN };
  const names = new Set(options.format?.formats.map(({ name }) => name));
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
    options,
  );
  yield* pushSteps(reader, beginning.subarray(0, LOOK_BYTES), options.watch);
  reader.finish();
  return found;
}
