import { UserError } from '../../core/errors/userError';
import { refuseIfCancelled } from '../../core/cancellation';
import { Suppression } from '../../core/findings/suppression';
import { ModelDetector } from '../../core/detectors/model/modelDetector';
import { UnsupervisedDetector } from '../../core/detectors/unsupervised/unsupervisedDetector';
import { DetectorFollower, type LogFollower } from '../../core/follow/logFollower';
import type { TextVerdict } from '../../core/input/textRule';
import { limitedLinesNotes } from '../../core/patterns/limitedLinesNotes';
import { sessionsSampleNotes } from '../../core/scan/sessionsSampleNotes';
import { GrowingModelLog } from '../../core/scan/growingModelLog';
import { GrowingRecordLog } from '../../core/scan/growingRecordLog';
import type { Verdict } from '../../core/verdict/verdict';
import { WarmUp } from '../../core/follow/warmUp';
import { frozenReading } from '../../core/scan/frozenReading';
import { LogProbe } from '../../core/scan/logProbe';
import { LineWatch } from '../../core/patterns/lineWatch';
import { atOnce } from '../../core/patterns/steps';
import { UNSUPERVISED_PARTS } from '../models/unsupervisedParts';
import { describeLog, unsupervisedReading, sampleNotes } from './unsupervisedReading';
import { UNSUPERVISED_THRESHOLD } from './unsupervisedScan';
import { loadModel, type LoadedModel } from '../models/loadedModel';
import { CHUNK_BYTES } from '../files/fileChunks';
import { openLogFile, type LogSource } from '../files/logSource';
import { inEncoding } from './inEncoding';
import { modelFor, peek, requireAnyFit, type PeekedLog } from './modelChoice';
import { namingLog } from '../files/notText';
import { modelNotes, whyUnsupervised } from './judgeNotes';
import { refuseContradictions, type ScanSettings } from '../settings/scanSettings';
import { thresholdInForce } from '../settings/thresholdInForce';
import { FollowedFile } from '../files/followedFile';

/** Milliseconds between two looks at the file. */
const LOOK_INTERVAL = 500;
/** A line whose end is missing is taken as it is after so many milliseconds in which nothing came. */
const SILENCE = 1000;
/** A file that has been away for so many milliseconds will not come back: log rotation renames one and then makes another. */
const GONE_AFTER = 3000;
/** After results have been reported so many milliseconds are waited: rows that are drawn more often can hardly be clicked. */
const UPDATE_INTERVAL = 1000;
/** The same by the time that the results took: so many times that, for other scans want to go on too. */
const REST = 4;

/** What is found in a log that is followed, and the file as it was read. */
export interface FollowUpdate {
  /** Of the anomalous blocks alone, until the next update. */
  verdict: Verdict;
  /** Size in bytes, and time of the last change in milliseconds since 1970. */
  file: { size: number; mtime: number };
}

/** How following speaks with its caller. */
export interface FollowHooks {
  /** Called often while what the log has at first is scanned. */
  onProgress: (phase: 'reading' | 'judging', done: number, total: number) => void;
  /** Takes what is found, first when what the log has at first is scanned, then after each change; waited for. */
  onUpdate: (update: FollowUpdate) => Promise<void>;
  /** Asked between chunks and batches; once it says true, following ends with a CancelledError. */
  isCancelled: () => boolean;
  /** Waits for so many milliseconds, or until it is cancelled. */
  pause: (milliseconds: number) => Promise<void>;
  /** Milliseconds of a steady clock. */
  now: () => number;
}

/**
 * Scans a log and goes on with the scan as the log grows, until its file goes. What is appended is judged by what is
 * known from the beginning. In a file that is rotated the scan goes on too: sessions that began before it are not cut.
 * @param settings as for a scan
 * @param modelsFolder where the bundled models are
 * @throws UserError if the log, the model or a setting cannot be used,
 * or if ONNX Runtime cannot be loaded
 * @throws CancelledError if the hooks say so
 */
export async function followLog(
  path: string,
  settings: ScanSettings,
  modelsFolder: string,
  hooks: FollowHooks,
): Promise<void> {
  refuseContradictions(settings);
  const file = await FollowedFile.open(path);
  let followed: Followed | undefined;
  try {
    followed = await begin(path, settings, modelsFolder, hooks);
    await follow(file, followed.follower, hooks);
  } catch (error) {
    throw namingLog(error, { name: path });
  } finally {
    await followed?.release();
    await file.close();
  }
}

/** What follows a log, and what is to be given back in the end. */
interface Followed {
  follower: LogFollower;
  release: () => Promise<void>;
}

