// Every detector that works without labels on every labelled set: one table, and JSON in out/bench/anylog.json.
// Arguments: names of sets, see `parts`; all without.
import { UNSUPERVISED_BASELINES } from './baselines/baselines';
import type { BlockDetector } from './baselines/blockDetector';
import type { EventLog } from '../src/core/events/eventLog';
import { unsupervisedScores } from '../src/core/detect/unsupervised/unsupervisedScores';
import { bestF1Threshold, confusionAt, precision, recall } from '../src/core/numeric/confusion';
import { averagePrecision, rocAuc } from '../src/core/evaluation/ranking';
import { openNextEventNet } from '../src/node/models/onnxNextEventNet';
import { evaluateCiPairs } from './anylog/ciPairsEvaluation';
import {
  apacheAttacks,
  bgl,
  type BlockSet,
  fail2ban,
  hadoop,
  hdfs,
  nezha,
  nova,
  readByItself,
} from './anylog/dataSets';
import { evaluateListedAttacks, evaluateListedNezha, evaluateListedSets } from './anylog/listedSets';
import { evaluateFindingCounts } from './anylog/findingCounts';
import { evaluateFollowedLogs } from './anylog/followedLogs';
import { evaluateLo2 } from './anylog/lo2Evaluation';
import { evaluateLogChunks } from './anylog/logChunksEvaluation';
import { report, writeReport, type Row } from './anylog/report';
import { fitSlope, reliabilityOf, type CutScores } from './anylog/scoreSlope';

const SEEDS = [1, 2, 3];

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
    hadoop: () => evaluateBlocks(hadoop()),
    attacks: () => evaluateBlocks(apacheAttacks()),
    fail2ban: () => evaluateBlocks(fail2ban()),
    listed: evaluateListedSets,
    'listed-nezha': evaluateListedNezha,
    'listed-attacks': evaluateListedAttacks,
    ci: evaluateLogChunks,
    pairs: evaluateCiPairs,
    lo2: evaluateLo2,
    counts: evaluateFindingCounts,
    followed: evaluateFollowedLogs,
  };
  const wanted = process.argv.slice(2);
  for (const [name, evaluate] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) {
      await evaluate();
    }
  }
  evaluateScores();
  writeReport();
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
  const ours = (seed: number): BlockDetector => ({
    name: `label-free, seed ${seed}`,
    score: (each) => unsupervisedScores(each, { openNextEventNet, seed }),
  });
  const detectors = [...UNSUPERVISED_BASELINES, ...SEEDS.map(ours)];
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
    const { blocks, cut, slope } = await unsupervisedScores(log, { openNextEventNet, seed: SEEDS[0] });
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

function named(reliability: ReturnType<typeof reliabilityOf>, by = ''): Omit<Row, 'set' | 'detector'> {
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

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
