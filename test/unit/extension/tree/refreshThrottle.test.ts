import assert from 'node:assert/strict';
import type { ResultsChange } from '../../../../src/extension/results/resultsStore';
import { RefreshThrottle } from '../../../../src/extension/tree/refreshThrottle';
import { results } from '../fixtures';

describe('RefreshThrottle', () => {
  const change = (kind: ResultsChange['kind'], phase?: 'reading' | 'judging'): ResultsChange => ({
    kind,
    results: results([], { scanning: true, progress: phase && { phase, done: 1, total: 9 } }),
  });

  it('draws a row once a second while a phase goes on, and at once when anything else changes', () => {
    let time = 0;
    const pace = new RefreshThrottle(() => time);
    const due = (at: number, ...of: Parameters<typeof change>): boolean => {
      time = at;
      return pace.isDue(change(...of));
    };
    assert.deepEqual(
      [
        due(0, 'added'),
        due(1, 'progress', 'reading'),
        due(101, 'progress', 'reading'),
        due(999, 'progress', 'reading'),
        due(1001, 'progress', 'reading'),
        due(1100, 'progress', 'judging'),
        due(1200, 'progress', 'judging'),
        due(1201, 'completed'),
        due(1202, 'progress'),
        due(1203, 'progress', 'reading'),
      ],
      [true, true, false, false, true, true, false, true, true, true],
    );
  });
});