async function begin(
  path: string,
  settings: ScanSettings,
  modelsFolder: string,
  hooks: FollowHooks,
): Promise<Followed> {
  const { probe, source } = await beginningOf(path, settings, hooks);
  if (settings.baseline?.length) {
    throw new UserError('good-logs-followed', { path });
  }
  const modelPath = await modelFor(source, probe, settings, modelsFolder, hooks);
  if (modelPath === undefined) {
    return unsupervisedFollower(source, settings, hooks);
  }
  // A model of its own: one that scans share is closed when its files change.
  const model = await loadModel(modelPath);
  try {
    if (settings.model !== undefined) {
      await requireAnyFit(model.profile, source, probe, hooks);
    }
    return {
      follower: modelFollower(model, settings, probe.text, new LineWatch(hooks)),
      release: () => model.classifier.release(),
    };
  } catch (error) {
    await model.classifier.release();
    throw error;
  }
}

/** The first bytes of a log; waits until it has some, for they tell which model reads it. */
async function beginningOf(
  path: string,
  settings: ScanSettings,
  { isCancelled, pause }: FollowHooks,
): Promise<PeekedLog> {
  for (;;) {
    refuseIfCancelled({ isCancelled });
    const log = await peek(inEncoding(await openLogFile(path), settings), { isCancelled });
    await log.close();
    if (log.probe.beginning.length > 0) {
      return log;
    }
    await pause(LOOK_INTERVAL);
  }
}

function unsupervisedFollower(
  source: LogSource,
  settings: ScanSettings,
  { isCancelled }: Pick<FollowHooks, 'isCancelled'>,
): Followed {
  const begin = (known: Uint8Array): LogFollower => {
    // In the editor, whose flag is seen without a pause.
    const reading = atOnce(
      unsupervisedReading(source, new LogProbe(known, source.encoding), settings, { isCancelled }),
    );
    const detector = new UnsupervisedDetector(UNSUPERVISED_PARTS, {
      threshold: thresholdInForce(settings, UNSUPERVISED_THRESHOLD),
      mayBeUnlike: reading.key?.isFound === true,
      describe: (log, { records, shortened }) => {
        const { notes, ...described } = describeLog(log, reading, settings, [
          ...sampleNotes(shortened),
          `followed: by what its first ${records === 1 ? 'record has' : `${records} records have`} taught; a scan learns anew`,
        ]);
        return { ...described, notes: [...(settings.notes ?? []), whyUnsupervised(settings), ...notes] };
      },
    });
    return new DetectorFollower(new GrowingRecordLog(reading), detector, suppressionOf(settings));
  };
  const follower = new WarmUp(begin);
  return {
    follower,
    release: () => follower.release(),
  };
}

function modelFollower(
  { profile, scorer }: LoadedModel,
  settings: ScanSettings,
  text: TextVerdict,
  watch: LineWatch,
): LogFollower {
  const { sessionKey = profile.sessionKey, notes = [] } = settings;
  const detector = new ModelDetector(profile, scorer, {
    threshold: thresholdInForce(settings, profile.threshold),
    notes: ({ sample, limitedLines }) => [
      ...notes,
      ...modelNotes(profile, sessionKey, settings),
      ...sessionsSampleNotes(sample),
      ...limitedLinesNotes(limitedLines),
    ],
  });
  const log = new GrowingModelLog({ ...frozenReading(profile, sessionKey, watch), text });
  return new DetectorFollower(log, detector, suppressionOf(settings));
}

function suppressionOf({ suppress = [], suppressedBy }: ScanSettings): Suppression | undefined {
  return suppress.length === 0 ? undefined : new Suppression(suppress, suppressedBy);
}

async function follow(file: FollowedFile, follower: LogFollower, hooks: FollowHooks): Promise<void> {
  const { now, pause, isCancelled } = hooks;
  let isFirst = true;
  /** When there was something new, and when the file was there, for the last time. */
  let lastGrowth = now();
  let lastSeen = now();
  /** Whether something has come since a last line without end was taken as complete. */
  let mayBeOpen = false;
  for (;;) {
    refuseIfCancelled(hooks);
    let isChanged = isFirst;
    for await (const growth of file.look()) {
      refuseIfCancelled(hooks);
      if (growth.kind === 'newFile') {
        follower.beginFile();
      } else {
        follower.push(growth.bytes);
        if (file.position % CHUNK_BYTES === 0) {
          await follower.makeRoom({ isCancelled });
        }
      }
      isChanged = true;
      if (isFirst) {
        hooks.onProgress('reading', file.position, file.state.size);
      }
    }
    const time = now();
    lastSeen = file.isGone ? lastSeen : time;
    const hasGone = time - lastSeen >= GONE_AFTER;
    if (isChanged) {
      lastGrowth = time;
      mayBeOpen = true;
    } else if (mayBeOpen && (hasGone || time - lastGrowth >= SILENCE)) {
      isChanged = follower.endLine();
      mayBeOpen = false;
    }
    if (isChanged) {
      const onProgress = isFirst
        ? (done: number, total: number) => hooks.onProgress('judging', done, total)
        : undefined;
      const verdict = await follower.update({ isCancelled, onProgress });
      await hooks.onUpdate({ verdict, file: file.state });
    }
    if (hasGone) {
      return;
    }
    const rest = isFirst ? 0 : REST * (now() - time);
    await pause(isChanged ? Math.max(UPDATE_INTERVAL, rest) : LOOK_INTERVAL);
    isFirst = false;
  }
}
