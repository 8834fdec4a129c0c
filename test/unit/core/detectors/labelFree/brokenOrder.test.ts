import assert from 'node:assert/strict';
import { BrokenOrder } from '../../../../../src/core/detectors/labelFree/brokenOrder';
import { streamOf } from './logs';

describe('BrokenOrder', () => {
  const log = streamOf('ab'.repeat(50), { a: 'first', b: 'second' }, 20);
  const order = new BrokenOrder(log);

  it('tells later entries how unusual it is that they follow each other', () => {
    assert.equal(order.ofLater(0, 0), Math.log(51));
    assert.equal(order.ofLater(0, 1), 0);
  });

  it('knows nothing of templates that the log lacks', () => {
    for (let unknown = 2; unknown < 6; unknown++) {
      assert.equal(order.ofLater(0, unknown), 0);
      assert.equal(order.ofLater(unknown, 0), 0);
    }
  });
});
