import { basename, join } from 'node:path';
import { TRAINING_MESSAGES } from '../../core/errors/trainingMessages';
import { isAmong, UserError } from '../../core/errors/userError';
import { version } from '../../../package.json';
import { SequenceScorer } from '../../core/detect/model/sequenceScorer';
import { evaluate, type Evaluation } from '../../core/evaluation/evaluation';
import { figuresAt, samplesOf, type Figures } from '../../core/evaluation/figures';
import { columnsByEventNumber, eventNumbers, labelledSessions } from '../../core/evaluation/labelledSessions';
import { splitSessions } from '../../core/evaluation/split';
import { splittable, type SplitProvenance } from '../../core/evaluation/splitProvenance';
import { imageSize } from '../../core/features/blockImage';
import { compileSessionPattern } from '../../core/blocks/sessionKey';
import { grouped, UNKNOWN_EVENT } from '../../core/scan/modelLog';
import { LineWatch } from '../../core/patterns/lineWatch';
import type { LogFormat } from '../../core/formats/logFormat';
import { parseProfile, PROFILE_VERSION, type Profile } from '../../core/model/profile';
import { DrainEvents } from '../../core/templates/eventSource';
import { modelCard } from '../../core/evaluation/modelCard';
import type { EpochReport, TrainingRuntime } from '../../core/training/networkTrainer';
import { selectSessions, type SessionTable } from '../../core/blocks/sessionTable';
import { trainModel, type ModelSettings, type TrainedModel } from '../../core/training/trainModel';
import { AtomicFile } from '../files/atomicFile';
import { readLabels } from '../tables/labelsCsv';
import { openLog } from '../files/logSource';
import { networkHash } from '../models/modelBundle';
import { openClassifier } from '../models/onnxSession';
import { openTrainingStep } from '../models/onnxTrainingStep';
import { readLog } from '../scan/readLog';
import { readSequencesCsv } from '../tables/sequencesCsv';
import { readTemplatesCsv } from '../tables/templatesCsv';

/** What a model is trained with: event sequences and their templates, or a raw log and the labels of its blocks. */
export type TrainingData = { sequences: string; templates: string } | { log: string; labels: string };

/** An order for a model. */
export interface TrainingJob {
  data: TrainingData;
  /** Folder of the bundle. */
  output: string;
  name: string;
  /** How the logs look that the model is for. */
  format: LogFormat;
  /** Regular expression that finds the session keys in a message. */
  sessionKey: string;
  /** Seed of the split and of the training. */
  seed: number;
  /** Share of the sessions that are kept for the figures, 0…1. */
  testShare: number;
  /** Whether sessions with InRawDev = 1 are left out of training and split, and judged by themselves. */
  excludeRawDev: boolean;
  /** Passes over the training blocks at most. */
  maximumEpochs: number;
  /** For the model card: where the data come from and under which terms. */
  note?: string;
}

/** How training speaks with its caller. */
export interface TrainingHooks {
  /** Told what is being done, in a few words. */
  onPhase?: (phase: string) => void;
  onEpoch?: (report: EpochReport) => void;
  isCancelled?: () => boolean;
}

/** The figures of a trained model. */
export interface TrainingResult {
  evaluation: Evaluation;
  /** On the sessions with InRawDev = 1, where those were left out. */
  rawDev?: Figures;
}

/** What was measured best on HDFS; see docs/method/history.md. */
const SETTINGS: Omit<ModelSettings, 'schedule'> = {
  image: { window: 16, lengthShare: 0.9, countRows: 6 },
  validationShare: 0.1,
  shuffledShare: 0.5,
};
const SCHEDULE = { patience: 50, batch: 128, rate: 1e-3, warmUp: 100 };

/**
 * Trains a model, measures it on the sessions kept from it, and writes its bundle: model.onnx, profile.json and the model
 * card README.md. The same data and seed give the same bytes on the same machine.
 * @throws UserError if the data or settings cannot be used or the bundle cannot be written,
 * or if ONNX Runtime cannot be loaded
 * @throws CancelledError if the hooks say so
 */
