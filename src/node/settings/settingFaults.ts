import { SessionPatternError } from '../../core/blocks/sessionKey';
import { SuppressionError } from '../../core/findings/suppression';
import { UnknownFormatError } from '../../core/formats/chosenFormat';
import { ExpressionHeaderError } from '../../core/formats/expressionHeader';
import { HeaderFormatError } from '../../core/formats/headerFormat';
import { TimeLayoutError } from '../../core/formats/timeLayout';
import { TimeRangeError } from '../../core/formats/timeRange';
import { MaskError } from '../../core/templates/maskedEvents';
import { InputError } from '../files/inputError';

const SETTING_FAULTS = [
  SessionPatternError,
  HeaderFormatError,
  TimeLayoutError,
  UnknownFormatError,
  ExpressionHeaderError,
  TimeRangeError,
  SuppressionError,
  MaskError,
];

/** Turns the faults of patterns, formats and times, which come from settings or profiles, into InputErrors. */
export async function withInputErrors<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const known = SETTING_FAULTS.some((type) => error instanceof type);
    throw known && error instanceof Error ? new InputError(error.message) : error;
  }
}
