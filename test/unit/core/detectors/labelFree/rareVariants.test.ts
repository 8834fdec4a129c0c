import assert from 'node:assert/strict';
import { RareVariants } from '../../../../../src/core/detectors/labelFree/rareVariants';
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

  it('keeps templates without any text', () => {
    assert.equal(folded([often, 'b'], { a: 'one two three', b: '' }), `${often}b`);
  });
});
