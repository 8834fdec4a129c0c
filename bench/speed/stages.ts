import { rm } from 'node:fs/promises';
import { unsupervisedScores } from '../../src/core/detect/unsupervised/unsupervisedScores';
import { UnsupervisedFindings } from '../../src/core/findings/unsupervisedFindings';
import { LineSplitter } from '../../src/core/input/lineSplitter';
import { RecordReader, type RecordReaderOptions } from '../../src/core/records/recordReader';
import { grouped, type ScannedLog } from '../../src/core/scan/modelLog';
import { ModelLogScan } from '../../src/core/scan/modelLogScan';
import { frozenReading } from '../../src/core/scan/frozenReading';
import { LogProbe } from '../../src/core/scan/logProbe';
import type { RecordLog } from '../../src/core/scan/recordLog';
import { UnsupervisedLogScan } from '../../src/core/scan/unsupervisedLogScan';
import { LearningEvents } from '../../src/core/templates/eventSource';
import { loadModel } from '../../src/node/models/loadedModel';
import { openLog } from '../../src/node/files/logSource';
import { peek } from '../../src/node/scan/modelChoice';
import { openNextEventNet } from '../../src/node/models/onnxNextEventNet';
import { REPORTS } from '../../src/node/reports/report';
import { writeAtomically } from '../../src/node/files/atomicFile';
import { shortest } from './measure';

/** A part of the way from bytes to findings, and what it took alone. */
export interface Stage {
  name: string;
  seconds: number;
  cpuSeconds: number;
}

/** A stage of reading: what is pushed the bytes, and is told their end. */
interface Reader {
  push(chunk: Uint8Array): void;
  finish(): unknown;
}

/** Finds no session key. */
const NO_KEYS = { find: () => undefined };
const MODEL = 'models/hdfs';

/** The stages of a log that a model reads, each without those before it. */
export async function modelStages(path: string, report: string, repeats: number): Promise<Stage[]> {
  const { profile, scorer, classifier } = await loadModel(MODEL);
  let log: ScannedLog | undefined;
  const reading = await readingStages(path, repeats, [
    ['header, signature, template', () => new ModelLogScan({ ...frozenReading(profile), sessionKey: NO_KEYS })],
    [
      'sessions, grouping',
      () => {
        const scan = new ModelLogScan(frozenReading(profile));
        return { push: (chunk) => scan.push(chunk), finish: () => (log = grouped(scan.finish())) };
      },
    ],
  ]);
  const scoring = await shortest(repeats, () => scorer.score(log!, profile.threshold));
  const judged = await scorer.score(log!, profile.threshold);
  const findings = await shortest(repeats, async () => {
    const batch = await scorer.findings(judged, 0, judged.anomalous);
    const summary = { ...EMPTY_SUMMARY, anomalous: judged.anomalous };
    await writeReport(report, REPORTS.text({ input: path, summary, findings: once(batch) }));
  });
  await classifier.release();
  return [...reading, { name: 'scoring', ...scoring }, { name: 'findings', ...findings }];
}

/** The stages of a log that is judged without labels, each without those before it. */
export async function unsupervisedStages(path: string, repeats: number): Promise<Stage[]> {
  const { probe, close } = await peek(await openLog(path), {});
  await close();
  const options = (): RecordReaderOptions => ({ preview: new LogProbe(probe.beginning).preview });
  let log: RecordLog | undefined;
  const sink = { onRecord: () => undefined, onContinuation: () => undefined, onTrace: () => undefined };
  const reading = await readingStages(path, repeats, [
    ['format, records, stack traces', () => new RecordReader(sink, options())],
    [
      'templates, windows',
      () => {
        const scan = new UnsupervisedLogScan({ events: new LearningEvents(), options: options() });
        return { push: (chunk) => scan.push(chunk), finish: () => (log = scan.end().log()) };
      },
    ],
  ]);
  const judge = (): ReturnType<typeof unsupervisedScores> =>
    unsupervisedScores(log!.eventLog, { openNextEventNet, seed: 1 });
  const scoring = await shortest(1, judge);
  const scores = await judge();
  const findings = await shortest(repeats, async () => {
    const found = new UnsupervisedFindings(log!, scores, 0.5);
    found.findings(0, found.anomalous);
  });
  return [...reading, { name: 'scoring', ...scoring }, { name: 'findings', ...findings }];
}

/** Reads the log as often as there are stages, each time through one stage more; the differences are their times. */
async function readingStages(path: string, repeats: number, stages: [string, () => Reader][]): Promise<Stage[]> {
  const steps: [string, () => Reader][] = [
    ['read', () => ({ push: () => undefined, finish: () => undefined })],
    [
      'line splitting',
      () => {
        const splitter = new LineSplitter(() => undefined);
        return { push: (chunk) => splitter.push(chunk), finish: () => splitter.end() };
      },
    ],
    ...stages,
  ];
  const result: Stage[] = [];
  let before = { seconds: 0, cpuSeconds: 0 };
  for (const [name, start] of steps) {
    const all = await shortest(repeats, async () => {
      const reader = start();
      for await (const chunk of (await openLog(path)).chunks()) {
        reader.push(chunk);
      }
      reader.finish();
    });
    result.push({
      name,
      seconds: Math.max(0, all.seconds - before.seconds),
      cpuSeconds: Math.max(0, all.cpuSeconds - before.cpuSeconds),
    });
    before = all;
  }
  return result;
}

const EMPTY_SUMMARY = {
  model: 'hdfs',
  threshold: 0.5,
  lines: 0,
  blocks: 0,
  anomalous: 0,
  unknownRecords: 0,
  clippedLines: 0,
  format: '',
  notes: [],
};

async function* once<T>(item: T): AsyncGenerator<T, void> {
  yield item;
}

async function writeReport(path: string, report: AsyncIterable<string>): Promise<void> {
  await writeAtomically(path, async (file) => {
    for await (const text of report) {
      await file.write(text);
    }
  });
  await rm(path);
}
