import assert from 'node:assert/strict';
import { ResultMessages } from '../../../../src/extension/results/resultMessages';
import { messageOf, rowDescription, rowLabel, rowTooltip } from '../../../../src/extension/tree/findingRow';
import { finding, translate } from '../fixtures';

describe('the row of a finding', () => {
  const messages = new ResultMessages(translate, 'en');
  const described = (values: Parameters<typeof finding>[1], place?: string): string =>
    rowDescription(finding([4217], { block: 'L4217-L4217', ...values }), messages, translate, place);

  it('is the message as it was logged, else the template, else the session', () => {
    assert.equal(messageOf(finding([1], { text: 'Payment of order 7 failed' })), 'Payment of order 7 failed');
    assert.equal(messageOf(finding([1], { template: 'Payment of order <*> failed' })), 'Payment of order … failed');
    assert.equal(messageOf(finding([1], { template: '', block: 'blk_7' })), 'blk_7');
  });

  it('says what kind it is, when, and how often', () => {
    assert.equal(described({ kind: 'new-error', time: '2025-01-01T08:02:11.470' }), 'new error · 08:02:11');
    assert.equal(
      described({ kind: 'unusual-step', firstTime: '2025-01-01T08:02:11', count: 3 }),
      'unusual step · 08:02:11 · ×3',
    );
    assert.equal(described({ kind: 'new-message' }), 'new message · line 4,217');
    assert.equal(described({ kind: 'new-message', block: 'app.log.1:L7-app.log:L2' }), 'new message · line 4,217');
    assert.equal(described({ kind: 'unusual-step', block: 'blk_-2534' }), 'unusual step · line 4,217 · blk_-2534');
    assert.equal(
      described({
        kind: 'burst',
        time: '2025-01-01T08:05:09',
        parts: [{ part: 'burst', count: 25, milliseconds: 900 }],
      }),
      'burst · 08:05:09 · ×25 in 1 s',
    );
    assert.equal(
      described({
        kind: 'burst-of-errors',
        time: '2025-01-01T08:05:09',
        parts: [{ part: 'errors-here', count: 12, errors: 13, milliseconds: 11_000 }],
      }),
      'burst of errors · 08:05:09 · ×12 in 11 s',
    );
    assert.equal(
      described({ kind: 'keeps-failing', parts: [{ part: 'keeps-failing', count: 1480, share: 0.2 }] }, 'a.log'),
      'keeps failing · line 4,217 · ×1,480 · a.log',
    );
  });

  it('is heard in at most fifteen words', () => {
    const text = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ');
    const label = rowLabel(
      finding([1], { kind: 'burst-of-errors', text }),
      messages,
      translate,
      'logs/yesterday/shop.log',
    );
    assert.equal(
      label,
      'burst of errors: word0 word1 word2 word3 word4 word5 word6 word7…, in logs/yesterday/shop.log',
    );
    assert.ok(label.split(/\s+/).length <= 15);
    assert.ok(!/[`<>]/.test(rowLabel(finding([1], { template: 'a <*> b' }), messages, translate)));
  });

  it('has all that is known in its tooltip, and nothing of the log as markup', () => {
    const shown = rowTooltip(
      finding([7, 8], {
        block: 'L7-L7',
        text: '[x](command:evil) $(bug) <b> **bold**',
        kind: 'new-error',
        score: 0.9984,
        firstTime: '2025-01-01T08:02:11',
        lastTime: '2025-01-01T08:02:12',
        parts: [{ part: 'level', level: 'error', errors: 1 }],
      }),
      0.5,
      messages,
      translate,
    );
    const plain = shown.replace(/\\(.)/g, '$1');
    assert.match(plain, /New error\n- the only error in this log\n\nvery likely · score 0\.998 · L7 · 2 lines · 2025/);
    assert.ok(!/(?<!\\)[[$<`]/.test(shown), shown);
    assert.ok(!/(?<!\\)\*\*bold/.test(shown), shown);
  });
});
