import { RecordReader } from './recordReader';
import type { DetectedFormat } from '../formats/detection';

/** Bytes at the beginning of each log by which its formats are detected. */
export const FORMAT_BYTES = 256 * 1024;

const IGNORE = { onRecord: () => undefined, onContinuation: () => undefined, onTrace: () => undefined };

/**
 * The formats of a log that is to be compared with others and has to be read alike: its own, and then what the others
 * have beside, for what one log shows on a hundred lines another may show on two.
 * @param beginning the first bytes of the log, as they are on disk
 * @param others the same of the logs that it is compared with
 * @returns undefined if the log has no format that is known
 * @throws NotTextError if the bytes are no text
 */
export function joinedFormats(beginning: Uint8Array, others: readonly Uint8Array[]): DetectedFormat | undefined {
  const first = formatOf(beginning);
  if (first.formats.length === 0) {
    return undefined;
  }
  const names = new Set(first.formats.map(({ name }) => name));
  const further = others.map(formatOf).filter(({ formats }) => {
    const isNew = formats.some(({ name }) => !names.has(name));
    formats.forEach(({ name }) => names.add(name));
    return isNew;
  });
  return {
    formats: first.formats,
    reader: (year) => {
      const reader = first.reader(year);
      further.forEach((format) => reader.add(format.reader(year)));
      return reader;
    },
  };
}

function formatOf(beginning: Uint8Array): DetectedFormat {
  const reader = new RecordReader(IGNORE);
  reader.push(beginning.subarray(0, FORMAT_BYTES));
  reader.finish();
  return reader.format!;
}
