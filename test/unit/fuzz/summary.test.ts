import assert from 'node:assert/strict';
import { Summary } from '../../../fuzz/summary';

describe('the summary of a fuzzer run', () => {
  it('ends with the sum, and tells the first input of each kind of fault', () => {
    const summary = new Summary();
    summary.add({ seed: 1, number: 0 }, 'scan', { end: 'accepted', cpuSeconds: 0.1 });
    summary.add({ seed: 1, number: 1 }, 'file', { end: 'refused', cpuSeconds: 0 });
    for (const number of [2, 3]) {
      summary.add({ seed: 1, number }, 'scan', { fault: { kind: 'does not end', message: 'seen' }, cpuSeconds: 0 });
    }
    const lines = summary.toString().split('\n');
    assert.equal(lines.at(-1), '2 passed, 2 failed');
    assert.ok(lines.includes('2 × scan: does not end'));
    assert.ok(lines.includes('    npm run fuzz -- --seed 1 --from 2 --count 1'));
    assert.ok(!lines.some((line) => line.includes('--from 3')));
  });

  it('counts targets as tests for the runner of the tests, and each kind of fault as a failure', () => {
    const summary = new Summary();
    summary.add({ seed: 1, number: 0 }, 'scan', { end: 'accepted', cpuSeconds: 0 });
    summary.add({ seed: 1, number: 1 }, 'file', { fault: { kind: 'a', message: 'b' }, cpuSeconds: 0 });
    const { passed, failed, failures } = summary.testReport();
    assert.deepEqual([passed, failed], [1, 1]);
    assert.equal(failures[0].title, 'file: a');
    assert.match(failures[0].message, /^b\n.*--from 1 --count 1/);
  });
});
