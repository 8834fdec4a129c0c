import { UserError } from '../../core/errors/userError';
import { contradictionIn, contradictionText } from './contradictions';
import { rangeText } from './option';
import { SCAN_OPTIONS, type ScanOptionValues } from './options';
import type { TimeLimits } from './timeLimits';

/** What may be asked of a scan; what is left out comes from the model. Paths are those of the system. */
export interface ScanSettings extends TimeLimits, Omit<ScanOptionValues, 'maxFindings' | 'exclude'> {
  /** The threshold where it is below the usual one, which it cannot raise; without effect beside `threshold`. */
  lowerThreshold?: number;
  /** Where `suppress` comes from, for the notes. */
  suppressedBy?: string;
  /** Threads that read a large log; as many as there are cores, at most four, if left out. */
  threads?: number;
  /** Where the settings come from, for the summary's notes. */
  notes?: readonly string[];
}

/** @throws UserError if settings are out of range or contradict each other */
export function refuseContradictions(settings: ScanSettings): void {
  const { threshold } = settings;
  const { minimum, maximum } = SCAN_OPTIONS.threshold;
  if (threshold !== undefined && !(threshold >= minimum && threshold <= maximum)) {
    throw new UserError('threshold-out-of-range', { threshold, wanted: rangeText(SCAN_OPTIONS.threshold) });
  }
  const contradiction = contradictionIn({ ...settings });
  if (contradiction !== undefined) {
    throw new UserError('options-contradict', { options: contradictionText(contradiction, (name) => name) });
  }
}
