import { UserError } from '../../core/errors/userError';
import { refuseIfCancelled } from '../../core/cancellation';
import { eventNames } from '../../core/mapReduce/eventNames';
import { MapScan, type MappedInput } from '../../core/mapReduce/mapScan';
import { frozenReading } from '../../core/scan/frozenReading';
import { LineWatch } from '../../core/patterns/lineWatch';
import type { LogProbe } from '../../core/scan/logProbe';
import { pushSteps } from '../../core/patterns/steps';
import type { Profile } from '../../core/model/profile';
import type { LogSource } from '../files/logSource';
import { readBundleProfile } from '../models/modelBundle';
import { inTurns } from '../files/inTurns';
import { inEncoding } from '../scan/inEncoding';
import { chooseModel, peek, requireAnyFit } from '../scan/modelChoice';
import type { ReadingHooks } from '../scan/readLog';
import { namingLog } from '../files/notText';

/** With what a log is mapped; what is left out comes from the model. */
export interface MapSettings {
  /** A model bundle; the bundled model that fits if left out. */
  model?: string;
  /** Encoding of the log; found out if left out. */
  encoding?: string;
  /** Regular expression for session keys. */
  sessionKey?: string;
  /** Where the bundled models are. */
  modelsFolder: string;
  input: MappedInput;
}

/** What a map has done. */
export interface MapSummary {
  /** Name of the model that read the log. */
  model: string;
  lines: number;
  records: number;
  rows: number;
  clippedLines: number;
  /** Lines that the session pattern did not see as a whole. */
  limitedLines: number;
}

/**
 * Maps a log, or a piece of one, to rows (see MapScan).
 * @param write takes rows, which are only valid until its promise is fulfilled
 * @throws UserError if the log, the model or the pattern cannot be used, or if no model is given and no bundled one fits
 * @throws CancelledError if the hooks say so
 */
export async function mapLog(
  input: LogSource,
  settings: MapSettings,
  write: (rows: Uint8Array) => Promise<void>,
  hooks: Pick<ReadingHooks, 'isCancelled' | 'onProgress'> = {},
): Promise<MapSummary> {
  const { probe, source, close } = await peek(inEncoding(input, settings), hooks);
  try {
    const profile = await profileFor(source, probe, settings, hooks);
    const watch = new LineWatch(hooks);
    const reading = frozenReading(profile, settings.sessionKey, watch);
    const scan = new MapScan({ ...reading, text: probe.text }, eventNames(profile), settings.input);
    for await (const chunk of source.chunks()) {
      refuseIfCancelled(hooks);
      await inTurns(pushSteps(scan, chunk, watch), hooks);
      await write(scan.take());
      hooks.onProgress?.(source.bytesRead(), source.size);
    }
    await write(scan.finish());
    const { lines, records, rows, clippedLines, limitedLines } = scan;
    return { model: profile.name, lines, records, rows, clippedLines, limitedLines };
  } catch (error) {
    throw namingLog(error, source);
  } finally {
    await close();
  }
}

async function profileFor(
  source: LogSource,
  probe: LogProbe,
  { model, modelsFolder, input }: MapSettings,
  hooks: Pick<ReadingHooks, 'isCancelled'>,
): Promise<Profile> {
  const path = model ?? (await chooseModel(source, probe, modelsFolder, hooks));
  if (path === undefined) {
    throw new UserError('no-model-to-map', { path: source.name });
  }
  const profile = await readBundleProfile(path);
  // A split of a file may hold nothing but a stack trace; a log that was given whole should have a known record.
  if (model !== undefined && input.whole) {
    await requireAnyFit(profile, source, probe, hooks);
  }
  return profile;
}
