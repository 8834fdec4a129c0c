import assert from 'node:assert/strict';
import { fuseConsole, fuseStream } from '../../../../../src/core/detectors/labelFree/fusion';
import type { Surprise } from '../../../../../src/core/detectors/labelFree/surprise';
import { streamOf } from './logs';

const templates = { a: 'first', b: 'second', x: 'third' };
const flat = (length: number, surprise: number): Surprise => ({
  entries: new Float64Array(length).fill(surprise),
  ends: new Float64Array(0),
  shortened: 0,
});

describe('fuseStream', () => {
  const log = streamOf('abababababababababax', templates, 5);
  const lexical = Float64Array.of(0, 0, 3);

  it('adds the surprise where the sequence is better known than the frequencies', () => {
    const surprise = flat(20, 0.1);
    surprise.entries[3] = 6;
    assert.deepEqual(
      [...fuseStream(log, lexical, surprise).blocks].map((score) => +score.toFixed(6)),
      [6, 0.1, 0.1, 3.1],
    );
  });

  it('goes by the words alone where it is not', () => {
    const surprise = flat(20, 2);
    surprise.entries[3] = 9;
    const { blocks, cut } = fuseStream(log, lexical, surprise);
    assert.deepEqual([...blocks], [0, 0, 0, 3]);
    assert.ok(cut > 0 && cut <= 3);
  });
});

describe('fuseConsole', () => {
  it('prefers the later of equal lines, by a bounded amount', () => {
    const log = { ...streamOf('xabxababab', templates, 10), kind: 'console' as const };
    const { entries } = fuseConsole(log, Float64Array.of(0, 0, 3));
    assert.ok(entries[3] > entries[0] && entries[0] >= 3);
    assert.ok(entries[9] > entries[1] && entries[9] <= 2.5);
  });
});
