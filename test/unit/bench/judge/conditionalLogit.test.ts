import assert from 'node:assert/strict';
import type { Candidates } from '../../../../bench/judge/candidates';
import { conditionalLogit, nothingIn, scoreOf } from '../../../../bench/judge/conditionalLogit';
import { Random } from '../../../../src/core/numeric/random';

describe('conditionalLogit', () => {
  const random = new Random(1);
  const logOf = (isHealthy: boolean): Candidates => {
    const cause = random.below(20);
    const isCause = Array.from({ length: 20 }, (_, i) => !isHealthy && i === cause);
    return {
      kind: 'stream',
      channels: ['telling', 'noise'],
      // The first channel tells the cause most of the time, the second nothing.
      values: isCause.map((is) => Float64Array.of((is ? 2 : 0) + random.next(), 3 * random.next())),
      templates: isCause.map((_, i) => i),
      lines: isCause.map((_, i) => i + 1),
      isCause,
      // It says what it is in nine of ten logs.
      ofLog: [isHealthy === random.next() < 0.9 ? 1 : 0],
      isHealthy,
      near: 0,
    };
  };
  const logs = Array.from({ length: 60 }, (_, i) => ({ log: logOf(i % 3 === 0), weight: 0.2 }));

  it('learns which channel tells the cause, and what no healthy log reaches', () => {
    const logit = conditionalLogit(logs, [true, true]);
    assert.ok(logit.weights[0] > 4 * logit.weights[1], logit.weights.join(' '));
    const right = logs.filter(({ log }) => {
      const scores = [...log.values.map((values) => scoreOf(logit, values)), nothingIn(logit, log)];
      const best = scores.indexOf(Math.max(...scores));
      return log.isHealthy ? best === 20 : log.isCause[best];
    });
    assert.ok(right.length >= 55, String(right.length));
    assert.ok(logit.ofLog[0] > 1, String(logit.ofLog));
  });

  it('leaves a channel out that may not count', () => {
    assert.equal(conditionalLogit(logs, [true, false]).weights[1], 0);
  });
});
