import assert from 'node:assert/strict';
import { CancelledError } from '../../../../src/core/cancellation';
import { LineWatch } from '../../../../src/core/patterns/lineWatch';
import { atOnce, pushSteps } from '../../../../src/core/patterns/steps';
import { inTurns } from '../../../../src/node/files/inTurns';

describe('inTurns', () => {
  const chunk = Uint8Array.from({ length: 100_000 }, (_, i) => i & 0xff);

  async function push(unitsEach: number): Promise<{ bytes: number[]; turns: number }> {
    const watch = new LineWatch();
    const bytes: number[] = [];
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns++;
      if (!isOver) {
        setImmediate(count);
      }
    };
    setImmediate(count);
    const scan = {
      push: (piece: Uint8Array) => {
        bytes.push(...piece);
        watch.spend(unitsEach);
      },
    };
    await inTurns(pushSteps(scan, chunk, watch), {});
    isOver = true;
    return { bytes, turns };
  }

  it('gives all bytes, and turns to the event loop where patterns cost much', async () => {
    const cheap = await push(1000);
    assert.deepEqual(cheap.bytes, [...chunk]);
    assert.equal(cheap.turns, 0);
    const costly = await push(1 << 23);
    assert.deepEqual(costly.bytes, [...chunk]);
    assert.ok(costly.turns >= 6);
  });

  it('hears within a chunk that the scan is cancelled in such a turn', async () => {
    const watch = new LineWatch();
    let isCancelled = false;
    let pieces = 0;
    setImmediate(() => (isCancelled = true));
    const scan = {
      push: () => {
        pieces++;
        watch.spend(1 << 23);
      },
    };
    await assert.rejects(inTurns(pushSteps(scan, chunk, watch), { isCancelled: () => isCancelled }), CancelledError);
    assert.ok(pieces <= 2);
  });

  it('is not needed by who wants no turns', () => {
    const watch = new LineWatch();
    let length = 0;
    const scan = {
      push: (piece: Uint8Array) => {
        length += piece.length;
        watch.spend(1 << 23);
      },
    };
    atOnce(pushSteps(scan, chunk, watch));
    assert.equal(length, chunk.length);
  });
});
