import { UserError } from '../../core/errors/userError';
import type { TimeLimits } from './timeLimits';

/** What may be asked of a scan; what is left out comes from the model. */
export interface ScanSettings extends TimeLimits {
  /** A model bundle; the bundled model that fits if left out. */
  modelPath?: string;
  /** Regular expression for session keys. */
  sessionPattern?: string;
  /** Score from which a block is anomalous, 0…1. */
  threshold?: number;
  /** The same where it is below the usual one, which it cannot raise; without effect beside `threshold`. */
  lowerThreshold?: number;
  /** Judge without any model of labelled logs, even if one fits. */
  unsupervised?: boolean;
  /** Paths of logs that are believed good, which the log is judged against, and by no model. */
  baselines?: readonly string[];
  /** How the records begin, see chosenFormat; no bundled model is then looked for, since a model reads its own header. */
  logFormat?: string;
  /** Regular expressions for what is variable in messages, where a log is judged without labels. */
  masks?: readonly string[];
  /** Templates and fingerprints of findings that are not to be told, see Suppression. */
  suppress?: readonly string[];
  /** Where `suppress` comes from, for the notes. */
  suppressedBy?: string;
  /** Threads that read a large log; as many as there are cores, at most four, if left out. */
  threads?: number;
  /** Where the settings come from, for the summary's notes. */
  notes?: readonly string[];
}

/** @throws UserError if settings are out of range or contradict each other */
export function refuseContradictions(settings: ScanSettings): void {
  if (settings.threshold !== undefined && !(settings.threshold >= 0 && settings.threshold <= 1)) {
    throw new UserError('threshold-out-of-range', { threshold: settings.threshold });
  }
  if (settings.modelPath !== undefined && settings.logFormat !== undefined) {
    throw new UserError('log-format-with-model');
  }
  if (settings.modelPath !== undefined && settings.baselines?.length) {
    throw new UserError('good-logs-with-model');
  }
}
