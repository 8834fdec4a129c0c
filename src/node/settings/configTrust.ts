import type { ScanConfig } from './scanConfig';

/** What a key of a configuration could do that its user does not want, and whether it counts where nobody has named the file. */
interface KeyTrust {
  /** Why the key is used in no workspace that is not trusted. */
  harm: string;
  /** Whether it counts in a file that was found by its place; `lowering`: only if the value is below the usual one. */
  ifFound: 'used' | 'lowering' | 'left out';
}

/**
 * Whether a key of a configuration may be used, key by key. A file that is named, or that lies in a trusted workspace, is
 * used as a whole. One in a workspace that is not trusted is not used at all: every key can hide findings. One that was
 * merely found says how the log is read, for that can hardly be found elsewhere and is always told, but neither what is
 * told of it nor which files are opened.
 */
export const KEY_TRUST: Record<keyof ScanConfig, KeyTrust> = {
  logFormat: { harm: 'takes the model out, and may make one record of many', ifFound: 'used' },
  sessionKey: { harm: 'may tie all records into one block, or leave all of them out', ifFound: 'used' },
  masks: { harm: 'may make all messages alike', ifFound: 'used' },
  unsupervised: { harm: 'takes the model out', ifFound: 'used' },
  threshold: { harm: 'hides what scores less', ifFound: 'lowering' },
  maxFindings: { harm: 'hides all findings but the first', ifFound: 'left out' },
  suppress: { harm: 'hides findings', ifFound: 'left out' },
  exclude: { harm: 'hides logs where several are scanned', ifFound: 'left out' },
  model: { harm: 'has a file loaded as a network, which then says what is found', ifFound: 'left out' },
  baseline: { harm: 'has other files read, and hides what they have too', ifFound: 'left out' },
};
