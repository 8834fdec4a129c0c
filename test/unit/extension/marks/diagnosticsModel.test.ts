import assert from 'node:assert/strict';
import { DIAGNOSTICS_LIMIT, toDiagnostics } from '../../../../src/extension/marks/diagnosticsModel';
import { finding, outcome, translate } from '../fixtures';
import { ResultMessages } from '../../../../src/extension/results/resultMessages';

const messages = new ResultMessages(translate, 'en');

describe('toDiagnostics', () => {
  it('says what happened on the most suspicious line and points to the other lines', () => {
    const all = outcome([finding([7, 3, 9])]);
    assert.deepEqual(toDiagnostics(all.findings, all, messages, translate), [
      { line: 7, message: messages.finding(all.findings[0]), block: 'blk_7', related: [3, 9] },
    ]);
  });

  it('shows those of the highest scores, and says with the last one how many more there are', () => {
    const all = outcome(
      Array.from({ length: DIAGNOSTICS_LIMIT + 20 }, (_, i) => finding([i + 1])),
      { anomalous: DIAGNOSTICS_LIMIT + 50 },
    );
    const shown = toDiagnostics(all.findings, all, messages, translate);
    assert.equal(shown.length, DIAGNOSTICS_LIMIT);
    assert.equal(shown[DIAGNOSTICS_LIMIT - 2].message, messages.finding(all.findings[DIAGNOSTICS_LIMIT - 2]));
    assert.equal(
      shown[DIAGNOSTICS_LIMIT - 1].message,
      `${messages.finding(all.findings[DIAGNOSTICS_LIMIT - 1])} (20 more anomalous blocks of this log are in the LogCNN view.)` +
        ' (30 further ones are beyond the limit of the setting logcnn.maxFindings.)',
    );
  });

  it('says nothing of more where all are shown', () => {
    const all = outcome(Array.from({ length: DIAGNOSTICS_LIMIT }, (_, i) => finding([i + 1])));
    assert.match(toDiagnostics(all.findings, all, messages, translate).at(-1)!.message, /^Unusual "line \d+"[^(]*$/);
  });

  it('points to two other lines at most, those around the most suspicious one', () => {
    const lines = Array.from({ length: 100 }, (_, i) => 2 * i + 1);
    const related = (line: number) => {
      const all = outcome([finding([line, ...lines.filter((other) => other !== line)])]);
      return toDiagnostics(all.findings, all, messages, translate)[0].related;
    };
    assert.deepEqual(related(101), [99, 103]);
    assert.deepEqual(related(1), [3, 5]);
    assert.deepEqual(related(199), [195, 197]);
  });
});
