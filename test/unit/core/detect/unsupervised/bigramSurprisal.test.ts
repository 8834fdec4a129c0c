import assert from 'node:assert/strict';
import { BigramSurprisal } from '../../../../../src/core/detect/unsupervised/bigramSurprisal';
import { streamOf } from './logs';

describe('BigramSurprisal', () => {
  const log = streamOf('ab'.repeat(50), { a: 'first', b: 'second' }, 20);
  const order = new BigramSurprisal(log);

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