export async function trainBundle(job: TrainingJob, hooks: TrainingHooks = {}): Promise<TrainingResult> {
  hooks.onPhase?.('reading the data');
  const { table, templates, matching } = await readData(job, hooks);
  const idOf = eventIds(table, templates);
  const sessions = splittable(table, { rawDevExcluded: job.excludeRawDev });
  const split = splitSessions(sessions, job.testShare, job.seed);
  const provenance: SplitProvenance = {
    seed: job.seed,
    testShare: job.testShare,
    rawDevExcluded: job.excludeRawDev,
    sessions: sessions.label.length,
    testPartUsed: false,
  };

  const runtime: TrainingRuntime = {
    openTrainingStep,
    openClassifier: (model, shape) => openClassifier(model, shape, 'the network in training'),
    onPhase: hooks.onPhase,
    onEpoch: hooks.onEpoch,
    isCancelled: hooks.isCancelled,
  };
  const settings: ModelSettings = {
    ...SETTINGS,
    schedule: { ...SCHEDULE, epochs: job.maximumEpochs, seed: job.seed },
  };
  const trained = await train(split.train, settings, runtime, job);

  const vocabulary = trained.vocabulary.map((event) => idOf.get(event)!);

  hooks.onPhase?.('measuring');
  const scores = await scoreTable(table, trained, columnsByEventNumber({ templates, vocabulary }), hooks);
  const evaluation = evaluate(split, { name: job.name, threshold: trained.threshold, scores });
  const rawDev = job.excludeRawDev
    ? figuresAt(
        samplesOf(
          selectSessions(table, (session) => table.inRawDev[session] === 1),
          scores,
        ),
        trained.threshold,
      )
    : undefined;

  const profile: Profile = {
    version: PROFILE_VERSION,
    name: job.name,
    networkSha256: networkHash(trained.onnx),
    format: job.format,
    sessionKey: job.sessionKey,
    matching,
    templates,
    vocabulary,
    features: { ...trained.spec, idf: [...trained.spec.idf] },
    usual: trained.usual,
    threshold: trained.threshold,
    training: {
      program: `logcnn ${version}`,
      data: 'sequences' in job.data ? basename(job.data.sequences) : basename(job.data.log),
      split: provenance,
      seed: job.seed,
      settings,
      epochs: trained.epochs,
      validation: trained.validation,
      figures: { test: evaluation.detectors[0].all, unseen: evaluation.detectors[0].unseen, rawDev },
    },
  };
  const card = modelCard({ profile, settings, trained, evaluation, rawDev, note: job.note });
  await writeBundle(job.output, profile, trained.onnx, card);
  return { evaluation, rawDev };
}

interface ReadData {
  table: SessionTable;
  templates: Profile['templates'];
  matching: Profile['matching'];
}

async function readData({ data, format, sessionKey }: TrainingJob, { isCancelled }: TrainingHooks): Promise<ReadData> {
  if ('sequences' in data) {
    const templates = await readTemplatesCsv(data.templates);
    return { table: await readSequencesCsv(data.sequences), templates, matching: 'wildcard' };
  }
  const labels = await readLabels(data.labels);
  const events = new DrainEvents();
  const watch = new LineWatch({ isCancelled });
  const reading = { format, sessionKey: compileSessionPattern(sessionKey, watch), events, watch };
  const log = await readLog(await openLog(data.log), reading, { isCancelled });
  const templates = events.drain.clusters.map(({ tokens }, i) => ({ id: `E${i + 1}`, template: tokens.join(' ') }));
  const vocabulary = templates.map(({ id }) => id);
  return {
    table: labelledSessions(grouped(log), labels, { templates, vocabulary }).table,
    templates,
    matching: 'drain',
  };
}

/**
 * The id of each event number.
 * @throws UserError if a session holds an event that has no template
 */
function eventIds({ sequences }: SessionTable, templates: Profile['templates']): Map<number, string> {
  const ids = new Map(Array.from(eventNumbers({ templates }), (number, i) => [number, templates[i].id]));
  for (const sequence of sequences) {
    const stranger = sequence.find((event) => event !== UNKNOWN_EVENT && !ids.has(event));
    if (stranger !== undefined) {
      throw new UserError('event-without-template', { event: stranger });
    }
  }
  return ids;
}

async function train(
  sessions: SessionTable,
  settings: ModelSettings,
  runtime: TrainingRuntime,
  { data }: TrainingJob,
): Promise<TrainedModel> {
  try {
    return await trainModel(sessions, new Set([UNKNOWN_EVENT]), settings, runtime);
  } catch (error) {
    const source = 'sequences' in data ? data.sequences : `${data.log} with ${data.labels}`;
    throw isAmong(TRAINING_MESSAGES, error)
      ? new UserError('sessions-unusable', { source, why: error.toMessage() })
      : error;
  }
}

/** Scores of a table's distinct sequences. */
async function scoreTable(
  { sequences }: SessionTable,
  { spec, onnx }: TrainedModel,
  columns: ReadonlyMap<number, number>,
  hooks: TrainingHooks,
): Promise<Float64Array> {
  const classifier = await openClassifier(onnx, imageSize(spec), 'the trained network');
  try {
    return await new SequenceScorer(spec, classifier).score(
      sequences.length,
      (i) => sequences[i].filter((event) => columns.has(event)).map((event) => columns.get(event)!),
      { isCancelled: hooks.isCancelled },
    );
  } finally {
    await classifier.release();
  }
}

/**
 * Writes the files of a bundle beside their places, then puts all of them there: until then a full disk leaves an earlier
 * bundle as it was. Who reads between two of the last steps sees by the hash that network and profile are of two bundles.
 */
async function writeBundle(folder: string, profile: Profile, onnx: Uint8Array, card: string): Promise<void> {
  const profilePath = join(folder, 'profile.json');
  const text = `${JSON.stringify(profile, null, 2)}\n`;
  parseProfile(JSON.parse(text), profilePath);
  const files: AtomicFile[] = [];
  try {
    for (const [path, content] of [
      [join(folder, 'README.md'), card],
      [join(folder, 'model.onnx'), onnx],
      [profilePath, text],
    ] as const) {
      const file = await AtomicFile.create(path);
      files.push(file);
      await file.write(content);
    }
    while (files.length > 0) {
      await files[0].commit();
      files.shift();
    }
  } finally {
    await Promise.all(files.map((file) => file.discard()));
  }
}
