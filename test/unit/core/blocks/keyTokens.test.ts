import assert from 'node:assert/strict';
import { compileSessionPattern } from '../../../../src/core/blocks/sessionKey';
import { keyTokens, patternOf } from '../../../../src/core/blocks/keyTokens';
import { text, utf8 } from '../../../support/bytes';

const UUID = '5eda3874-867d-4c46-9c08-5576973d1fed';

describe('keyTokens', () => {
  for (const [form, message, key] of [
    ['name and id', 'Receiving block blk_-3886504 src', 'blk_-3886504'],
    ['name and UUID', `[req-${UUID} - - -]`, `req-${UUID}`],
    ['UUID', `[instance: ${UUID}] Terminating`, UUID],
    ['JSON field', `{"level":"info","request_id":"${UUID}"}`, UUID],
    ['hexadecimal id', 'TraceID: 88ebfbcebbbc0884eabd9178e1808940 done', '88ebfbcebbbc0884eabd9178e1808940'],
    ['letters and digits', '[XNIO-1 x]  9WHjIQlHS7-RaWIGdJojtA DEBUG', '9WHjIQlHS7-RaWIGdJojtA'],
    ['number', 'host sshd[24200]: Invalid user', '24200'],
    ['assigned number', 'begin session=17 user=x', '17'],
  ] as const) {
    it(`gives ${form} and a pattern that finds it`, () => {
      const token = keyTokens(message).find((candidate) => candidate.key === key);
      assert.ok(token !== undefined);
      const found: string[] = [];
      const bytes = utf8(message);
      compileSessionPattern(patternOf(token.kind, [key]).pattern).find(bytes, 0, bytes.length, (source, start, end) => {
        found.push(text(source, start, end));
      });
      assert.deepEqual(found, [key]);
    });
  }

  it('does not take parts of decimals, addresses and times for ids', () => {
    assert.deepEqual(keyTokens('from 10.0.0.1 took 3.5 s at 12:30:01'), []);
  });

  it('tells the same form in different places apart', () => {
    const [instance, image] = keyTokens(`instance: ${UUID} image ${UUID}`);
    assert.notEqual(instance.kind, image.kind);
  });

  it('takes the narrowest form of nearly all ids', () => {
    const { kind } = keyTokens('blk_12')[0];
    assert.equal(patternOf(kind, ['blk_12', 'blk_7']).pattern, 'blk_\\d+');
    assert.equal(patternOf(kind, ['blk_12', 'blk_-7']).pattern, 'blk_-?\\d+');
    assert.equal(patternOf(kind, ['blk_1f', 'blk_c7']).pattern, 'blk_[0-9a-fA-F]+');
    assert.equal(patternOf(kind, ['blk_1_x', 'blk_7']).pattern, 'blk_\\w+');
    assert.equal(patternOf(kind, ['blk_1-x', 'blk_7']).pattern, 'blk_[\\w-]+');
  });
});
