import type { DetectedFormat } from '../formats/detection';

/**
 * The formats of a log that is to be compared with others and has to be read alike: its own, and then what the others
 * have beside, for what one log shows on a hundred lines another may show on two.
 * @param first formats of the log
 * @param others those of the logs that it is compared with
 * @returns undefined if the log has no format that is known
 */
export function joinedFormats(first: DetectedFormat, others: readonly DetectedFormat[]): DetectedFormat | undefined {
  if (first.formats.length === 0) {
    return undefined;
  }
  const names = new Set(first.formats.map(({ name }) => name));
  const further = others.filter(({ formats }) => {
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
