import { keyTokens, patternOf } from './keyTokens';

/** A record of the sample that is searched for a session key. */
export interface SampleRecord {
  /** The text in which keys are looked for: the one that the session pattern is going to be applied to. */
  text: string;
  /** Its event. */
  event: number;
}

/** A session key that was found. */
export interface DiscoveredKey {
  /** For compileSessionPattern. */
  pattern: string;
  /** One sentence that says why it is taken for the key of sessions. */
  reason: string;
}

/** Records of the sample that are looked at; a key that has not shown by then is none. */
export const SAMPLE_RECORDS = 20_000;

/** Characters of a record in which keys are looked for. */
const LONGEST_TEXT = 512;

/** Kinds of tokens that are followed; a log has some dozens. */
const MAX_KINDS = 512;

/** From where on a kind of token names sessions. */
export interface KeyLimits {
  /** Keys: fewer tell nothing about what is usual. */
  sessions: number;
  /** Share of the records that belong to a session of at least two. */
  coverage: number;
  /**
   * Different events of a session, mean over the records: what is named again and again by one event is a parameter, not a
   * story. Sessions that the sample's ends have torn, and keys of one record, have little say.
   */
  story: number;
  /**
   * Share of the records that belong to sessions which begin after the first quarter of the sample. Sessions keep being
   * born; a thread, a host or a usual size is there from the start.
   */
  bornLate: number;
  /** Share of sessions that begin with one of the three most usual events: a story has a beginning, a host has none. */
  alikeBeginnings: number;
  /** Share of sessions among whose records are others' records: dates and counters follow each other without. */
  overlap: number;
  /** Share of the keys that must be met beside one key alone of another kind to lie within it. */
  within: number;
  /** How many keys must lie in each of the other kind, mean. */
  withinEach: number;
}

/** The limits in force; `npm run evaluate:session-keys` measures them, each system with what the others would choose. */
export const KEY_LIMITS: KeyLimits = {
  sessions: 20,
  coverage: 0.25,
  story: 3,
  bornLate: 0.25,
  alikeBeginnings: 0.6,
  overlap: 0.1,
  within: 0.9,
  withinEach: 1.2,
};

/** A kind of token that names sessions. */
interface Candidate {
  kind: string;
  /** Per key its records, ascending. */
  recordsOfKey: Map<string, number[]>;
  grouping: Grouping;
  score: number;
}

/** How tokens of one kind group the sample's records. */
type Grouping = Omit<KeyLimits, 'within' | 'withinEach'>;

/**
 * Finds what a log's sessions are named by: a kind of token (see keyTokens.ts) whose keys keep being born, and name
 * overlapping runs of records with different events which mostly begin alike. Of several, the one that tells most of the
 * story, by the share of records that it covers and the different events that a session has; but where the keys of one
 * lie within those of another, the other: in OpenStack nova a request id names a few steps, the instance's id the whole
 * life of the instance. Takes time linear in the sample.
 *
 * What is done with the key are the session windows of He, Zhu, He, Lyu: "Experience Report: System Log Analysis for
 * Anomaly Detection", ISSRE 2016, section III-C, where a person names it; the measures by which it is found are ours.
 * @param records consecutive records from the begin of the log; at most {@link SAMPLE_RECORDS} are looked at
 * @param limits from where on a kind of token names sessions
 * @returns undefined if there is no such kind of token
 */
export function discoverSessionKey(records: readonly SampleRecord[], limits = KEY_LIMITS): DiscoveredKey | undefined {
  const sample = records.slice(0, SAMPLE_RECORDS);
  const candidates: Candidate[] = [];
  for (const [kind, recordsOfKey] of collect(sample)) {
    if (recordsOfKey.size < limits.sessions) {
      continue;
    }
    const grouping = measure([...recordsOfKey.values()], sample);
    const score = grouping.coverage * Math.log2(1 + grouping.story) * grouping.alikeBeginnings;
    if (isStory(grouping, limits)) {
      candidates.push({ kind, recordsOfKey, grouping, score });
    }
  }
  if (candidates.length === 0) {
    return undefined;
  }
  const best = candidates
    .sort((a, b) => b.score - a.score)
    .reduce((chosen, other) => (liesWithin(chosen, other, limits) ? other : chosen));
  const { pattern, description } = patternOf(best.kind, [...best.recordsOfKey.keys()]);
  const { sessions, coverage, story } = best.grouping;
  return {
    pattern,
    reason:
      `${description} groups ${percent(coverage)} of the first ${sample.length} records into ${sessions} sessions ` +
      `of about ${Math.round(story)} different messages, most of which begin alike.`,
  };
}

