/** Why a log cannot be scanned or followed, if neither its file, a setting nor a model is at fault. */
export const SCAN_MESSAGES = {
  'good-log-is-judged':
    '{path} is given as a good log for itself, in which nothing could be found; give the log of another run that went well.',
  'good-log-empty': 'The good log {path} is empty; give the log of a run that went well.',
  'good-logs-followed':
    '{path} is judged against good logs, which is done with whole logs only; scan it, or follow it without them.',
  'known-no-fingerprint':
    '{path}: line {line} is no fingerprint; give a JSON report of an earlier run, or fingerprints, one a line.',
  'known-no-report':
    '{path} is no JSON report with fingerprints; make one with --output {path} --format json, or give fingerprints, one a line.',
  gone: '{path} does not exist; it may have been moved, deleted or rotated.',
  'worker-stalled':
    "LogCNN's worker has not answered since a scan was cancelled; the next scan has a new one, and the old one ends when it is done.",
  'worker-stopped': "LogCNN's worker stopped with a fault ({why}); scan again to start a new one.",
  'worker-ended': "LogCNN's worker ended unexpectedly (exit code {code}); scan again to start a new one.",
} as const;
