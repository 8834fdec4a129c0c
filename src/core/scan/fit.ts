import { frozenReading } from './frozenReading';
import type { TextVerdict } from '../input/textRule';
import type { Profile } from '../model/profile';
import { LineWatch } from '../patterns/lineWatch';
import { pushSteps, type Steps } from '../patterns/steps';
import type { SessionKeyFinder } from '../blocks/sessionKey';
import { ModelLogScan } from './modelLogScan';

/** How well a model explains the beginning of a log. */
export interface Fit {
  /** Physical lines that were looked at, without empty ones. */
  lines: number;
  /** Lines that begin with the model's header. */
  records: number;
  /** Records that match one of the model's templates. */
  known: number;
}

/** Sessions do not matter here, and looking for their keys may cost much. */
const NO_KEYS: SessionKeyFinder = { find: () => undefined };

/** At least this share of the lines must be records; the others may be stack traces. */
const RECORD_SHARE = 0.2;
/** At least this share of the records must match a template. */
const KNOWN_SHARE = 0.5;

/**
 * Reads the beginning of a log with a model's format and templates.
 * @param beginning some of the log's first bytes, as they are on disk; its last line may be cut
 * @param text what they say of the encoding
 * @param watch stands beside the lines
 * @throws NotTextError if they are no text
 */
export function* fitOf(
  profile: Profile,
  beginning: Uint8Array,
  text: TextVerdict,
  watch = new LineWatch(),
): Steps<Fit> {
  const reading = frozenReading(profile, undefined, watch);
  const scan = new ModelLogScan({ ...reading, sessionKey: NO_KEYS, text });
  yield* pushSteps(scan, beginning, watch);
  const { lines, records, unknownRecords } = scan.finish();
  return { lines: lines - scan.emptyLines, records, known: records - unknownRecords };
}

/** Whether a model can be trusted to judge the log without having been asked for. An empty log fits every model. */
export function fits({ lines, records, known }: Fit): boolean {
  return records >= RECORD_SHARE * lines && known >= KNOWN_SHARE * records;
}
