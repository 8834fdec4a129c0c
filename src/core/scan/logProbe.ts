import { firstRecords, type FirstRecords } from '../blocks/firstRecords';
import type { DetectedFormat } from '../formats/detection';
import { endOfNuls, LONGEST_UNIT } from '../input/bytes';
import type { Encoding } from '../input/encoding';
import { inspectText, type TextVerdict } from '../input/textRule';
import type { Profile } from '../model/profile';
import type { LineWatch } from '../patterns/lineWatch';
import type { Steps } from '../patterns/steps';
import { previewOf, type LogPreview } from '../records/logPreview';
import type { RecordReaderOptions } from '../records/recordReader';
import type { LearningEvents } from '../templates/eventSource';
import { fitOf, type Fit } from './fit';

/** Bytes at the beginning of a log that decide how it is read. */
export const BEGINNING_BYTES = 1 << 20;

/**
 * The beginning of a log, looked at once: all that is to be found out before the log is read is found out here, and handed to
 * whoever reads it. So it is the same in whichever way the log comes. What costs more is done when it is asked for, since a
 * log that a model reads needs no format, and one whose format is given none that is detected.
 */
export class LogProbe {
  /** The first MiB, behind a hole of NULs. */
  readonly beginning: Uint8Array;
  /** Whether it is text, and in which encoding. */
  readonly text: TextVerdict;
  private detected: LogPreview | undefined;

  /**
   * @param bytes the first MiB of the log or more, as they are on disk, or all of it; a hole may be left out
   * @param encoding in which the log is, where that was said; found out if left out
   */
  constructor(bytes: Uint8Array, encoding?: Encoding) {
    const start = endOfNuls(bytes, 0, bytes.length);
    // The last ones may be parts of a code unit of UTF-16 or UTF-32.
    const from = start < bytes.length ? start - (start % LONGEST_UNIT) : start;
    this.beginning = bytes.subarray(from, from + BEGINNING_BYTES);
    this.text = inspectText(this.beginning, encoding);
  }

  /**
   * How the lines of the log are to be read.
   * @throws NotTextError if it is no text
   */
  get preview(): LogPreview {
    return (this.detected ??= previewOf(this.beginning, undefined, this.text));
  }

  /**
   * How they are to be read in a format that is given.
   * @throws NotTextError if it is no text
   */
  previewAs(format: DetectedFormat): LogPreview {
    return previewOf(this.beginning, format, this.text);
  }

  /**
   * What the first records say; see {@link firstRecords}.
   * @throws NotTextError if it is no text
   */
  firstRecords(options: RecordReaderOptions, events?: LearningEvents): Steps<FirstRecords> {
    return firstRecords(this.beginning, options, events);
  }

  /**
   * How well a model explains the beginning; see {@link fitOf}.
   * @throws NotTextError if it is no text
   */
  fitOf(profile: Profile, watch: LineWatch): Steps<Fit> {
    return fitOf(profile, this.beginning, this.text, watch);
  }
}
