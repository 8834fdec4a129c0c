import { channelLog, Evidence } from '../../src/core/detect/suspicion/evidence';
import { distanceToFailure } from '../../src/core/detect/suspicion/suspicion';
import { templateGravity } from '../../src/core/detect/suspicion/templateGravity';
import { remarkableScores, marginsOf } from '../../src/core/detect/unsupervised/unsupervisedScores';
import { templateCounts } from '../../src/core/events/eventLog';
import type { Outcome } from '../../src/core/formats/runOutcome';
import { nearIn } from '../../src/core/findings/stretchGroups';
import type { RecordLog } from '../../src/core/scan/recordLog';
import { UNSUPERVISED_PARTS } from '../../src/node/models/unsupervisedParts';
import type { JudgedLog } from '../systems/system';

/** The records of a log among which a reader looks for the cause: of each template those that stand out by some channel. */
export interface Candidates {
  kind: 'stream' | 'console';
  /** Names of the channels, and per candidate the value of each. */
  channels: readonly string[];
  values: readonly Float64Array[];
  /** Per candidate its template, its line, and whether it is a cause. */
  templates: readonly number[];
  lines: readonly number[];
  isCause: readonly boolean[];
  /** Values of the log as a whole, which make "nothing" more or less likely. */
  ofLog: readonly number[];
  /** Whether the log has no cause. */
  isHealthy: boolean;
  /** Findings this near each other, in lines, are one. */
  near: number;
}

/** As what a log is judged that has no sessions. */
export function kindOf({ eventLog }: RecordLog): Candidates['kind'] {
  return eventLog.kind === 'console' ? 'console' : 'stream';
}

/** The candidates of a log, with what the channels say of each. */
export async function candidatesOf(log: RecordLog, { causes }: Pick<JudgedLog, 'causes'>): Promise<Candidates> {
  const { eventLog, lines } = log;
  const kind = kindOf(log);
  const margins =
    kind === 'stream'
      ? marginsOf(await remarkableScores(eventLog, UNSUPERVISED_PARTS))
      : new Float64Array(lines.length);
  const counted = channelLog(eventLog.templates.map(templateGravity), templateCounts(eventLog));
  const evidence = new Evidence(kind, counted);
  const toFailure = distanceToFailure(eventLog);
  const recordValuesOf = (entry: number): number[] => evidence.recordValues(margins[entry], toFailure(entry));
  /** By template and channel the first entry with the highest value. */
  const best = new Map<string, { entry: number; value: number }>();
  eventLog.events.forEach((event, entry) => {
    recordValuesOf(entry).forEach((value, channel) => {
      const key = `${event} ${channel}`;
      const known = best.get(key);
      if (known === undefined || value > known.value) {
        best.set(key, { entry, value });
      }
    });
  });
  const entries = [...new Set([...best.values()].map(({ entry }) => entry))].sort((a, b) => a - b);
  return {
    kind,
    channels: [...evidence.templateChannels, ...evidence.recordChannels],
    values: entries.map((entry) =>
      Float64Array.of(...evidence.templateValues(counted.all[eventLog.events[entry]]), ...recordValuesOf(entry)),
    ),
    templates: entries.map((entry) => eventLog.events[entry]),
    lines: entries.map((entry) => lines[entry]),
    isCause: entries.map((entry) => causes.some(({ first, last }) => lines[entry] >= first && lines[entry] <= last)),
    ofLog: kind === 'console' ? ofOutcome(eventLog.outcomes?.last) : [],
    isHealthy: causes.length === 0,
    near: nearIn(log.lineCount),
  };
}

/** Whether a run says last that something failed, or succeeded. */
function ofOutcome(last: Outcome | undefined): number[] {
  return [last === 'failed' ? 1 : 0, last === 'succeeded' ? 1 : 0];
}
