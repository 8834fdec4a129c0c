import type { ScanOutcome } from '../results/resultsStore';
import { lowerBound } from '../../core/numeric/bisect';

/** Lines to mark, each once, ascending, from 1. */
export interface MarkedLines {
  /** Most suspicious lines of findings. */
  suspicious: number[];
  /** Other lines of findings. */
  others: number[];
}

/** How many lines of each kind the overview ruler marks: it has no more room, and each mark costs the editor time. */
const RULER_LIMIT = 1000;

/** The lines to mark in the gutter among `first…last`: only those near what is seen, as a log may have millions. */
export function gutterLines(
  { findings, index }: Pick<ScanOutcome, 'findings' | 'index'>,
  first: number,
  last: number,
): MarkedLines {
  const suspicious = new Set<number>();
  const others = new Set<number>();
  for (let i = lowerBound(index.lines, first); i < index.lines.length && index.lines[i] <= last; i++) {
    const line = index.lines[i];
    (findings[index.findings[i]].line === line ? suspicious : others).add(line);
  }
  return { suspicious: [...suspicious], others: [...others].filter((line) => !suspicious.has(line)) };
}

/** The lines to mark in the overview ruler among those above `after` and up to `last`: those of the highest scores. */
export function rulerLines(
  { findings }: Pick<ScanOutcome, 'findings'>,
  { after, last }: { after: number; last: number },
): MarkedLines {
  const isShown = (line: number): boolean => line > after && line <= last;
  const suspicious = new Set<number>();
  const others = new Set<number>();
  for (const { line } of findings) {
    if (isShown(line) && suspicious.size < RULER_LIMIT) {
      suspicious.add(line);
    }
  }
  for (const { lines } of findings) {
    for (const line of lines) {
      if (others.size === RULER_LIMIT) {
        return sorted(suspicious, others);
      }
      if (isShown(line) && !suspicious.has(line)) {
        others.add(line);
      }
    }
  }
  return sorted(suspicious, others);
}

/** The same lines as a file counts them that has `after` lines before it. */
export function ownLines({ suspicious, others }: MarkedLines, after: number): MarkedLines {
  const own = (lines: number[]) => lines.map((line) => line - after);
  return { suspicious: own(suspicious), others: own(others) };
}

function sorted(suspicious: Set<number>, others: Set<number>): MarkedLines {
  const ascending = (lines: Set<number>) => [...lines].sort((a, b) => a - b);
  return { suspicious: ascending(suspicious), others: ascending(others) };
}
