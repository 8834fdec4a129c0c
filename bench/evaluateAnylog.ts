// Every detector that works without labels on every labelled set: one table, and JSON in out/bench/anylog.json.
// Arguments: names of sets (hdfs, hdfs-read, bgl, bgl-read, nova, nova-read, nezha, ci, pairs, lo2); all without.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AGAINST_GOOD_CUT, scoresAgainstGood } from '../src/core/detectors/labelFree/againstGood';
import { LABEL_FREE_BASELINES } from '../src/core/detectors/labelFree/baselines';
import type { EventLog, LabelFreeDetector } from '../src/core/detectors/labelFree/eventLog';
import { judgeWithoutLabels, labelFree } from '../src/core/detectors/labelFree/labelFree';
import {
  LEXICAL_WEIGHTS,
  lexicalScores,
  severityScore,
  troubleCount,
} from '../src/core/detectors/labelFree/lexicalScore';
import { bestF1Threshold, confusionAt, precision, recall } from '../src/core/evaluation/confusion';
import { averagePrecision, rocAuc } from '../src/core/evaluation/ranking';
import { mostSuspicious } from '../src/core/findings/suspects';
import { openNextEventNet } from '../src/node/onnxNextEventNet';
import { openTextJudge, type OpenTextJudge } from '../src/node/onnxTextCnn';
import { ciPairs } from './anylog/ciPairs';
import { bgl, type BlockSet, hdfs, logChunks, nezha, nova, readByItself, unpack, windowLog } from './anylog/dataSets';
import { ciFold, foldModelPath, type Fold } from './anylog/folds';
import { parseLines } from './anylog/parseLines';
import { fitSlope, reliabilityOf, type CutScores } from './anylog/scoreSlope';

const SEEDS = [1, 2, 3];
/** Findings that a person is expected to look at. */
const LISTED = 10;
/** A finding hits what it is this many lines from, where several lines belong together. */
const NEAR = 3;

/** A line of the table: what was measured by its name; a figure is absent where it is not defined. */
type Row = Record<string, string | number | undefined>;

const rows: Row[] = [];
/** Of each set once, as the programs read it where they can. */
const cutScores: (CutScores & { slope: number; isOfSessions: boolean })[] = [];

async function main(): Promise<void> {
  const parts: Record<string, () => Promise<void>> = {
    hdfs: () => evaluateBlocks(hdfs()),
    'hdfs-read': () => evaluateBlocks(readByItself('HDFS_dev'), true),
    bgl: () => evaluateBlocks(bgl()),
    'bgl-read': () => evaluateBlocks(readByItself('BGL'), true),
    nova: () => evaluateBlocks(nova()),
    'nova-read': () => evaluateBlocks(readByItself('nova'), true),
    nezha: () => evaluateBlocks(nezha(), true),
    ci: evaluateLogChunks,
    pairs: evaluateCiPairs,
    lo2: evaluateLo2,
  };
  const wanted = process.argv.slice(2);
  for (const [name, evaluate] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) {
      await evaluate();
    }
  }
  evaluateScores();
  mkdirSync('out/bench', { recursive: true });
  writeFileSync('out/bench/anylog.json', JSON.stringify(rows, undefined, 2));
}

/** Opens the text CNN that has not seen the systems of a fold. */
async function judgeOf(fold: Fold): Promise<OpenTextJudge> {
  const file = foldModelPath(fold);
  if (!existsSync(file)) {
    throw new Error(`The text CNN for the fold ${fold} is missing: run "npm run train:text-cnn" first.`);
  }
  return openTextJudge(readFileSync(file));
}

function report(row: Row): void {
  rows.push(row);
  const figures = Object.entries(row)
    .slice(2)
    .filter(([, value]) => value !== undefined && !Number.isNaN(value))
    .map(
      ([name, value]) => `${name} ${typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(3) : value}`,
    );
  console.log(`${String(row.set).padEnd(20)} ${String(row.detector).padEnd(30)} ${figures.join('  ')}`);
}

