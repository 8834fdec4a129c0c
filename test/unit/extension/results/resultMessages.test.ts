import assert from 'node:assert/strict';
import { ResultMessages } from '../../../../src/extension/results/resultMessages';
import { finding, outcome, results, translate } from '../fixtures';

describe('ResultMessages', () => {
  const messages = new ResultMessages(translate, 'en');

  it('never shows a score below 1 as 1', () => {
    assert.equal(messages.score(0.99999), '0.999');
    assert.equal(messages.score(1), '1.000');
    assert.equal(messages.score(0.5), '0.500');
  });

  it('tells score, lines and occurrences of a finding', () => {
    assert.equal(messages.figures(finding([1, 2], { score: 0.75 })), '0.750 · 2 lines');
    assert.equal(messages.figures(finding([1], { count: 1200 })), '0.900 · 1 line · ×1,200');
  });

  it('tells the state of a file', () => {
    const found = outcome([finding([1])], { blocks: 1234 });
    assert.equal(messages.fileState(results([], { outcome: found })), '1 finding · Hadoop HDFS');
    assert.equal(
      messages.fileState(results([], { outcome: found, staleness: 'changed' })),
      '1 finding · out of date · Hadoop HDFS',
    );
    assert.equal(
      messages.fileState(results([], { outcome: found, staleness: 'gone' })),
      '1 finding · the file is gone · Hadoop HDFS',
    );
    const lastUpdate = Date.UTC(2024, 1, 2, 3, 4, 5);
    const time = new Date(lastUpdate).toLocaleTimeString('en');
    assert.equal(
      messages.fileState(results([], { outcome: found, following: { lastUpdate } })),
      `1 finding · following, ${time} · Hadoop HDFS`,
    );
    assert.equal(
      messages.fileState(results([], { outcome: found, failure: '/logs/a.log is no text.' })),
      'scan failed, below are the results of the scan before: is no text.',
    );
    assert.equal(messages.fileState(results([], { outcome: undefined, failure: 'broken' })), 'scan failed: broken');
    assert.equal(messages.fileState(results([], { outcome: undefined, scanning: true })), 'waiting');
  });

  it('tells the good logs that a file was judged against, and that nothing was found', () => {
    const state = (...values: Parameters<typeof outcome>) =>
      messages.fileState(results([], { outcome: outcome(...values) }));
    assert.equal(
      state([finding([1])], { baselines: ['/logs/good.log', '/logs/better.log.gz'], blocks: 9 }),
      '1 finding · against good.log, better.log.gz · Hadoop HDFS',
    );
    assert.equal(state([], { blocks: 1234 }), 'no findings · Hadoop HDFS');
    assert.equal(state([], { blocks: 9, suppressed: 2 }), 'no findings · 2 suppressed · Hadoop HDFS');
  });

  it('tells progress in percent, also of an empty file', () => {
    const state = (phase: 'reading' | 'judging' | 'explaining', done: number, total: number) =>
      messages.fileState(results([], { scanning: true, progress: { phase, done, total } }));
    assert.equal(state('reading', 999, 1000), 'reading 99 %');
    assert.equal(state('reading', 0, 0), 'reading 100 %');
    assert.equal(state('judging', 1, 4), 'judging 25 %');
    assert.equal(state('explaining', 4, 4), 'explaining 100 %');
  });
});
