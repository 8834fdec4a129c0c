import { readdirSync } from 'node:fs';
import path from 'node:path';
import { DATA, readLines, readText } from './dataSets';

/** A failed CI run with a good one, and what a detector must find in it. */
export interface CiPair {
  /** Paths of the logs. */
  goodFile: string;
  failedFile: string;
  good: string[];
  failed: string[];
  /** Per anomaly the lines of the failed run that show it, from 0. */
  anomalies: number[][];
}

/** The pairs of ci_pairs. An anomaly is where its text is, or else where one of its longer lines is. */
export function ciPairs(): CiPair[] {
  return readdirSync(path.join(DATA, 'ci_pairs'))
    .sort()
    .map((name) => {
      const folder = `ci_pairs/${name}`;
      const files = readdirSync(path.join(DATA, folder));
      const fileOf = (ending: string): string => `${folder}/${files.find((file) => file.endsWith(ending))}`;
      const failed = readLines(fileOf('.fail'));
      const plain = failed.map(singleBlanks);
      const linesWith = (text: string): number[] => {
        const wanted = singleBlanks(text);
        return plain.flatMap((line, i) => (line.includes(wanted) ? [i] : []));
      };
      const anomalies = readText(`${folder}/inf.yaml`)
        .split(/^ *- line: \|\n/m)
        .slice(1)
        .map((text) => {
          const whole = linesWith(text);
          return whole.length > 0
            ? whole
            : text
                .split('\n')
                .filter((line) => line.trim().length > 8)
                .flatMap(linesWith);
        });
      return {
        goodFile: path.join(DATA, fileOf('.good')),
        failedFile: path.join(DATA, fileOf('.fail')),
        good: readLines(fileOf('.good')),
        failed,
        anomalies,
      };
    });
}

function singleBlanks(text: string): string {
  return text.split(/\s+/).filter(Boolean).join(' ');
}
