import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FNV_BASIS, fnvStep } from '../../src/core/numeric/hash';
import { Random } from '../../src/core/numeric/random';
import { EVERYDAY_LOGS } from '../../test/support/everydayLogs';
import { DATA } from '../anylog/dataSets';
import { readBase, type BaseLog } from '../injected/baseLog';
import { FAULT_KINDS } from '../injected/faults';
import type { JudgedLog, LogSystem } from './system';

/** A log into which faults are put. */
interface Base {
  name: string;
  log: BaseLog;
}

const FOLDER = path.resolve('out/bench/data/injected');
/** Records of a log of the format zoo at least and at most, and the share of them that has a time. */
const FEWEST = 200;
const MOST = 20_000;
const TIMED_SHARE = 0.9;
/** Logs of one format that are taken from the format zoo. */
const OF_ONE_FORMAT = 2;
/** Bytes from which a file is not even read: there are few so long lines. */
const MOST_BYTES = 8_000_000;
const EVERYDAY_SEED = 11;

let bases: readonly Base[] | undefined;

/** The logs into which faults are put: LogHub's samples, logs of the format zoo and invented everyday logs. */
function allBases(): readonly Base[] {
  bases ??= [...logHubBases(), ...zooBases(), ...everydayBases()];
  return bases;
}

function logHubBases(): Base[] {
  const samples = path.join(DATA, 'formats/loghub_2k');
  return readdirSync(samples)
    .sort()
    .map((name) => ({ name, log: readBase(readFileSync(path.join(samples, name, `${name}_2k.log`))) }));
}

function zooBases(): Base[] {
  const zoo = path.join(DATA, 'formats');
  const taken = new Map<string, number>();
  return readdirSync(zoo, { recursive: true, encoding: 'utf8' })
    .sort()
    .filter((name) => !name.startsWith('loghub_2k') && mayBeBase(path.join(zoo, name)))
    .flatMap((name) => {
      const log = readBase(readFileSync(path.join(zoo, name)));
      const { format, records, timedShare } = log;
      if (format === undefined || records.length < FEWEST || records.length > MOST || timedShare < TIMED_SHARE) {
        return [];
      }
      taken.set(format, (taken.get(format) ?? 0) + 1);
      return taken.get(format)! > OF_ONE_FORMAT ? [] : [{ name: name.replaceAll(path.sep, '-'), log }];
    });
}

/** Whether a file is text of a length that may have enough records and not too many. */
function mayBeBase(file: string): boolean {
  const stat = statSync(file);
  return stat.isFile() && stat.size >= 20 * FEWEST && stat.size <= MOST_BYTES && !readFileSync(file).includes(0);
}

function everydayBases(): Base[] {
  return EVERYDAY_LOGS.map(({ name, write }) => ({ name, log: readBase(Buffer.from(write(EVERYDAY_SEED).text)) }));
}

/** The systems of injected faults, one for each kind; a log without a suited place for a fault is left out. */
export const INJECTED_SYSTEMS: readonly LogSystem[] = [...FAULT_KINDS].map(([kind, inject]): LogSystem => ({
  name: `injected: ${kind}`,
  source: 'a fault put into LogHub samples, logs of the format zoo and everyday logs, at a place that a seed draws',
  logs: () =>
    allBases().flatMap(({ name, log }): JudgedLog[] => {
      const faulty = inject(log, new Random(seedOf(`${kind}/${name}`)));
      return faulty === undefined
        ? []
        : [
            {
              unit: name,
              file: write(kind, name, faulty.lines),
              causes: faulty.causes,
              untouched: write('untouched', name, log.lines),
            },
          ];
    }),
}));

/** A seed that depends on nothing but the kind and the log, so that further logs leave the others as they are. */
function seedOf(text: string): number {
  return [...text].reduce((hash, char) => fnvStep(hash, char.charCodeAt(0)), FNV_BASIS);
}

function write(kind: string, name: string, lines: readonly string[]): string {
  const folder = path.join(FOLDER, kind.replaceAll(' ', '-'));
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name.endsWith('.log') ? name : `${name}.log`);
  writeFileSync(file, lines.join(''), 'latin1');
  return file;
}
