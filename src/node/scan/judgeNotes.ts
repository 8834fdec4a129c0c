import type { Profile } from '../../core/model/profile';
import type { ScanSettings } from '../settings/scanSettings';

/** What a report says where there is nothing to judge. */
export const EMPTY_LOG = 'the log is empty: nothing was judged';

/** What a report says about a model that judges, and how it reads the log. */
export function modelNotes(profile: Profile, sessionKey: string, { model, mask }: ScanSettings): string[] {
  return [
    `judged by: the model ${profile.name}, ${model === undefined ? 'which explains this log' : 'as asked for'}`,
    `format: ${profile.format.header}, as the model reads it`,
    `blocks: sessions by ${sessionKey}`,
    ...(mask?.length ? ['masks: not used, the model has its own templates'] : []),
  ];
}

/** What a report says where no model judges, and why. */
export function whyUnsupervised({ baseline, logFormat, unsupervised }: ScanSettings): string {
  if (baseline?.length) {
    return 'judged by: comparison with good logs, without labels';
  }
  const why = unsupervised
    ? 'as asked for'
    : logFormat === undefined
      ? 'no bundled model explains this log'
      : 'since a log format was given';
  return `judged by: the log itself, without labels (${why})`;
}
