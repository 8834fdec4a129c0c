import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors/userError';
import { findingCause } from '../../../../src/core/findings/fingerprint';
import { Suppression } from '../../../../src/core/findings/suppression';

const covers = (entry: string, template: string): boolean =>
  new Suppression([entry]).covers(findingCause('record', template));

describe('Suppression', () => {
  it('covers a template as the reason shows it, with or without backticks, or in full', () => {
    const long = `${'a very long template '.repeat(8)}of <*> parts`;
    for (const template of ['Payment of order <*> failed', '<*> refused for user <*>', long]) {
      const { template: shown } = findingCause('record', template);
      assert.ok(covers(shown, template), shown);
      assert.ok(covers(`\`${shown}\``, template), shown);
      assert.ok(covers(template, template), template);
    }
    assert.ok(!covers('Payment of order', 'Payment of order <*> failed'));
  });

  it('covers a template as it was copied from a sentence', () => {
    const template = 'Payment of order <*> failed for <*>';
    assert.ok(covers('"Payment of order … failed for"', template));
    assert.ok(covers('Payment of order … failed for', template));
    assert.ok(!covers('"Payment of order … lost"', template));
    assert.ok(covers('Loading… done', 'Loading… done'));
    assert.throws(() => new Suppression(['"… e …"']), UserError);
  });

  it('takes <*> for any text', () => {
    assert.ok(covers('Payment <*>', 'Payment of order <*> failed'));
    assert.ok(covers('<*>order<*>failed', 'Payment of order <*> failed'));
    assert.ok(!covers('<*>order<*>lost', 'Payment of order <*> failed'));
    assert.ok(!covers('abc<*>bca', 'abca'));
  });

  it('covers a fingerprint, and nothing else by it', () => {
    const { fingerprint } = findingCause('record', 'x failed');
    assert.ok(covers(fingerprint, 'x failed'));
    assert.ok(!covers(fingerprint, 'y failed'));
  });

  it('refuses what would suppress everything', () => {
    for (const entry of ['<*>', '', ' <*> <*>', '``', '<*>e<*>', '<*>a<*>e<*>i<*>o<*>', '<*>: <*>', 'on <*>']) {
      assert.throws(() => new Suppression([entry]), UserError, entry);
    }
  });

  it('takes short templates that are specific', () => {
    assert.ok(covers('GET <*>', 'GET <*> failed'));
    assert.ok(covers('<*> 502', 'status <*> 502'));
    assert.ok(covers('失败 <*>', '失败 <*> 次'));
    assert.ok(covers('OK', 'OK'));
  });

  it('says how many of the findings were suppressed, and where that is nearly all', () => {
    const suppression = new Suppression(['GET <*>'], 'logcnn.config.json');
    assert.equal(suppression.note(0, 0), '0 of 0 findings suppressed by logcnn.config.json');
    assert.equal(suppression.note(8, 9), '8 of 9 findings suppressed by logcnn.config.json');
    assert.match(suppression.note(9, 9), /^9 of 9 findings suppressed by logcnn\.config\.json: that is nearly all/);
  });
});

describe('findingCause', () => {
  it('tells kinds, templates and further parts apart', () => {
    const causes = [
      findingCause('record', 'a'),
      findingCause('order', 'a'),
      findingCause('record', 'b'),
      findingCause('record', 'a', 'b'),
      findingCause('record', 'ab'),
    ];
    assert.equal(new Set(causes.map(({ fingerprint }) => fingerprint)).size, causes.length);
    causes.forEach(({ fingerprint }) => assert.match(fingerprint, /^[0-9a-f]{16}$/));
    assert.equal(findingCause('record', 'a').fingerprint, causes[0].fingerprint);
  });
});
