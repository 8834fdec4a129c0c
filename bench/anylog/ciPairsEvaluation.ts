import { templateCounts } from '../../src/core/events/eventLog';
import { ciPairs, type CiPair } from './ciPairs';
import { listedBy, shippedScanner } from './listed';
import { linedLog, linesByBaselines, listedFirst, type LinedLog } from './rankedLines';
import { report } from './report';

const LISTED = 10;
/** An entry hits what it points to this many lines from. */
const NEAR = 3;

/**
 * CI pairs: the share of what is to be found that the first ten entries point to, mean over the pairs; without and with
 * the good log.
 */
export async function evaluateCiPairs(): Promise<void> {
  const scanner = shippedScanner();
  const recalls = new Map<string, number[]>();
  const figures = new Map<string, { findings: number; seconds: number; lines: number }>();
  for (const pair of ciPairs()) {
    const recallOf = (isHit: (line: number) => boolean): number =>
      pair.anomalies.filter((lines) => lines.some((line) => isHit(line + 1))).length / pair.anomalies.length;
    const add = (detector: string, listed: readonly number[]): void => {
      const recall = recallOf((wanted) => listed.some((line) => Math.abs(line - wanted) <= NEAR));
      recalls.set(detector, [...(recalls.get(detector) ?? []), recall]);
    };
    for (const baselines of [[], [pair.goodFile]]) {
      const name = baselines.length === 0 ? 'label-free' : 'against the good log';
      const { summary, entries, seconds } = await listedBy(scanner, pair.failedFile, { baseline: baselines });
      const top = entries.slice(0, LISTED);
      add(
        name,
        top.map(({ line }) => line),
      );
      const whole = `${name}, any line of an entry`;
      recalls.set(whole, [
        ...(recalls.get(whole) ?? []),
        recallOf((wanted) => top.some(({ lines }) => lines.includes(wanted))),
      ]);
      const sum = figures.get(name) ?? { findings: 0, seconds: 0, lines: 0 };
      figures.set(name, {
        findings: sum.findings + summary.anomalous,
        seconds: sum.seconds + seconds,
        lines: sum.lines + summary.lines,
      });
    }
    const { failed, news } = withNews(pair);
    for (const [detector, listed] of await linesByBaselines(failed, LISTED)) {
      add(detector, listed);
    }
    add('new templates', listedFirst(failed, news, LISTED));
  }
  for (const [detector, values] of recalls) {
    const { findings, seconds, lines } = figures.get(detector) ?? {};
    report({
      set: 'CI pairs',
      detector,
      'recall@10': values.reduce((sum, value) => sum + value, 0) / values.length,
      findings,
      seconds,
      'lines/s': seconds && lines && Math.round(lines / seconds),
      pairs: values.length,
    });
  }
  await scanner.release();
}

/** The failed run, and per entry 1 where the good one has no such template. */
function withNews({ good, failed }: CiPair): { failed: LinedLog; news: number[] } {
  const both = linedLog([...good, ...failed]);
  const start = both.lines.findIndex((line) => line > good.length);
  const goodCounts = templateCounts({ ...both.log, events: both.log.events.subarray(0, start) });
  const events = both.log.events.slice(start);
  const log = { ...both.log, events, sequences: new Uint32Array(events.length), blocks: events.map((_, i) => i) };
  return {
    failed: {
      log: { ...log, blockCount: events.length },
      lines: both.lines.slice(start).map((line) => line - good.length),
    },
    news: Array.from(events, (event) => (goodCounts[event] > 0 ? 0 : 1)),
  };
}
