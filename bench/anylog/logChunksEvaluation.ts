import path from 'node:path';
import { logChunks, unpack } from './dataSets';
import { listedOrRefused, shippedScanner } from './listed';
import { linedLog, linesByBaselines } from './rankedLines';
import { report } from './report';

/** Findings that a person is expected to look at. */
const LISTED = 10;

/**
 * LogChunks: whether one of the first k entries points into the lines that explain the failure, or beside them. A log that the programs refuse is a miss,
 * for the baselines too, which look at what the programs read.
 */
export async function evaluateLogChunks(): Promise<void> {
  const scanner = shippedScanner();
  const folder = unpack('ci_travis/logs.tar.xz');
  const hits = new Map<string, boolean[][]>();
  const add = (detector: string, found: boolean[]): void => {
    hits.set(detector, [...(hits.get(detector) ?? []), found]);
  };
  let [logs, refused, findings, seconds, lineCount] = [0, 0, 0, 0, 0];
  for (const { name, lines, first, last } of logChunks()) {
    const isHit = (line: number): boolean => line - 1 >= first - 1 && line - 1 <= last + 1;
    const listed = await listedOrRefused(scanner, path.join(folder, name));
    logs++;
    if (listed === undefined) {
      refused++;
      continue;
    }
    const top = listed.entries.slice(0, LISTED);
    add(
      'label-free',
      top.map(({ line }) => isHit(line)),
    );
    add(
      'label-free, any line of an entry',
      top.map((entry) => entry.lines.some(isHit)),
    );
    findings += listed.summary.anomalous;
    seconds += listed.seconds;
    lineCount += listed.summary.lines;
    for (const [detector, found] of await linesByBaselines(linedLog(lines), LISTED)) {
      add(detector, found.map(isHit));
    }
  }
  for (const [detector, judged] of hits) {
    const at = (k: number): number => judged.filter((found) => found.slice(0, k).includes(true)).length / logs;
    const ours = detector === 'label-free';
    report({
      set: 'LogChunks',
      detector,
      'hit@1': at(1),
      'hit@3': at(3),
      'hit@10': at(10),
      seconds: ours ? seconds : undefined,
      'lines/s': ours ? Math.round(lineCount / seconds) : undefined,
      logs,
      ...(ours ? { refused, 'findings in a log': findings / (logs - refused) } : {}),
    });
  }
  await scanner.release();
}
