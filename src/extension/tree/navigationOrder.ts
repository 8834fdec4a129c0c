import { partitionPoint } from '../../core/numeric/bisect';
import type { ScanOutcome } from '../results/resultsStore';

/**
 * Finds the next or previous finding by the position of its most suspicious line, around the end of the file.
 * @param from a line (the next finding is one below it, the previous one above), or a finding
 * @returns the index of the finding, `undefined` if there is none at all
 */
export function neighbour(
  { findings, index }: Pick<ScanOutcome, 'findings' | 'index'>,
  from: { line: number } | { finding: number },
  step: 1 | -1,
): number | undefined {
  const order = index.byPosition;
  if (order.length === 0) {
    return undefined;
  }
  if ('finding' in from) {
    return order[wrap(order.indexOf(from.finding) + step, order.length)];
  }
  // First place whose line is below, or at or below, the line that we come from.
  const bound = step === 1 ? from.line + 1 : from.line;
  const place = partitionPoint(order, (finding) => findings[finding].line < bound);
  return order[wrap(step === 1 ? place : place - 1, order.length)];
}

function wrap(place: number, length: number): number {
  return (place + length) % length;
}
