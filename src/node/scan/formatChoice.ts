import { UserError } from '../../core/errors/userError';
import type { FirstRecords } from '../../core/blocks/firstRecords';
import { chosenFormat } from '../../core/formats/chosenFormat';
import type { DetectedFormat } from '../../core/formats/detection';
import type { LineWatch } from '../../core/patterns/lineWatch';
import type { Steps } from '../../core/patterns/steps';
import type { LogPreview } from '../../core/records/logPreview';
import type { LogProbe } from '../../core/scan/logProbe';
import type { LearningEvents } from '../../core/templates/eventSource';
import type { LogSource } from '../files/logSource';

const DAY = 86_400_000;

/** What is known of a log before it is read as a whole. */
export interface ReadingBasis extends Pick<FirstRecords, 'sample'> {
  /** What its beginning says of all of it. */
  preview: LogPreview;
  /** Year of the first record, for formats that do not name it. */
  year: number;
}

/** What decides on it beside the log. */
interface Given {
  /** See {@link chosenFormat}; detected if left out. */
  logFormat?: string;
  /** In place of the detected format, if it gives any. */
  formatBeside?: (own: DetectedFormat) => DetectedFormat | undefined;
  /** Stands beside the lines that are looked at. */
  watch?: LineWatch;
  /** Mines the templates of the sample in which a session key is looked for; there is none if left out. */
  events?: LearningEvents;
}

/**
 * Looks at the first records of a log: whether the format that was asked for is theirs, and in which year they begin. A
 * log without years ends in the year of its last change, and begins in the one before if it would lie ahead else.
 * @throws UserError if no record has the format, or it cannot be used
 * @throws NotTextError if the log is no text
 */
export function* readingBasis(
  source: LogSource,
  probe: LogProbe,
  { logFormat, formatBeside, watch, events }: Given = {},
): Steps<ReadingBasis> {
  const format = logFormat === undefined ? formatBeside?.(probe.preview.format) : chosenFormat(logFormat);
  const preview = format === undefined ? probe.preview : probe.previewAs(format);
  const year = new Date(source.lastChange).getFullYear();
  const { hasRecords, hasHeader, time, sample } = yield* probe.firstRecords({ preview, year, watch }, events);
  if (logFormat !== undefined && hasRecords && !hasHeader) {
    throw new UserError('log-format-unmatched', { path: source.name, format: logFormat });
  }
  return { preview, sample, year: time > source.lastChange + DAY ? year - 1 : year };
}
