import { RecordReader, type RecordReaderOptions } from '../records/recordReader';
import { pushSteps, type Steps } from '../patterns/steps';
import type { LearningEvents } from '../templates/eventSource';
import { discoverSessionKey, SAMPLE_RECORDS } from './keyDiscovery';

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
): Steps<ReturnType<typeof discoverSessionKey>> {
  const decoder = new TextDecoder();
  const records: { text: string; event: number }[] = [];
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
  if (reader.format?.reader().rules.console === true) {
    // A run has one story; what recurs in its output, such as git's percentages, names no session.
    return undefined;
  }
  return discoverSessionKey(records);
}
