/** Entries of a stream with their scores, as parallel columns in the order of the log. */
export interface ScoredEntries {
  /** First physical line of each entry's record, ascending. */
  lines: ArrayLike<number>;
  /** Template of each. */
  events: ArrayLike<number>;
  /** How suspicious each is. */
  scores: ArrayLike<number>;
}

/** A suspicious stretch of a stream: one or more entries close to each other. */
interface Stretch {
  /** Its first and last entry above the cut. */
  first: number;
  last: number;
  /** Its most suspicious entry; of equal ones the last. */
  peak: number;
}

/** What is shown as one finding: the stretches with the same template at their peak. */
export interface Suspect {
  /** The most suspicious of the stretches; of equal ones the last. */
  stretch: Stretch;
  score: number;
  /** All of them in the order of the log. */
  occurrences: Stretch[];
}

/** Entries above the cut this many lines apart belong to one stretch. */
const NEAR = 10;
/** Nothing is listed as most suspicious within so many lines of what is listed already. */
const APART = 5;

/**
 * The findings of a stream: what scores at least the cut, neighbours merged, and stretches with the same template at
 * their peak collapsed into one.
 * @returns the highest score first
 */
export function suspectsAbove(entries: ScoredEntries, cut: number): Suspect[] {
  const { lines, events, scores } = entries;
  const stretches: Stretch[] = [];
  let open: Stretch | undefined;
  for (let entry = 0; entry < scores.length; entry++) {
    if (scores[entry] < cut) {
      continue;
    }
    if (open !== undefined && lines[entry] - lines[open.last] <= NEAR) {
      open.last = entry;
      open.peak = scores[entry] >= scores[open.peak] ? entry : open.peak;
    } else {
      open = { first: entry, last: entry, peak: entry };
      stretches.push(open);
    }
  }
  const byTemplate = new Map<number, Suspect>();
  for (const stretch of stretches) {
    const template = events[stretch.peak];
    const score = scores[stretch.peak];
    const known = byTemplate.get(template);
    if (known === undefined) {
      byTemplate.set(template, { stretch, score, occurrences: [stretch] });
      continue;
    }
    known.occurrences.push(stretch);
    if (score >= known.score) {
      known.stretch = stretch;
      known.score = score;
    }
  }
  return [...byTemplate.values()].sort((a, b) => b.score - a.score || a.stretch.peak - b.stretch.peak);
}

/**
 * The most suspicious entries whatever the cut, of each template the last of the highest and none close to another: what
 * is listed apart where there are few findings.
 * @param taken entries that are listed already
 * @param count how many are wanted
 * @returns entries, the highest score first
 */
export function mostSuspicious(entries: ScoredEntries, count: number, taken: readonly number[] = []): number[] {
  const { lines, events, scores } = entries;
  const usedTemplates = new Set(taken.map((entry) => events[entry]));
  const listed = [...taken];
  const order = Array.from({ length: scores.length }, (_, entry) => entry);
  order.sort((a, b) => scores[b] - scores[a] || b - a);
  const result: number[] = [];
  for (const entry of order) {
    if (result.length === count) {
      break;
    }
    if (!usedTemplates.has(events[entry]) && !listed.some((other) => Math.abs(lines[other] - lines[entry]) <= APART)) {
      usedTemplates.add(events[entry]);
      listed.push(entry);
      result.push(entry);
    }
  }
  return result;
}
