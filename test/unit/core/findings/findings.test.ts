import assert from 'node:assert/strict';
import { ModelScorer } from '../../../../src/core/findings/findings';
import { grouped } from '../../../../src/core/scan/modelLog';
import { ModelLogScan } from '../../../../src/core/scan/modelLogScan';
import { frozenReading } from '../../../../src/core/scan/frozenReading';
import { classifierOfCounts, smallProfile } from '../../../support/profiles';
import { utf8 } from '../../../support/bytes';
import { findingText } from '../../../../src/core/findings/wording';

const FAIL = 3;

const LOG = [
  '250101 100000 1 INFO app: open job-1',
  '250101 100000 1 INFO app: open job-2',
  '250101 100001 1 INFO app: read job-1',
  '250101 100002 1 WARN app: job-2 failed',
  '  at line one',
  '  at line two',
  '250101 100003 1 INFO app: noise job-1',
  '250101 100003 1 INFO app: close job-1',
  '250101 100004 1 INFO app: noise job-3',
  '250101 100005 1 INFO app: never seen job-2',
  '250101 100006 1 INFO app: open job-4',
  '250101 100007 1 WARN app: job-4 failed',
].join('\n');

async function scored(): Promise<{ scorer: ModelScorer; log: Awaited<ReturnType<ModelScorer['score']>> }> {
  const profile = smallProfile();
  const scan = new ModelLogScan(frozenReading(profile));
  scan.push(utf8(LOG));
  const scorer = new ModelScorer(
    profile,
    classifierOfCounts((counts) => (counts[FAIL] > 0 ? 0.97 : 0.03)),
  );
  return { scorer, log: await scorer.score(grouped(scan.finish()), 0.5) };
}

describe('ModelScorer', () => {
  it('ranks by score, then by first line, and explains what is anomalous', async () => {
    const { scorer, log } = await scored();
    assert.equal(log.anomalous, 2);
    const findings = await scorer.findings(log, 0, 4);
    assert.deepEqual(
      findings.map(({ block, score, anomalous, line, lines }) => ({
        block,
        score,
        anomalous,
        line,
        lines: [...lines],
      })),
      [
        { block: 'job-2', score: 0.97, anomalous: true, line: 4, lines: [2, 4, 5, 6, 10] },
        { block: 'job-4', score: 0.97, anomalous: true, line: 12, lines: [11, 12] },
        { block: 'job-1', score: 0.03, anomalous: false, line: 1, lines: [1, 3, 7, 8] },
        // Only events that the network does not look at: nothing is known against it.
        { block: 'job-3', score: 0, anomalous: false, line: 9, lines: [9] },
      ],
    );
    assert.equal(
      findingText(findings[0]),
      'Unusual step "failed": hardly any normal block has it; "close" and "read" are missing, which nearly all others have',
    );
    assert.deepEqual([findings[0].firstTime, findings[0].lastTime], ['2025-01-01T10:00:00', '2025-01-01T10:00:05']);
  });

  it('gives the same findings in one piece or in many', async () => {
    const { scorer, log } = await scored();
    const whole = await scorer.findings(log, 0, 4);
    const pieces = [...(await scorer.findings(log, 0, 1)), ...(await scorer.findings(log, 1, 4))];
    assert.deepEqual(pieces, whole);
  });
});
