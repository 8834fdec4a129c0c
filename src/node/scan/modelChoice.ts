import { setImmediate as nextTurn } from 'node:timers/promises';
import { CancelledError, type Hooks } from '../../core/cancellation';
import { LONGEST_HOLE } from '../../core/input/byteDecoder';
import { UserError } from '../../core/errors/userError';
import { endOfNuls, LONGEST_UNIT } from '../../core/input/bytes';
import { fits, type Fit } from '../../core/scan/fit';
import { BEGINNING_BYTES, LogProbe } from '../../core/scan/logProbe';
import { LineWatch } from '../../core/patterns/lineWatch';
import type { Profile } from '../../core/model/profile';
import { bundledModels } from '../models/bundledModels';
import { CHUNK_BYTES } from '../files/fileChunks';
import type { LogSource } from '../files/logSource';
import { readBundleProfile } from '../models/modelBundle';
import { inTurns } from '../files/inTurns';
import { notText, namingLog } from '../files/notText';
import type { ScanSettings } from '../settings/scanSettings';

/** A log whose beginning has been looked at. */
export interface PeekedLog {
  probe: LogProbe;
  /** Yields the whole log, once. */
  source: LogSource;
  /** Gives the log back where it was not read to its end. */
  close: () => Promise<void>;
}

/**
 * Reads the beginning of a log and gives a source that yields it again, so that a pipe can be looked at before a model
 * is chosen. It is the same in whichever pieces the log comes.
 * @throws UserError if there is nothing but NULs
 * @throws CancelledError if the hooks say so
 */
export async function peek(source: LogSource, hooks: Pick<Hooks, 'isCancelled'>): Promise<PeekedLog> {
  const chunks = source.chunks();
  const held: Uint8Array[] = [];
  let length = 0;
  let nuls = 0;
  while (length < BEGINNING_BYTES) {
    if (hooks.isCancelled?.()) {
      await chunks.return();
      throw new CancelledError();
    }
    const { done, value } = await chunks.next();
    if (done === true) {
      break;
    }
    const start = length === 0 ? endOfNuls(value, 0, value.length) : 0;
    nuls += start;
    if (nuls > LONGEST_HOLE) {
      await chunks.return();
      throw notText(source);
    }
    if (start < value.length) {
      held.push(Uint8Array.from(value.subarray(start)));
      length += value.length - start;
    }
  }
  const odd = length > 0 ? nuls % LONGEST_UNIT : 0;
  // They may be parts of a code unit of UTF-16 or UTF-32.
  held.unshift(new Uint8Array(odd));
  nuls -= odd;
  const whole = Buffer.concat(held);
  const beginning = whole.subarray(0, BEGINNING_BYTES);
  return {
    probe: new LogProbe(beginning, source.encoding),
    source: {
      ...source,
      async *chunks() {
        const hole = new Uint8Array(Math.min(nuls, CHUNK_BYTES));
        for (let left = nuls; left > 0; left -= hole.length) {
          yield hole.subarray(0, left);
          // Nothing is read meanwhile that would let the event loop have its turn.
          await nextTurn();
        }
        yield* [beginning, whole.subarray(BEGINNING_BYTES)].filter(({ length }) => length > 0);
        yield* chunks;
      },
    },
    close: async () => {
      await chunks.return();
      await source.close();
    },
  };
}

/**
 * The model that judges a log: the one that was asked for, else the bundled one that fits.
 * @param probe of its beginning
 * @param folder where the bundled models are
 * @returns the path of its bundle; undefined if the log is to be judged without labels
 * @throws UserError if the log is no text
 * @throws CancelledError if the hooks say so
 */
export async function modelFor(
  source: LogSource,
  probe: LogProbe,
  settings: ScanSettings,
  folder: string,
  hooks: Pick<Hooks, 'isCancelled'>,
): Promise<string | undefined> {
  const { model, unsupervised, logFormat, baseline } = settings;
  const withoutLabels = unsupervised === true || logFormat !== undefined || (baseline?.length ?? 0) > 0;
  return model ?? (withoutLabels ? undefined : chooseModel(source, probe, folder, hooks));
}

/**
 * The bundled model that explains a log.
 * @param probe of its beginning
 * @param folder where the bundled models are
 * @returns the path of its bundle; undefined if none does
 * @throws UserError if the log is no text
 * @throws CancelledError if the hooks say so
 */
export async function chooseModel(
  source: LogSource,
  probe: LogProbe,
  folder: string,
  hooks: Pick<Hooks, 'isCancelled'>,
): Promise<string | undefined> {
  for (const bundle of await bundledModels(folder)) {
    const profile = await readBundleProfile(bundle);
    if (fits(await fitOrRefuse(profile, probe, source, hooks))) {
      return bundle;
    }
  }
  return undefined;
}

/**
 * Makes sure that a model that was asked for knows at least one record of the log's beginning.
 * @throws UserError if it knows none, or if the log is no text
 * @throws CancelledError if the hooks say so
 */
export async function requireAnyFit(
  profile: Profile,
  source: LogSource,
  probe: LogProbe,
  hooks: Pick<Hooks, 'isCancelled'>,
): Promise<void> {
  const { known, lines } = await fitOrRefuse(profile, probe, source, hooks);
  if (known === 0 && lines > 0) {
    throw new UserError('model-does-not-fit', {
      path: source.name,
      model: profile.name,
      lines,
      header: profile.format.header,
    });
  }
}

async function fitOrRefuse(
  profile: Profile,
  probe: LogProbe,
  source: LogSource,
  hooks: Pick<Hooks, 'isCancelled'>,
): Promise<Fit> {
  try {
    return await inTurns(probe.fitOf(profile, new LineWatch(hooks)), hooks);
  } catch (error) {
    throw namingLog(error, source);
  }
}
