import { UserError } from '../errors/userError';
import type { ImageSpec } from '../features/blockImage';
import { inverseDocumentFrequencies } from '../features/idf';
import type { SessionTable } from '../blocks/sessionTable';

/** How images are made; what is not said here is learned from the sessions. */
export interface ImageSettings {
  /** Events per sliding window. */
  window: number;
  /** Share of the sessions that are shown at full resolution: the percentile that gives the maximum length. */
  lengthShare: number;
  /** Rows with the counts of the whole block. */
  countRows: number;
}

/** Sessions as a network sees them: distinct column sequences with the number of their normal and anomalous sessions. */
export interface TrainingSet {
  /** Event numbers of the columns, ascending: the events that occur in the sessions, without the ignored ones. */
  vocabulary: number[];
  spec: ImageSpec;
  /** Distinct blocks as columns. Sequences that differ only in ignored events are one. */
  columns: Uint16Array[];
  /** Per block: normal sessions. */
  normal: Float64Array;
  /** Per block: anomalous sessions. */
  anomalous: Float64Array;
}

/** Fewer rows or columns of an image would not survive the two poolings. */
const MINIMUM_SIZE = 5;

/**
 * Makes a training set of labelled sessions.
 * @param ignored event numbers that get no column
 * @throws UserError if the sessions hold too few different events, no normal or no anomalous one
 */
export function makeTrainingSet(
  sessions: SessionTable,
  ignored: ReadonlySet<number>,
  settings: ImageSettings,
): TrainingSet {
  const present = [...sessions.sequences.keys()].filter((i) => sessions.normal[i] + sessions.anomalous[i] > 0);
  const occurring = new Set<number>();
  for (const i of present) {
    sessions.sequences[i].forEach((event) => occurring.add(event));
  }
  const vocabulary = [...occurring].filter((event) => !ignored.has(event)).sort((a, b) => a - b);
  if (vocabulary.length < MINIMUM_SIZE) {
    throw new UserError('sessions-too-uniform', { events: vocabulary.length, least: MINIMUM_SIZE });
  }
  const columnOf = new Map(vocabulary.map((event, column) => [event, column]));
  const byText = new Map<string, number>();
  const columns: Uint16Array[] = [];
  const normal: number[] = [];
  const anomalous: number[] = [];
  for (const i of present) {
    const block = sessions.sequences[i].filter((event) => columnOf.has(event)).map((event) => columnOf.get(event)!);
    const text = block.join();
    let index = byText.get(text);
    if (index === undefined) {
      index = columns.push(block) - 1;
      byText.set(text, index);
      normal.push(0);
      anomalous.push(0);
    }
    normal[index] += sessions.normal[i];
    anomalous[index] += sessions.anomalous[i];
  }
  for (const [name, counts] of [
    ['normal', normal],
    ['anomalous', anomalous],
  ] as const) {
    if (!counts.some((count) => count > 0)) {
      throw new UserError('sessions-of-one-kind', { kind: name });
    }
  }
  const weighted = columns.map((block, i) => ({ columns: block, weight: normal[i] + anomalous[i] }));
  const lengths = new Map<number, number>();
  weighted.forEach(({ columns: { length }, weight }) => lengths.set(length, (lengths.get(length) ?? 0) + weight));
  const maximumLength = Math.max(settings.window + MINIMUM_SIZE - 1, quantile(lengths, settings.lengthShare));
  const spec: ImageSpec = {
    window: settings.window,
    maximumLength,
    rows: maximumLength - settings.window + 1,
    countRows: settings.countRows,
    idf: inverseDocumentFrequencies(weighted, vocabulary.length, settings.window),
  };
  return {
    vocabulary,
    spec,
    columns,
    normal: Float64Array.from(normal),
    anomalous: Float64Array.from(anomalous),
  };
}

/** How the events of normal and anomalous blocks look, per column; see the profile. */
export interface UsualEvents {
  normalShare: number[];
  anomalousShare: number[];
  normalMaximum: number[];
}

/** Share of the normal sessions below the "usual" largest number of occurrences. */
const USUAL_SHARE = 0.999;

/** Describes the events of a training set's normal and anomalous sessions. */
export function usualEvents({ vocabulary, columns, normal, anomalous }: TrainingSet): UsualEvents {
  const size = vocabulary.length;
  /** Per column: occurrences in a block → normal sessions with so many. */
  const normalCounts = Array.from({ length: size }, () => new Map<number, number>());
  const withEvent = [new Float64Array(size), new Float64Array(size)];
  const counts = new Uint32Array(size);
  columns.forEach((block, i) => {
    counts.fill(0);
    block.forEach((column) => counts[column]++);
    counts.forEach((count, column) => {
      normalCounts[column].set(count, (normalCounts[column].get(count) ?? 0) + normal[i]);
      if (count > 0) {
        withEvent[0][column] += normal[i];
        withEvent[1][column] += anomalous[i];
      }
    });
  });
  const total = (weights: Float64Array): number => weights.reduce((sum, weight) => sum + weight, 0);
  const [normalTotal, anomalousTotal] = [total(normal), total(anomalous)];
  return {
    normalShare: Array.from(withEvent[0], (weight) => weight / normalTotal),
    anomalousShare: Array.from(withEvent[1], (weight) => weight / anomalousTotal),
    normalMaximum: normalCounts.map((byCount) => quantile(byCount, USUAL_SHARE)),
  };
}

/** The smallest value that at least a share of the weight does not exceed. */
function quantile(weights: ReadonlyMap<number, number>, share: number): number {
  const sorted = [...weights].sort(([a], [b]) => a - b);
  const wanted = share * sorted.reduce((sum, [, weight]) => sum + weight, 0);
  let reached = 0;
  for (const [value, weight] of sorted) {
    reached += weight;
    if (reached >= wanted) {
      return value;
    }
  }
  return sorted.at(-1)?.[0] ?? 0;
}
