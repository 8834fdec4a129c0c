import type { FindingsIndex } from '../../worker/protocol';

/** First place of `lines` (ascending) that is at or beyond the line. */
export function lowerBound(lines: Uint32Array, line: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle] < line) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The findings that a line belongs to, highest score first. */
export function findingsAt({ lines, findings }: FindingsIndex, line: number): number[] {
  const result: number[] = [];
  for (let i = lowerBound(lines, line); lines[i] === line; i++) {
    result.push(findings[i]);
  }
  return result;
}
