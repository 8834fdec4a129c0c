import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors/userError';
import { LineWatch } from '../../../../src/core/patterns/lineWatch';
import { fits } from '../../../../src/core/scan/fit';
import { LogProbe } from '../../../../src/core/scan/logProbe';
import { parseProfile, type Profile } from '../../../../src/core/model/profile';
import { atOnce } from '../../../../src/core/patterns/steps';
import { smallProfile } from '../../../support/profiles';
import { utf8 } from '../../../support/bytes';

/** Templates of 8,000 words each. */
function wordy(count: number): Profile['templates'] {
  return Array.from({ length: count }, (_, i) => ({ id: `wordy ${i}`, template: 'a '.repeat(8000) }));
}

describe('parseProfile', () => {
  it('takes back what JSON made of a profile', () => {
    const profile = smallProfile();
    assert.deepEqual(parseProfile(JSON.parse(JSON.stringify(profile)), 'p'), profile);
  });

  const faults: [string, (profile: Profile) => unknown, RegExp][] = [
    ['no object', () => 7, /is not a LogCNN profile/],
    ['null', () => null, /is not a LogCNN profile/],
    ['an unknown version', (p) => ({ ...p, version: 2 }), /has version 2, but this program reads version 1/],
    ['a missing field', ({ threshold: _, ...p }) => p, /field threshold/],
    ['a threshold beyond 1', (p) => ({ ...p, threshold: 2 }), /field threshold/],
    [
      'templates of too many words',
      (p) => ({ ...p, templates: [...p.templates, ...wordy(300)] }),
      /contradicts itself \(its templates have \d+ words, and 2097152 are the most\)/,
    ],
    ['a hostile name', (p) => ({ ...p, name: '../x' }), /field name/],
    ['an infinite idf', (p) => ({ ...p, features: { ...p.features, idf: [1, 1, 1, 1, null] } }), /features\.idf\.4/],
    ['too short an idf', (p) => ({ ...p, features: { ...p.features, idf: [1] } }), /features\.idf has 1 entries for 5/],
    ['a vocabulary without template', (p) => ({ ...p, vocabulary: [...p.vocabulary.slice(1), 'x'] }), /event x/],
    ['an event named twice', (p) => ({ ...p, vocabulary: ['open', 'open', 'read', 'close', 'fail'] }), /twice/],
    ['a template id twice', (p) => ({ ...p, templates: [...p.templates, p.templates[0]] }), /same id/],
  ];
  for (const [name, change, message] of faults) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => parseProfile(change(smallProfile()), 'x/profile.json'),
        (error) =>
          error instanceof UserError && message.test(error.message) && error.message.startsWith('x/profile.json'),
      );
    });
  }
});

describe('fitOf', () => {
  const record = (content: string): string => `250101 100000 1 INFO app: ${content}\n`;
  for (const [name, content, expected] of [
    ['an empty log', '', true],
    ['its own log', record('open job-1').repeat(3), true],
    ['its own log with stack traces', `${record('open job-1')}  at x\n  at y\n  at z\n`, true],
    ['foreign messages with its header', record('something else').repeat(3), false],
    ['another header', '2025-01-01 open job-1\n'.repeat(3), false],
    ['empty lines', '\r\n\n\n', true],
    ['half of the messages', record('open job-1') + record('something else'), true],
  ] as const) {
    it(`${expected ? 'accepts' : 'refuses'} ${name}`, () => {
      assert.equal(fits(atOnce(new LogProbe(utf8(content)).fitOf(smallProfile(), new LineWatch()))), expected);
    });
  }
});
