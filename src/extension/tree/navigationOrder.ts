import type { FileResults } from '../results/resultsStore';
import type { ShownFindings } from '../results/shownFindings';

/** A finding of one of the files. */
export interface FindingPlace {
  results: FileResults;
  /** Of the finding in the outcome. */
  finding: number;
}

/** Where a step begins: at a line of a file, or at a finding. */
export type StepStart = FindingPlace | { results: FileResults; line: number };

/**
 * The next or previous finding that is shown: in a file by the position of its most suspicious line, then in the next or
 * previous file that has some, around the end of all.
 * @param from the next finding is below its line, the previous one above; undefined to begin before the first file
 * @returns whether the step went around the end with it; undefined if there is no finding at all
 */
export function neighbour(
  files: readonly FileResults[],
  shown: ShownFindings,
  from: StepStart | undefined,
  step: 1 | -1,
): (FindingPlace & { isAround: boolean }) | undefined {
  const all = files.flatMap((results) =>
    inOrder(results, shown).map((finding): FindingPlace => ({ results, finding })),
  );
  if (all.length === 0) {
    return undefined;
  }
  const place = from === undefined ? (step === 1 ? 0 : -1) : nextPlace(all, files, from, step);
  const isAround = place < 0 || place >= all.length;
  return { ...all[(place + all.length) % all.length], isAround: isAround && from !== undefined };
}

/** The findings of a file that are shown, by their most suspicious lines. */
function inOrder({ outcome }: FileResults, shown: ShownFindings): number[] {
  return outcome === undefined ? [] : Array.from(outcome.index.byPosition).filter((i) => shown.has(outcome, i));
}

function nextPlace(all: readonly FindingPlace[], files: readonly FileResults[], from: StepStart, step: 1 | -1): number {
  const fileOf = ({ results }: Pick<FindingPlace, 'results'>): number => files.indexOf(results);
  if ('finding' in from) {
    const own = all.findIndex(({ results, finding }) => results === from.results && finding === from.finding);
    if (own >= 0) {
      return own + step;
    }
  }
  const line = 'line' in from ? from.line : (from.results.outcome?.findings[from.finding]?.line ?? 0);
  const file = fileOf(from);
  const lineOf = ({ results, finding }: FindingPlace): number => results.outcome!.findings[finding].line;
  if (step === 1) {
    const below = all.findIndex((each) => fileOf(each) > file || (fileOf(each) === file && lineOf(each) > line));
    return below < 0 ? all.length : below;
  }
  return all.findLastIndex((each) => fileOf(each) < file || (fileOf(each) === file && lineOf(each) < line));
}
