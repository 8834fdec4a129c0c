import assert from 'node:assert/strict';
import { troubleCount } from '../../../../../src/core/detect/lexicon/troubleWords';

describe('troubleCount', () => {
  it('counts words of trouble in any case and form', () => {
    assert.equal(troubleCount('Connection REFUSED: timed out, request aborted'), 3);
    assert.equal(troubleCount('NullPointerException at start'), 1);
    assert.equal(troubleCount('started in 3 seconds'), 0);
    assert.equal(troubleCount('joined the room, zoomed in'), 0);
    assert.equal(troubleCount('invoked oom-killer'), 2);
  });

  it('does not count trouble that is denied', () => {
    assert.equal(troubleCount('Tests run: 12, 0 errors, failures: 0'), 0);
    assert.equal(troubleCount('completed without error'), 0);
  });
});