async function evaluateBlocks({ name, log, labels }: BlockSet, countsForScores = false): Promise<void> {
  const anomalous = labels.reduce((sum, label) => sum + label, 0);
  report({
    set: name,
    detector: '',
    lines: log.events.length,
    templates: log.templates.length,
    blocks: log.blockCount,
    anomalous,
  });
  report({ set: name, detector: 'random', AP: anomalous / log.blockCount });
  const ours = (seed: number): LabelFreeDetector => labelFree({ openNextEventNet, seed });
  const detectors = [
    ...LABEL_FREE_BASELINES,
    ...SEEDS.map((seed) => ({ ...ours(seed), name: `label-free, seed ${seed}` })),
  ];
  for (const detector of detectors) {
    const started = performance.now();
    const { blocks: scores, cut } = await detector.score(log);
    const seconds = (performance.now() - started) / 1000;
    const samples = { scores, labels };
    const confusion = cut === undefined ? undefined : confusionAt(samples, cut);
    report({
      set: name,
      detector: detector.name,
      AP: averagePrecision(samples),
      AUC: rocAuc(samples),
      'best F1': bestF1Threshold(samples).f1,
      cut,
      P: confusion && precision(confusion),
      R: confusion && recall(confusion),
      seconds,
      'lines/s': Math.round(log.events.length / seconds),
    });
  }
  if (countsForScores) {
    const { blocks, cut, slope } = await judgeWithoutLabels(log, { openNextEventNet, seed: SEEDS[0] });
    const above = blocks.map((score) => score - cut);
    cutScores.push({ set: name, above, labels, slope, isOfSessions: log.kind === 'sessions' });
  }
  if (log.kind === 'sessions') {
    const clean = withoutBlocks(log, labels);
    const { blocks, cut = Infinity } = await ours(SEEDS[0]).score(clean);
    const flagged = blocks.filter((score) => score >= cut).length;
    report({ set: name, detector: 'label-free, clean sessions', flagged, share: flagged / clean.blockCount });
  }
}

/** How well scores tell probabilities: by the slope in force, and by one that was fitted on the other sets alone. */
function evaluateScores(): void {
  const sessions = cutScores.filter(({ isOfSessions }) => isOfSessions);
  for (const set of cutScores) {
    const others = sessions.filter((other) => other !== set && set.isOfSessions);
    const unseen = others.length > 0 ? fitSlope(others) : undefined;
    report({
      set: set.set,
      detector: 'score, seed 1',
      slope: set.slope,
      ...named(reliabilityOf(set, set.slope)),
      'fitted here': fitSlope([set]),
      'fitted on others': unseen,
      ...(unseen !== undefined && named(reliabilityOf(set, unseen), ' by that')),
    });
  }
  if (sessions.length > 1) {
    report({ set: 'sessions', detector: 'score, seed 1', 'fitted on all': fitSlope(sessions) });
  }
}

function named(reliability: ReturnType<typeof reliabilityOf>, by = ''): Row {
  return { [`Brier${by}`]: reliability.brier, [`ECE${by}`]: reliability.calibrationError };
}

/** A log of sessions without those that are labelled. */
function withoutBlocks(log: EventLog, labels: Uint8Array): EventLog {
  const kept = Array.from(log.events.keys()).filter((entry) => labels[log.blocks[entry]] === 0);
  const numbers = new Map<number, number>();
  const blocks = Uint32Array.from(kept, (entry) => {
    const block = log.blocks[entry];
    const number = numbers.get(block) ?? numbers.size;
    numbers.set(block, number);
    return number;
  });
  const events = Uint32Array.from(kept, (entry) => log.events[entry]);
  return { ...log, events, sequences: blocks, sequenceCount: numbers.size, blocks, blockCount: numbers.size };
}

/** The ten most suspicious entries by a score; lines that hold nothing are never among them. */
function topEntries(log: EventLog, scoreOf: (entry: number) => number): number[] {
  const lines = Uint32Array.from(log.events.keys());
  const scores = Float64Array.from(log.events, (event, entry) =>
    log.templates[event].text.length < 3 ? -Infinity : scoreOf(entry),
  );
  return mostSuspicious({ lines, events: log.events, scores }, LISTED);
}

/** LogChunks: whether one of the first k findings lies in the lines that explain the failure, or beside them. */
async function evaluateLogChunks(): Promise<void> {
  const judges = [await judgeOf('CI-0'), await judgeOf('CI-1')];
  const hits = new Map<string, boolean[][]>();
  const started = performance.now();
  let lineCount = 0;
  for (const { repository, lines, first, last } of logChunks()) {
    lineCount += lines.length;
    const log: EventLog = { ...windowLog(lines.map((text) => ({ source: '', text }))), kind: 'console' };
    const { events, templates } = log;
    const words = templates.map(({ text }) => troubleCount(text));
    const levels = templates.map(({ severity }) => severityScore(severity));
    const without = await labelFreeEntries(log, undefined);
    const ours = await labelFreeEntries(log, judges[ciFold(repository)]);
    const detectors: Record<string, (entry: number) => number> = {
      'last lines': (entry) => entry,
      level: (entry) => levels[events[entry]],
      keywords: (entry) => words[events[entry]] + (levels[events[entry]] > 1 ? 1 : 0),
      'label-free without text CNN': (entry) => without[entry],
      'label-free': (entry) => ours[entry],
    };
    for (const [detector, scoreOf] of Object.entries(detectors)) {
      const found = topEntries(log, scoreOf).map((entry) => entry >= first - 1 && entry <= last + 1);
      hits.set(detector, [...(hits.get(detector) ?? []), found]);
    }
  }
  for (const [detector, logs] of hits) {
    const at = (k: number): number => logs.filter((found) => found.slice(0, k).includes(true)).length / logs.length;
    report({ set: 'LogChunks', detector, logs: logs.length, 'hit@1': at(1), 'hit@3': at(3), 'hit@10': at(10) });
  }
  const seconds = (performance.now() - started) / 1000;
  report({ set: 'LogChunks', detector: 'all', seconds, 'lines/s': Math.round(lineCount / seconds) });
  await Promise.all(judges.map((judge) => judge.release()));
}

