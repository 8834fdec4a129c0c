import type { DetectedFormat } from '../formats/detection';
import { RecordReader } from '../input/recordReader';
import type { LearningEvents } from '../templates/eventSource';
import { discoverSessionKey, SAMPLE_RECORDS } from './keyDiscovery';

/**
 * Finds the session key of a log by its beginning; see {@link discoverSessionKey}.
 * @param beginning the log's first bytes, as they are on disk; the last line may be cut
 * @param events mines the templates
 * @param format detected if left out
 * @throws NotTextError if the bytes are no text
 */
export function sessionKeyOf(
  beginning: Uint8Array,
  events: LearningEvents,
  format: DetectedFormat | undefined,
): ReturnType<typeof discoverSessionKey> {
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
    { format },
  );
  reader.push(beginning);
  reader.finish();
  return discoverSessionKey(records);
}
