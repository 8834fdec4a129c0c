/** Entries of a stream with their scores, as parallel columns in the order of the log. */
export interface ScoredEntries {
  /** Physical line of each entry, ascending: the first of its record, or where a stack trace names its root. */
  lines: ArrayLike<number>;
  /** Where each stands among the entries of its source: its line, or where there are several which one of them it is. */
  places: ArrayLike<number>;
  /** Source of each, below `sourceCount`. */
  sequences: ArrayLike<number>;
  sourceCount: number;
  /** Template of each. */
  events: ArrayLike<number>;
  /** How suspicious each is. */
  scores: ArrayLike<number>;
  /** First physical line of the record of each; that of a stack trace is the record that holds it. */
  recordLine: (entry: number) => number;
}

/** A suspicious stretch of a stream: one or more entries of a source close to each other. */
export interface Stretch {
  /** Its first and last entry above the cut; what lies between belongs to it if it is of the same source. */
  first: number;
  last: number;
  /** Its most suspicious entry; of equal ones the first, for what follows is often its consequence. */
  peak: number;
}

/** What is shown as one finding: the stretches with the same template at their peak. */
export interface StretchGroup {
  /** The most suspicious of the stretches; of equal ones the first. */
  stretch: Stretch;
  score: number;
  /** All of them in the order of the log. */
  occurrences: Stretch[];
}

/**
 * Entries above the cut belong to one stretch where they are at most so many lines apart: half a percent of the log, and
 * never more than ten; of several sources so many records of the own one, and so many lines for each of them. In a build log of fifty lines every line is a matter of its own.
 */
const NEAR = 10;
const NEAR_SHARE = 0.005;

/** How many lines apart entries of one source may be in a log of so many lines to be one stretch. */
export function nearIn(lineCount: number): number {
  return Math.min(NEAR, Math.floor(NEAR_SHARE * lineCount));
}

/**
 * The findings of a stream: what scores at least the cut, neighbours merged, and stretches with the same template at
 * their peak collapsed into one.
 * @param lineCount physical lines of the log
 * @returns the highest score first, of equal ones the first
 */
export function stretchGroupsAbove(entries: ScoredEntries, cut: number, lineCount: number): StretchGroup[] {
  const { lines, places, sequences, sourceCount, events, scores, recordLine } = entries;
  const near = nearIn(lineCount);
  const isNear = (entry: number, last: number): boolean =>
    (places[entry] - places[last] <= near && lines[entry] - lines[last] <= near * sourceCount) ||
    recordLine(entry) === recordLine(last);
  const stretches: Stretch[] = [];
  /** Per source its last stretch. */
  const open: Stretch[] = [];
  for (let entry = 0; entry < scores.length; entry++) {
    if (scores[entry] < cut) {
      continue;
    }
    const last = open.at(sequences[entry]);
    if (last !== undefined && isNear(entry, last.last)) {
      last.last = entry;
      last.peak = scores[entry] > scores[last.peak] ? entry : last.peak;
    } else {
      const stretch = { first: entry, last: entry, peak: entry };
      open[sequences[entry]] = stretch;
      stretches.push(stretch);
    }
  }
  const byTemplate = new Map<number, StretchGroup>();
  for (const stretch of stretches) {
    const template = events[stretch.peak];
    const score = scores[stretch.peak];
    const known = byTemplate.get(template);
    if (known === undefined) {
      byTemplate.set(template, { stretch, score, occurrences: [stretch] });
      continue;
    }
    known.occurrences.push(stretch);
    if (score > known.score) {
      known.stretch = stretch;
      known.score = score;
    }
  }
  return [...byTemplate.values()].sort((a, b) => b.score - a.score || a.stretch.peak - b.stretch.peak);
}
