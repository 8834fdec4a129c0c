import { UserError } from '../../core/errors/userError';
import type { Hooks } from '../../core/cancellation';
import { SequenceScorer } from '../../core/detect/model/sequenceScorer';
import { type Evaluation, evaluate } from '../../core/evaluation/evaluation';
import { columnsByEventNumber, labelledSessions } from '../../core/evaluation/labelledSessions';
import { type Split, joinParts } from '../../core/evaluation/split';
import { type SplitProvenance, splitAs, splitProvenance, splittable } from '../../core/evaluation/splitProvenance';
import type { Profile } from '../../core/model/profile';
import { grouped } from '../../core/scan/modelLog';
import { sessionsSampleNotes } from '../../core/scan/sessionsSampleNotes';
import { frozenReading } from '../../core/scan/frozenReading';
import { LineWatch } from '../../core/patterns/lineWatch';
import type { SessionTable } from '../../core/blocks/sessionTable';
import { readLabels } from '../tables/labelsCsv';
import { type LoadedModel, loadModel } from '../models/loadedModel';
import { openLog } from '../files/logSource';
import { readLog } from '../scan/readLog';
import { readSequencesCsv } from '../tables/sequencesCsv';

/** The sessions on which a model is judged: a CSV of event sequences, or a raw log with a CSV of labels. */
export type EvaluationData = { sequences: string } | { log: string; labels: string };

/** What an evaluation found, and what is to be known about it. */
export interface EvaluationReport {
  /** Name of the model. */
  model: string;
  /** The file with the sessions. */
  input: string;
  /** Sentences without which the figures would mislead. */
  notes: string[];
  evaluation: Evaluation;
}

/** Where a model's profile does not say how its data were split. */
const DEFAULT_SPLIT = { seed: 1, testShare: 0.2, rawDevExcluded: false };

/**
 * Measures a model beside the baselines. The data are split as the model's own training data were, so that on those it
 * is judged by the sessions that were kept from it, and the baselines learn from the others.
 * @param modelPath a bundle folder or a .onnx file with its profile beside it
 * @param trainPath a CSV of event sequences from which the baselines learn instead; then all sessions of the data are
 * judged
 * @throws UserError if a file cannot be used or there are too few sessions to split,
 * or if ONNX Runtime cannot be loaded
 * @throws CancelledError if the hooks say so
 */
export async function evaluateModel(
  modelPath: string,
  data: EvaluationData,
  trainPath: string | undefined,
  hooks: Hooks = {},
): Promise<EvaluationReport> {
  const model = await loadModel(modelPath);
  try {
    const { profile } = model;
    const input = 'sequences' in data ? data.sequences : data.log;
    const { table, notes } = await readSessions(data, profile, hooks);
    const provenance = splitProvenance(profile.training);
    let split: Split;
    if (trainPath === undefined) {
      split = splitAs(table, provenance ?? DEFAULT_SPLIT);
      notes.push(...splitNotes(provenance, table));
    } else {
      const train = splittable(await readSequencesCsv(trainPath), provenance ?? DEFAULT_SPLIT);
      split = joinParts(train, table);
      notes.push(`The baselines learned from ${trainPath}; all sessions of ${input} are judged.`);
    }
    if (split.train.label.length === 0 || split.test.label.length === 0) {
      throw new UserError('sessions-too-few', { path: input, count: table.label.length });
    }
    const scores = await scoreSequences(model, split.test, hooks);
    const { name, threshold } = profile;
    return { model: name, input, notes, evaluation: evaluate(split, { name, threshold, scores }) };
  } finally {
    await model.classifier.release();
  }
}

async function readSessions(
  data: EvaluationData,
  profile: Profile,
  { isCancelled }: Hooks,
): Promise<{ table: SessionTable; notes: string[] }> {
  if ('sequences' in data) {
    return { table: await readSequencesCsv(data.sequences), notes: [] };
  }
  const labels = await readLabels(data.labels);
  const log = await readLog(
    await openLog(data.log),
    frozenReading(profile, profile.sessionKey, new LineWatch({ isCancelled })),
    { isCancelled },
  );
  const { table, unlabelled, absent } = labelledSessions(grouped(log), labels, profile);
  if (table.label.length === 0) {
    throw new UserError('no-block-labelled', { count: log.blockCount, log: data.log, labels: data.labels });
  }
  const notes = sessionsSampleNotes(log.sample);
  if (unlabelled > 0) {
    notes.push(`${unlabelled} blocks of the log have no label and are left out.`);
  }
  if (absent > 0) {
    notes.push(`${absent} labels name blocks that do not occur in the log.`);
  }
  return { table, notes };
}

function splitNotes(provenance: SplitProvenance | undefined, table: SessionTable): string[] {
  if (provenance === undefined) {
    const { seed, testShare } = DEFAULT_SPLIT;
    return [
      `The model's profile does not say how its training data were split: ${100 * testShare} % of the sessions drawn with seed ${seed} are judged, and the model may have been trained on them.`,
    ];
  }
  if (splittable(table, provenance).label.length !== provenance.sessions) {
    return [
      `These are not the ${provenance.sessions} sessions that the model was trained and tested with: figures are those of data from elsewhere.`,
    ];
  }
  return provenance.testPartUsed
    ? ['The weights of this model were trained on the tested sessions too, after its own figures had been taken.']
    : [];
}

/** Scores the sequences that have sessions; the others get 0. */
async function scoreSequences(
  { profile, classifier }: LoadedModel,
  { sequences, normal, anomalous }: SessionTable,
  hooks: Hooks,
): Promise<Float64Array> {
  const columnOf = columnsByEventNumber(profile);
  const wanted = sequences.flatMap((_, i) => (normal[i] + anomalous[i] > 0 ? [i] : []));
  const judged = await new SequenceScorer(profile.features, classifier).score(
    wanted.length,
    (k) => Array.from(sequences[wanted[k]]).flatMap((event) => columnOf.get(event) ?? []),
    hooks,
  );
  const scores = new Float64Array(sequences.length);
  wanted.forEach((sequence, k) => {
    scores[sequence] = judged[k];
  });
  return scores;
}
