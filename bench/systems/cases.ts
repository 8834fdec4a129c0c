import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unpack } from '../anylog/dataSets';
import type { JudgedLog } from './system';

interface CaseFile {
  file: string | null;
  expected_lines: number[];
  also_good: number[] | null;
  healthy: string | null;
}

function casesWith<T>(take: (folder: string, name: string, content: CaseFile) => T[]): T[] {
  const all = path.join(unpack('cases/cases.tar.xz'), 'cases');
  return readdirSync(all)
    .sort()
    .flatMap((name) => {
      const folder = path.join(all, name);
      const content = JSON.parse(readFileSync(path.join(folder, 'case.json'), 'utf8')) as CaseFile;
      return take(folder, name, content);
    });
}

/** Logs after public bug reports, with the lines that the report names as the cause, or their named consequences. */
export function caseLogs(): JudgedLog[] {
  return casesWith((folder, name, { file, expected_lines, also_good }) =>
    file === null || expected_lines.length === 0
      ? []
      : [
          {
            unit: name,
            file: path.join(folder, file),
            causes: [...expected_lines, ...(also_good ?? [])].map((line) => ({ first: line, last: line })),
          },
        ],
  );
}

/** The same logs as they were before anything went wrong. */
export function healthyCaseLogs(): JudgedLog[] {
  return casesWith((folder, name, { healthy }) =>
    healthy === null || !existsSync(path.join(folder, healthy))
      ? []
      : [{ unit: name, file: path.join(folder, healthy), causes: [] }],
  );
}
