import type { Finding } from '../../../../src/core/findings/finding';
import { verdictOf, type Verdict } from '../../../../src/core/verdict/verdict';

/** A verdict on these findings, of which the first ones are anomalous. */
export function verdictOn(findings: readonly Partial<Finding>[], anomalous = findings.length): Verdict {
  const all = findings.map((finding, i): Finding => ({
    block: `b${i}`,
    score: 1 - i / 1000,
    anomalous: i < anomalous,
    count: 1,
    lines: Uint32Array.of(i + 1),
    line: i + 1,
    firstTime: null,
    lastTime: null,
    time: null,
    kind: 'unusual',
    parts: [],
    template: '',
    fingerprint: '',
    ...finding,
  }));
  return verdictOf(
    { total: all.length, anomalous, findings: async (start, end) => all.slice(start, end) },
    { lines: 1000, blocks: all.length, unknownRecords: 0, clippedLines: 0 },
    { model: 'some', threshold: 0.5, format: 'some', notes: ['a note'] },
  );
}
