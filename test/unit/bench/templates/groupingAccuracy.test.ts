import assert from 'node:assert/strict';
import { groupingAccuracy } from '../../../../bench/templates/groupingAccuracy';

describe('groupingAccuracy', () => {
  it('counts the messages of groups that are exactly right', () => {
    // The example of the paper: one message of E2 in a group of its own spoils all of E2.
    assert.equal(groupingAccuracy(['E1', 'E2', 'E2'], ['E1', 'E4', 'E5']), 1 / 3);
    assert.equal(groupingAccuracy(['a', 'a', 'b', 'c'], [7, 7, 8, 8]), 1 / 2);
    assert.equal(groupingAccuracy(['a', 'b'], [2, 1]), 1);
  });
});
