import { UNSUPERVISED_BASELINES } from '../baselines/baselines';
import { countVectorDistance } from '../baselines/countVectorDistance';
import { templateCounts, type EventLog } from '../../src/core/events/eventLog';
import { readRecords } from './readRecords';

/** Nothing is listed within so many lines of what is listed already. */
const APART = 5;
/** Lines of a window, where a detector judges windows. */
const WINDOW = 20;

/** A log as the programs read it, each record a block of its own, so that detectors rank single records. */
export interface LinedLog {
  log: EventLog;
  /** First physical line of each entry, counted from 1. */
  lines: Uint32Array;
}

/** Reads a log of a run's output as the programs do. */
export function linedLog(content: readonly string[]): LinedLog {
  const lines: number[] = [];
  const log = readRecords(content, 'console', (_, index) => ({ sequence: 0, block: lines.push(index + 1) - 1 }));
  return { log: { ...log, sequenceCount: 1, blockCount: lines.length }, lines: Uint32Array.from(lines) };
}

/**
 * The lines that the baselines would list first of a log: each its own ranking, and "last lines". Count vectors judge
 * windows; the line of a window is its rarest.
 * @returns by the name of the detector, lines counted from 1, the most suspicious first
 */
export async function linesByBaselines(lined: LinedLog, count: number): Promise<Map<string, number[]>> {
  const { log, lines } = lined;
  const result = new Map([['last lines', listedFirst(lined, Float64Array.from(lines), count)]]);
  for (const detector of UNSUPERVISED_BASELINES) {
    const scores = detector === countVectorDistance ? await rarestOfWindows(lined) : (await detector.score(log)).blocks;
    result.set(detector.name, listedFirst(lined, scores, count));
  }
  return result;
}

/**
 * The lines with the highest scores, of each template the last of the highest, and none close to another.
 * @param scores per entry
 */
export function listedFirst({ log, lines }: LinedLog, scores: ArrayLike<number>, count: number): number[] {
  const order = Array.from(log.events.keys()).sort((a, b) => scores[b] - scores[a] || b - a);
  const listed: number[] = [];
  const used = new Set<number>();
  for (const entry of order) {
    const event = log.events[entry];
    const isText = log.templates[event].text.length >= 3;
    if (isText && !used.has(event) && !listed.some((line) => Math.abs(line - lines[entry]) <= APART)) {
      used.add(event);
      if (listed.push(lines[entry]) === count) {
        break;
      }
    }
  }
  return listed;
}

/** Per entry the distance of its window, −∞ for all but the window's rarest entry. */
async function rarestOfWindows({ log, lines }: LinedLog): Promise<Float64Array> {
  const blocks = Uint32Array.from(lines, (line) => Math.floor((line - 1) / WINDOW));
  const blockCount = blocks.reduce((most, block) => Math.max(most, block + 1), 0);
  const { blocks: distances } = await countVectorDistance.score({ ...log, blocks, blockCount });
  const counts = templateCounts(log);
  const rarest = new Map<number, number>();
  log.events.forEach((event, entry) => {
    const known = rarest.get(blocks[entry]);
    if (known === undefined || counts[event] < counts[log.events[known]]) {
      rarest.set(blocks[entry], entry);
    }
  });
  return Float64Array.from(log.events, (_, entry) =>
    rarest.get(blocks[entry]) === entry ? distances[blocks[entry]] : -Infinity,
  );
}