/**
 * Whether the keys of one candidate lie within those of another: nearly each of them is met beside one key of the other
 * alone, which has several of them.
 */
function liesWithin(inner: Candidate, outer: Candidate, { sessions, within, withinEach }: KeyLimits): boolean {
  const outerOf = new Map<number, string>();
  for (const [key, records] of outer.recordsOfKey) {
    records.forEach((record) => outerOf.set(record, key));
  }
  let [beside, alone] = [0, 0];
  const holders = new Set<string>();
  for (const records of inner.recordsOfKey.values()) {
    const keys = new Set(records.flatMap((record) => outerOf.get(record) ?? []));
    if (keys.size > 0) {
      beside++;
      alone += keys.size === 1 ? 1 : 0;
      keys.forEach((key) => holders.add(key));
    }
  }
  return beside >= sessions && alone >= within * beside && beside >= withinEach * holders.size;
}

/** For each kind of token the records of each key, ascending and without repeats. */
function collect(sample: readonly SampleRecord[]): Map<string, Map<string, number[]>> {
  const kinds = new Map<string, Map<string, number[]>>();
  sample.forEach(({ text }, record) => {
    for (const { kind, key } of keyTokens(text.slice(0, LONGEST_TEXT))) {
      let keys = kinds.get(kind);
      if (keys === undefined) {
        if (kinds.size >= MAX_KINDS) {
          continue;
        }
        keys = new Map<string, number[]>();
        kinds.set(kind, keys);
      }
      const list = keys.get(key);
      if (list === undefined) {
        keys.set(key, [record]);
      } else if (list[list.length - 1] !== record) {
        list.push(record);
      }
    }
  });
  return kinds;
}

function measure(groups: readonly (readonly number[])[], sample: readonly SampleRecord[]): Grouping {
  const covered = new Uint8Array(sample.length);
  const sessions = groups.filter((group) => group.length >= 2);
  for (const record of sessions.flat()) {
    covered[record] = 1;
  }
  /** Covered records before each record. */
  const before = new Uint32Array(sample.length + 1);
  covered.forEach((one, record) => (before[record + 1] = before[record] + one));
  const beginnings = new Map<number, number>();
  let complete = 0;
  let story = 0;
  let bornLate = 0;
  let total = 0;
  let overlapping = 0;
  for (const group of groups) {
    // What begins right at the sample's begin may have begun before it.
    if (group[0] >= sample.length / 20) {
      const event = sample[group[0]].event;
      beginnings.set(event, (beginnings.get(event) ?? 0) + 1);
      complete++;
    }
  }
  for (const group of sessions) {
    total += group.length;
    bornLate += group[0] >= sample.length / 4 ? group.length : 0;
    story += group.length * new Set(group.map((record) => sample[record].event)).size;
    if (before[group[group.length - 1] + 1] - before[group[0]] > group.length) {
      overlapping++;
    }
  }
  const usual = [...beginnings.values()].sort((a, b) => b - a).slice(0, 3);
  return {
    sessions: groups.length,
    coverage: before[sample.length] / Math.max(1, sample.length),
    story: story / Math.max(1, total),
    bornLate: bornLate / Math.max(1, total),
    alikeBeginnings: usual.reduce((sum, count) => sum + count, 0) / Math.max(1, complete),
    overlap: overlapping / Math.max(1, sessions.length),
  };
}

function isStory(grouping: Grouping, limits: KeyLimits): boolean {
  const { coverage, story, bornLate, alikeBeginnings, overlap } = grouping;
  return (
    coverage >= limits.coverage &&
    story >= limits.story &&
    bornLate >= limits.bornLate &&
    alikeBeginnings >= limits.alikeBeginnings &&
    overlap >= limits.overlap
  );
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
