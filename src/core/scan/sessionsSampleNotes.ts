import type { SessionsSample } from './modelLog';

/** What a report says where not all of a log could be kept, see KeptBlocks. */
export function sessionsSampleNotes(sample: SessionsSample | undefined): string[] {
  if (sample === undefined) {
    return [];
  }
  const { step, longest } = sample;
  const what =
    step === 1
      ? `of each session its first ${longest} records were judged`
      : `one of about ${step} sessions was judged, picked by the hash of its key, and of each its first ${longest} records`;
  return [`very large log: ${what}; detect-anomalies --map and --reduce judge all`];
}
