import { lowerBound } from '../../core/numeric/bisect';
import type { FindingsIndex } from '../../worker/protocol';

/** The findings that a line belongs to, highest score first. */
export function findingsAt({ lines, findings }: FindingsIndex, line: number): number[] {
  const result: number[] = [];
  for (let i = lowerBound(lines, line); lines[i] === line; i++) {
    result.push(findings[i]);
  }
  return result;
}
