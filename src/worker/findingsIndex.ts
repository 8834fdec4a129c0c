import type { Finding } from '../core/findings/finding';
import type { FindingsIndex } from './protocol';

/**
 * Puts the findings of a scan in order by position and makes the way from a line back to its findings.
 *
 * It is made here and not by the one who shows the findings: sorting some million lines takes longer than an editor's
 * thread may be blocked.
 * @param findings highest score first; at most 2²¹ of them, so that line and index fit into one double
 */
export function indexFindings(findings: readonly Finding[]): FindingsIndex {
  const entries = findings.reduce((sum, finding) => sum + finding.lines.length, 0);
  // One number per pair of line and finding sorts natively, many times faster than pairs with a comparison function.
  const pairs = new Float64Array(entries);
  let next = 0;
  findings.forEach((finding, index) => {
    for (const line of finding.lines) {
      pairs[next++] = pair(line, index);
    }
  });
  pairs.sort();
  const lines = new Uint32Array(entries);
  const owners = new Uint32Array(entries);
  for (let i = 0; i < entries; i++) {
    lines[i] = Math.floor(pairs[i] / STRIDE);
    owners[i] = pairs[i] % STRIDE;
  }
  const positions = Float64Array.from(findings, (finding, index) => pair(finding.line, index)).sort();
  return { byPosition: Uint32Array.from(positions, (value) => value % STRIDE), lines, findings: owners };
}

/** One more than the largest index: 2²¹ × 2³² is exactly what a double holds. */
const STRIDE = 2 ** 21;

function pair(line: number, index: number): number {
  return line * STRIDE + index;
}
