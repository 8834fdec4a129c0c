import assert from 'node:assert/strict';
import { thresholdInForce } from '../../../../src/node/settings/thresholdInForce';

describe('thresholdInForce', () => {
  it('is the usual one, which a configuration that was merely found can lower and not raise', () => {
    assert.equal(thresholdInForce({}, 0.5), 0.5);
    assert.equal(thresholdInForce({ lowerThreshold: 1 }, 0.5), 0.5);
    assert.equal(thresholdInForce({ lowerThreshold: 0.2 }, 0.5), 0.2);
    assert.equal(thresholdInForce({ lowerThreshold: 0 }, 0.5), 0);
  });

  it('is what the user gives, higher or lower', () => {
    assert.equal(thresholdInForce({ threshold: 0.9, lowerThreshold: 0.2 }, 0.5), 0.9);
    assert.equal(thresholdInForce({ threshold: 0 }, 0.5), 0);
  });
});
