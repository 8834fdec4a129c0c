import { RecordReader, type RecordReaderOptions } from '../records/recordReader';
import { pushSteps, type Steps } from '../patterns/steps';
import type { LearningEvents } from '../templates/eventSource';
import { SAMPLE_RECORDS, type SampleRecord } from './keyDiscovery';

/** What the records at the beginning of a log say. */
export interface FirstRecords {
  /** Whether there are any. */
  hasRecords: boolean;
  /** Whether one of them begins with a header of the log's formats. */
  hasHeader: boolean;
  /** Time of the first that has one, in milliseconds since 1970; NaN if none has. */
  time: number;
  /**
   * Records in which a session key is looked for: none in the output of a run, which has one story; what recurs there, such as
   * git's percentages, names no session.
   */
  sample: SampleRecord[];
}

/**
 * Reads the first records of a log, as many of them as tell something.
 * @param beginning its first bytes, as they are on disk; the last line may be cut
 * @param options what is known of the log
 * @param events mines the templates of the sample; there is none if they are left out
 * @throws NotTextError if the bytes are no text
 */
export function* firstRecords(
  beginning: Uint8Array,
  options: RecordReaderOptions,
  events?: LearningEvents,
): Steps<FirstRecords> {
  const decoder = new TextDecoder();
  const found: FirstRecords = { hasRecords: false, hasHeader: false, time: NaN, sample: [] };
  const names = new Set(options.preview.format.formats.map(({ name }) => name));
  const wanted = events === undefined || options.preview.format.reader().rules.console ? 0 : SAMPLE_RECORDS;
  const reader = new RecordReader(
    {
      onRecord(bytes, start, end, _line, header) {
        found.hasRecords = true;
        found.hasHeader ||= names.has(header.format);
        if (Number.isNaN(found.time)) {
          found.time = header.time;
        }
        if (found.sample.length < wanted) {
          const event = events!.eventOf(bytes, header.contentStart, header.contentEnd);
          found.sample.push({ text: decoder.decode(bytes.subarray(start, end)), event });
        }
      },
      onContinuation: () => undefined,
      onTrace: () => undefined,
    },
    options,
  );
  const isEnough = (): boolean => found.hasHeader && !Number.isNaN(found.time) && found.sample.length === wanted;
  yield* pushSteps(reader, beginning, options.watch, isEnough);
  if (!isEnough()) {
    reader.finish();
  }
  return found;
}
