import { RecordReader, type RecordReaderOptions } from '../records/recordReader';
import { pushSteps, type Steps } from '../patterns/steps';
import type { LearningEvents } from '../templates/eventSource';
import { discoverSessionKey, SAMPLE_RECORDS, type DiscoveredKey, type SampleRecord } from './keyDiscovery';

/**
 * Finds the session key of a log by its beginning; see {@link discoverSessionKey}.
 * @param beginning the log's first bytes, as they are on disk; the last line may be cut
 * @param events mines the templates
 * @param options what is known of the log
 * @throws NotTextError if the bytes are no text
 */
export function* sessionKeyOf(
  beginning: Uint8Array,
  events: LearningEvents,
  options: RecordReaderOptions,
): Steps<DiscoveredKey | undefined> {
  return discoverSessionKey(yield* sessionSample(beginning, events, options));
}

/**
 * The records of a log's beginning in which a session key is looked for: none in the output of a run, which has one story;
 * what recurs there, such as git's percentages, names no session.
 * @param beginning as {@link sessionKeyOf}
 * @throws NotTextError if the bytes are no text
 */
export function* sessionSample(
  beginning: Uint8Array,
  events: LearningEvents,
  options: RecordReaderOptions,
): Steps<SampleRecord[]> {
  const decoder = new TextDecoder();
  const records: SampleRecord[] = [];
  const reader = new RecordReader(
    {
      onRecord(bytes, start, end, _line, { contentStart, contentEnd }) {
        if (records.length < SAMPLE_RECORDS) {
          const event = events.eventOf(bytes, contentStart, contentEnd);
          records.push({ text: decoder.decode(bytes.subarray(start, end)), event });
        }
      },
      onContinuation: () => undefined,
      onTrace: () => undefined,
    },
    options,
  );
  yield* pushSteps(reader, beginning, options.watch);
  reader.finish();
  return reader.format?.reader().rules.console === true ? [] : records;
}
