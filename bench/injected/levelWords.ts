import { ERROR } from '../../src/core/formats/level';
import type { BaseLog } from './baseLog';
import { isEditable } from './logEdit';

/**
 * How a log writes that a record is an error: as its errors do, or else as its style demands; undefined if it has no
 * levels that can be written.
 */
export function errorLevelOf({ lines, records }: BaseLog): string | undefined {
  const counts = new Map<string, { count: number; isError: boolean }>();
  for (const record of records) {
    const span = isEditable(record) ? record.parts.level : undefined;
    if (span !== undefined) {
      const text = lines[record.line].slice(span.start, span.end);
      const isError = record.level === ERROR;
      counts.set(text, { count: (counts.get(text)?.count ?? 0) + 1, isError });
    }
  }
  const byCount = [...counts].sort(([, a], [, b]) => b.count - a.count);
  const own = byCount.find(([, { isError }]) => isError) ?? byCount[0];
  return own === undefined ? undefined : own[1].isError ? own[0] : errorLike(own[0]);
}

/** The word for an error in the style of another level. */
function errorLike(level: string): string | undefined {
  if (/^[a-z]+$/.test(level)) {
    return 'error'.slice(0, level.length === 1 ? 1 : undefined);
  }
  if (/^[A-Z]+$/.test(level)) {
    return 'ERROR'.slice(0, level.length === 1 ? 1 : undefined);
  }
  // The numbers of bunyan and pino; others mean something else in each format.
  return /^[A-Z][a-z]+$/.test(level) ? 'Error' : /^[1-6]0$/.test(level) ? '50' : undefined;
}
