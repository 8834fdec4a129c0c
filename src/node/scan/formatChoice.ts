import { UserError } from '../../core/errors/userError';
import { chosenFormat } from '../../core/formats/chosenFormat';
import type { DetectedFormat } from '../../core/formats/detection';
import type { LineWatch } from '../../core/patterns/lineWatch';
import type { Steps } from '../../core/patterns/steps';
import { firstRecords } from '../../core/records/firstRecords';
import { previewOf } from '../../core/records/logPreview';
import type { LogPreview } from '../../core/records/recordReader';
import type { LogSource } from '../files/logSource';

const DAY = 86_400_000;

/** What is known of a log before it is read as a whole. */
export interface ReadingBasis {
  /** The format that was asked for; to be detected if undefined. */
  format: DetectedFormat | undefined;
  /** What its beginning says of all of it. */
  preview: LogPreview;
  /** Year of the first record, for formats that do not name it. */
  year: number;
}

/**
 * Looks at the first records of a log: whether the format that was asked for is theirs, and in which year they begin. A
 * log without years ends in the year of its last change, and begins in the one before if it would lie ahead else.
 * @param logFormat see {@link chosenFormat}
 * @param watch stands beside the lines that are looked at
 * @throws UserError if no record has the format, or it cannot be used
 * @throws NotTextError if the log is no text
 */
export function* readingBasis(
  source: LogSource,
  beginning: Uint8Array,
  logFormat: string | undefined,
  watch?: LineWatch,
): Steps<ReadingBasis> {
  const format = logFormat === undefined ? undefined : chosenFormat(logFormat);
  const year = new Date(source.lastChange).getFullYear();
  const preview = previewOf(beginning, format);
  const { records, headed, time } = yield* firstRecords(beginning, { format, year, watch, preview });
  if (logFormat !== undefined && records > 0 && headed === 0) {
    throw new UserError('log-format-unmatched', { path: source.name, format: logFormat });
  }
  return { format, preview, year: time > source.lastChange + DAY ? year - 1 : year };
}
