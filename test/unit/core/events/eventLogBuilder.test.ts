import assert from 'node:assert/strict';
import { EventLogBuilder } from '../../../../src/core/events/eventLogBuilder';
import { DEBUG, ERROR, INFO, UNKNOWN_LEVEL } from '../../../../src/core/formats/level';

describe('EventLogBuilder', () => {
  it('gives one template to what was merged and several to different severities', () => {
    const builder = new EventLogBuilder();
    builder.add(0, INFO, 0, 0);
    builder.add(1, DEBUG, 1, 0);
    builder.add(2, ERROR, 0, 1);
    builder.add(1, UNKNOWN_LEVEL, 1, 1);
    // The events 0 and 1 turned out to be one.
    const log = builder.finish({ templates: ['user <*>', 'stop'], eventOf: [0, 0, 1] }, 'stream');
    assert.deepEqual(log.templates, [
      { text: 'user <*>', severity: 'normal' },
      { text: 'stop', severity: 'error' },
      { text: 'user <*>', severity: 'unknown' },
    ]);
    assert.deepEqual([...log.events], [0, 0, 1, 2]);
    assert.deepEqual([...log.sequences], [0, 1, 0, 1]);
    assert.deepEqual([log.sequenceCount, log.blockCount, log.kind], [2, 2, 'stream']);
  });

  it('holds any number of records', () => {
    const builder = new EventLogBuilder();
    for (let i = 0; i < 5000; i++) {
      builder.add(i % 3, INFO, i, i % 7);
    }
    const log = builder.finish({ templates: ['a', 'b', 'c'], eventOf: [0, 1, 2] }, 'sessions');
    assert.equal(log.events.length, 5000);
    assert.deepEqual([log.events[4999], log.sequences[4999], log.blocks[4999]], [1, 4999, 4999 % 7]);
  });
});
