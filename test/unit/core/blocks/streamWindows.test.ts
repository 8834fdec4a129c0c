import assert from 'node:assert/strict';
import fc from 'fast-check';
import { StreamWindows, WINDOW_LINES } from '../../../../src/core/blocks/streamWindows';

describe('StreamWindows', () => {
  it('makes blocks of twenty lines where sources are not told apart', () => {
    const { eventLog, places } = new StreamWindows(1).of(Uint32Array.of(1, 20, 21, 60, 61), new Uint32Array(5));
    assert.deepEqual([...eventLog.blocks], [0, 0, 1, 2, 3]);
    assert.deepEqual([...places], [1, 20, 21, 60, 61]);
    assert.equal(eventLog.blockCount, 4);
  });

  it('counts the records of each source by itself', () => {
    const { eventLog, places } = new StreamWindows(2).of(Uint32Array.of(1, 2, 9), Uint32Array.of(1, 0, 1));
    assert.deepEqual([...eventLog.sequences], [1, 0, 1]);
    assert.deepEqual([...places], [1, 1, 2]);
    assert.deepEqual([...eventLog.blocks], [0, 1, 0]);
  });

  it('puts sources that come after they were counted with the records of none', () => {
    const lines = Uint32Array.from({ length: 2 * WINDOW_LINES + 1 }, (_, i) => i + 1);
    for (const late of [2, 3, 1000]) {
      const sources = Uint32Array.from(lines, (line) => (line % 2 === 0 ? late : 0));
      const { eventLog, places } = new StreamWindows(2).of(lines, sources);
      assert.deepEqual([...new Set(eventLog.sequences)], [0]);
      assert.deepEqual([...places], [...lines]);
      assert.equal(eventLog.blockCount, 3);
    }
  });

  it('gives the same columns in whatever steps the stream grows', () => {
    const record = fc.record({ gap: fc.integer({ min: 1, max: 30 }), source: fc.nat({ max: 4 }) });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 200 }), fc.nat(), (records, step) => {
        let line = 0;
        const lines = Uint32Array.from(records, ({ gap }) => (line += gap));
        const sources = Uint32Array.from(records, ({ source }) => source);
        const whole = new StreamWindows(3).of(lines, sources);
        const growing = new StreamWindows(3);
        growing.of(lines.subarray(0, step % (lines.length + 1)), sources);
        assert.deepEqual(growing.of(lines, sources), whole);
        const blocks = [...new Set(whole.eventLog.blocks)];
        assert.deepEqual(blocks, [...Array(whole.eventLog.blockCount).keys()], 'no block is empty');
      }),
    );
  });
});
