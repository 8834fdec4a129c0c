import assert from 'node:assert/strict';
import type { UnsupervisedScores } from '../../../../src/core/detect/unsupervised/unsupervisedScores';
import { UnsupervisedFindings } from '../../../../src/core/findings/unsupervisedFindings';
import { recordLog } from '../../../support/records';

/** The findings of a log of equal lines of which some have a raw score; the cut is 5. */
function findingsOf(
  lineCount: number,
  scoreOfLine: Record<number, number>,
  isBlank: (line: number) => boolean = () => false,
): UnsupervisedFindings {
  const lines = Array.from({ length: lineCount }, (_, i) => (isBlank(i + 1) ? '\n' : `line ${'abcdefgh'[i % 8]}\n`));
  const log = recordLog(lines.join(''));
  const scores: UnsupervisedScores = {
    entries: Float64Array.from(log.lines, (line) => scoreOfLine[line] ?? 0),
    blocks: new Float64Array(log.eventLog.blockCount),
    cut: 5,
    slope: 1,
    usesSequence: false,
    lexical: new Float64Array(log.eventLog.templates.length),
  };
  return new UnsupervisedFindings(log, scores, 0.5);
}

describe('UnsupervisedFindings of a log without sessions', () => {
  it('lists the rest in windows, of equal ones the last first, and points to the first of equal lines', () => {
    const findings = findingsOf(60, { 3: 2, 7: 2, 45: 2 }).findings(0, 3);
    assert.deepEqual(
      findings.map(({ block, line, anomalous }) => [block, line, anomalous]),
      [
        ['L41-L60', 45, false],
        ['L1-L20', 3, false],
        ['L21-L40', 21, false],
      ],
    );
  });

  it('gives a window in which no record begins the score 0, after all others', () => {
    const findings = findingsOf(60, {}, (line) => line > 20 && line <= 40).findings(0, 3);
    assert.deepEqual(
      findings.map(({ block, score }) => [block, score > 0]),
      [
        ['L41-L60', true],
        ['L1-L20', true],
        ['L21-L40', false],
      ],
    );
  });

  it('points to every line above the cut in a short log, and to one of several close ones in a long one', () => {
    const scores = { 50: 6, 53: 7, 55: 6 };
    assert.equal(findingsOf(60, scores).anomalous, 3);
    const long = findingsOf(2000, scores);
    assert.equal(long.anomalous, 1);
    assert.deepEqual([long.findings(0, 1)[0].block, long.findings(0, 1)[0].line], ['L50-L55', 53]);
  });
});
