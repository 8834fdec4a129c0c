import assert from 'node:assert/strict';
import { DrainEvents, FrozenEvents, LearningEvents } from '../../../../src/core/templates/eventSource';
import { utf8 } from '../../../support/bytes';

describe('FrozenEvents', () => {
  it('asks the matcher once for each form of a message', () => {
    const asked: string[] = [];
    const events = new FrozenEvents({
      match(masked) {
        asked.push(masked);
        return masked.startsWith('block') ? 3 : -1;
      },
    });
    const eventOf = (text: string): number => events.eventOf(utf8(text), 0, utf8(text).length);
    assert.deepEqual(['block 1', 'block 22', 'other 5', 'other 6'].map(eventOf), [3, 3, -1, -1]);
    assert.deepEqual(asked, ['block <*>', 'other <*>']);
  });
});

describe('LearningEvents', () => {
  it('numbers templates in the order of their first message', () => {
    const events = new LearningEvents();
    const eventOf = (text: string): number => events.eventOf(utf8(text), 0, utf8(text).length);
    assert.deepEqual(['open file 1', 'close it now', 'open file 22', 'open file 1'].map(eventOf), [0, 1, 0, 0]);
    assert.deepEqual(events.miner.finish().templates, ['open file <*>', 'close it now']);
  });

  it('shows the miner each form of a message once', () => {
    const events = new LearningEvents();
    const asked: string[] = [];
    const learn = events.miner.learn.bind(events.miner);
    events.miner.learn = (masked) => {
      asked.push(masked);
      return learn(masked);
    };
    for (const text of ['block 1', 'block 22', 'other 5', 'block 333']) {
      events.eventOf(utf8(text), 0, utf8(text).length);
    }
    assert.deepEqual(asked, ['block <*>', 'other <*>']);
  });
});

describe('DrainEvents', () => {
  it('numbers clusters in the order of their first message', () => {
    const events = new DrainEvents();
    const eventOf = (text: string): number => events.eventOf(utf8(text), 0, utf8(text).length);
    assert.deepEqual(['open file a', 'close it now please', 'open file b', 'open file a'].map(eventOf), [0, 1, 0, 0]);
    assert.deepEqual(events.drain.templates(), ['open file <*>', 'close it now please']);
  });
});
