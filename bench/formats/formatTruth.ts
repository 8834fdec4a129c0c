import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LEVEL_NAMES, levelOf, levelOfSeverity } from '../../src/core/formats/level';
import { unpack } from '../anylog/dataSets';

/** What is to be found in a record; what is left out is not known. */
export interface RecordTruth {
  /** Its lines, from 1. */
  first: number;
  last: number;
  /** ISO 8601; without its year where the log names none. */
  time?: string;
  /** One of LEVEL_NAMES. */
  level?: string;
  message?: string;
}

/** A log and what is to be found in it. */
export interface LogTruth {
  /** The set that it is of. */
  set: string;
  name: string;
  file: string;
  records: RecordTruth[];
}

/** Logs of many formats with what other projects' parsers find in them, each record a line of `*.truth.jsonl`. */
export function truthOfFormats(): LogTruth[] {
  const folder = path.join(unpack('more/format-truth.tar.xz'), 'format-truth');
  const sets = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return sets.flatMap(({ name: set }) =>
    readdirSync(path.join(folder, set))
      .filter((file) => file.endsWith('.truth.jsonl'))
      .sort()
      .map((file) => {
        const name = file.slice(0, -'.truth.jsonl'.length);
        const lines = readFileSync(path.join(folder, set, file), 'utf8').split('\n');
        return {
          set,
          name: `${set}/${name}`,
          file: path.join(folder, set, `${name}.log`),
          records: lines.filter((line) => line !== '').map((line) => recordTruth(JSON.parse(line) as Row)),
        };
      }),
  );
}

interface Row {
  first: number;
  last: number;
  time: string | null;
  time_part: string | null;
  level: string | number | null;
  message: string | null;
}

function recordTruth({ first, last, time, time_part, level, message }: Row): RecordTruth {
  return {
    first,
    last,
    time: time ?? time_part ?? undefined,
    level: level === null ? undefined : levelName(level),
    message: message === null || message === '' ? undefined : message,
  };
}

/** Severities of Google Cloud Logging by their numbers. */
const CLOUD_SEVERITIES: Record<string, string> = {
  100: 'debug',
  200: 'info',
  300: 'info',
  400: 'warn',
  500: 'error',
  600: 'fatal',
  700: 'fatal',
  800: 'fatal',
};

function levelName(level: string | number): string | undefined {
  if (typeof level === 'number') {
    return CLOUD_SEVERITIES[level];
  }
  const bytes = new TextEncoder().encode(level);
  return LEVEL_NAMES[levelOf(bytes, 0, bytes.length)];
}

/** Logs of game servers with the levels of their records, in `records.csv`. */
export function truthOfGameServers(): LogTruth[] {
  const folder = path.join(unpack('more/minecraft.tar.xz'), 'minecraft');
  const logs = new Map<string, LogTruth>();
  for (const row of readFileSync(path.join(folder, 'records.csv'), 'utf8').split(/\r?\n/).slice(1)) {
    const [name, first, last, severity, prefix] = row.split(',');
    // What has no time in it is no header: the viewer shows sections of crash reports like records.
    if (severity !== undefined && /\d\d.\d\d/.test(prefix)) {
      const log = logs.get(name) ?? { set: 'minecraft', name, file: path.join(folder, name), records: [] };
      log.records.push({
        first: Number(first),
        last: Number(last),
        level: prefix.includes('/TRACE]') ? 'trace' : LEVEL_NAMES[levelOfSeverity(Number(severity))],
      });
      logs.set(name, log);
    }
  }
  return [...logs.values()];
}
