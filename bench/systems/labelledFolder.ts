import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unpack } from '../anylog/dataSets';
import type { JudgedLog, LineRange } from './system';

/** A set of the shared data that has its truth in a labels.csv of `file,first,last,what,note`. */
export interface LabelledFolder {
  /** Name of the archive in `more`. */
  name: string;
  /** Name of the log that went well beside a file. */
  goodOf?: (file: string) => string;
}

/** The logs of a set with their causes. */
export function labelledLogs({ name, goodOf }: LabelledFolder): JudgedLog[] {
  const folder = path.join(unpack(`more/${name}.tar.xz`), name);
  const causes = new Map<string, LineRange[]>();
  for (const row of readFileSync(path.join(folder, 'labels.csv'), 'utf8').split(/\r?\n/).slice(1)) {
    const [file, first, last, what] = row.split(',');
    // What annotators call context helps to understand a cause and is none.
    if (what !== undefined && what !== 'context') {
      causes.set(file, [...(causes.get(file) ?? []), { first: Number(first), last: Number(last) }]);
    }
  }
  return [...causes].map(([file, ranges]) => {
    const good = goodOf && path.join(folder, goodOf(file));
    return {
      unit: file,
      file: path.join(folder, file),
      causes: ranges,
      good: good !== undefined && existsSync(good) ? good : undefined,
    };
  });
}