async function labelFreeEntries(log: EventLog, textJudge: OpenTextJudge | undefined): Promise<Float64Array> {
  return (await judgeWithoutLabels(log, { openNextEventNet, textJudge, seed: SEEDS[0] })).entries;
}

/** CI pairs: the share of what is to be found that the first ten findings show, mean over the pairs. */
async function evaluateCiPairs(): Promise<void> {
  const judge = await openTextJudge(readFileSync('models/lexical/model.onnx'));
  const recalls = new Map<string, number[]>();
  for (const { good, failed, anomalies } of ciPairs()) {
    const both = parseLines([...good, ...failed]);
    const log: EventLog = {
      ...windowLog(failed.map((text) => ({ source: '', text }))),
      templates: both.templates,
      events: both.events.slice(good.length),
      kind: 'console',
    };
    const goodCounts = new Uint32Array(both.templates.length);
    both.events.subarray(0, good.length).forEach((event) => goodCounts[event]++);
    const words = log.templates.map(({ text, severity }) => troubleCount(text) + (severityScore(severity) > 1 ? 1 : 0));
    const entries = await labelFreeEntries(log, judge);
    const against = scoresAgainstGood(goodCounts, await lexicalScores(log.templates, LEXICAL_WEIGHTS.console, judge));
    const detectors: Record<string, (entry: number) => number> = {
      keywords: (entry) => words[log.events[entry]],
      'new templates': (entry) => (goodCounts[log.events[entry]] > 0 ? 0 : 1),
      'label-free': (entry) => entries[entry],
      'against the good log': (entry) => against[log.events[entry]],
    };
    for (const [detector, scoreOf] of Object.entries(detectors)) {
      const top = topEntries(log, scoreOf);
      const found = anomalies.filter((lines) => lines.some((line) => top.some((e) => Math.abs(e - line) <= NEAR)));
      recalls.set(detector, [...(recalls.get(detector) ?? []), found.length / anomalies.length]);
    }
  }
  for (const [detector, values] of recalls) {
    report({
      set: 'CI pairs',
      detector,
      pairs: values.length,
      'recall@10': values.reduce((sum, value) => sum + value, 0) / values.length,
    });
  }
  await judge.release();
}

/** LO2: what a run has that the good runs (without itself) do not have. */
async function evaluateLo2(): Promise<void> {
  const folder = unpack('lo2/lo2.tar.xz');
  const runs = readdirSync(folder).sort();
  const linesOf = (run: string): string[] =>
    readdirSync(path.join(folder, run))
      .sort()
      .flatMap((file) => readFileSync(path.join(folder, run, file), 'utf8').split('\n'));
  const contents = runs.map(linesOf);
  const { templates, events } = parseLines(contents.flat());
  let next = 0;
  const counts = contents.map((lines) => {
    const result = new Uint32Array(templates.length);
    events.subarray(next, (next += lines.length)).forEach((event) => result[event]++);
    return result;
  });
  const lexical = await lexicalScores(templates, LEXICAL_WEIGHTS.stream, undefined);
  runs.forEach((run, i) => {
    const others = runs.flatMap((other, k) => (k !== i && other.startsWith('correct') ? [k] : []));
    const goodCounts = templates.map((_, template) => others.reduce((sum, k) => sum + counts[k][template], 0));
    const fresh = templates.flatMap((_, t) => (counts[i][t] > 0 && goodCounts[t] === 0 ? [t] : []));
    const scores = scoresAgainstGood(goodCounts, lexical);
    const findings = fresh.filter((t) => scores[t] >= AGAINST_GOOD_CUT).sort((a, b) => scores[b] - scores[a]);
    report({
      set: 'LO2',
      detector: run,
      'new templates': fresh.length,
      findings: findings.length,
      first: findings.length > 0 ? templates[findings[0]].text.slice(0, 120) : undefined,
    });
  });
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
