import assert from 'node:assert/strict';
import { RareVariants } from '../../../../../src/core/detect/unsupervised/rareVariants';
import { sessionsOf } from './logs';

const folded = (sessions: string[], templates: Parameters<typeof sessionsOf>[1]): string => {
  const log = sessionsOf(sessions, templates);
  return Array.from(new RareVariants(log).fold(log).events, (event) => Object.keys(templates)[event]).join('');
};

describe('RareVariants', () => {
  const often = 'a'.repeat(20);

  it('reads a rare variant as the frequent template that it is like', () => {
    const templates = { a: 'the task (spawning) is pending', b: 'the task (deleting) is pending' };
    assert.equal(folded([often, 'ab'], templates), `${often}aa`);
  });

  it('keeps apart what is frequent itself, of other severity, or speaks of trouble', () => {
    assert.equal(folded([often, 'bbb'], { a: 'VM was started here', b: 'VM was stopped here' }), `${often}bbb`);
    assert.equal(folded([often, 'b'], { a: 'the task was done', b: ['error', 'the task was redone'] }), `${often}b`);
    assert.equal(folded([often, 'b'], { a: 'the task was done', b: 'the task was aborted' }), `${often}b`);
  });

  it('reads a template that the log does not have as the frequent one that it is like', () => {
    const log = sessionsOf([often, 'bb'], { a: 'the task (spawning) is pending', b: 'the VM has gone away' });
    const variants = new RareVariants(log);
    const readAs = (text: string, severity: 'normal' | 'error' = 'normal'): number | undefined =>
      variants.readAsOfLater({ text, severity });
    assert.equal(readAs('the task (deleting) is pending'), 0);
    // Two of a kind are not frequent; and the others are of another severity, or speak of trouble, or of something else.
    assert.equal(readAs('the VM has gone on'), undefined);
    assert.equal(readAs('the task (deleting) is pending', 'error'), undefined);
    assert.equal(readAs('the task (failed) is pending'), undefined);
    assert.equal(readAs('quite another thing happens'), undefined);
    assert.deepEqual(
      [0, 1].map((template) => variants.readAsOf(template)),
      [0, 1],
    );
  });

  it('keeps templates without any text', () => {
    assert.equal(folded([often, 'b'], { a: 'one two three', b: '' }), `${often}b`);
  });
});
