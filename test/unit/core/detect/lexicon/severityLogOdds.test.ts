import assert from 'node:assert/strict';
import fc from 'fast-check';
import { logOddsByWords, severityLogOdds } from '../../../../../src/core/detect/lexicon/severityLogOdds';

describe('the severity lexicon', () => {
  it('calls failures errors and everyday messages none', () => {
    const grave = [
      'failed to open <*>: permission denied',
      'Cannot allocate memory for <*>',
      'unexpected end of file while reading <*>',
      'Could not connect to <*>: connection refused',
    ];
    const harmless = [
      'Starting <*> on port <*>',
      'Received heartbeat from <*>',
      'Finished compaction in <*> ms',
      'Connected to <*>',
    ];
    const least = Math.min(...grave.map(severityLogOdds));
    assert.ok(least > 0, String(grave.map(severityLogOdds)));
    assert.ok(Math.max(...harmless.map(severityLogOdds)) < 0, String(harmless.map(severityLogOdds)));
  });

  it('finds nothing grave in the names of options, paths and what did not happen', () => {
    const even = severityLogOdds('');
    for (const text of ['-Werror -fno-exceptions', 'src/error/failed.c', '0 errors', 'errors: 0', 'without failure']) {
      assert.equal(severityLogOdds(text), even, text);
    }
  });

  it('adds the weight of each word once to the constant', () => {
    const judge = logOddsByWords({ bias: -1, words: { failed: 2, open: 0.5, '.failed': 0.25, '!': 0.125 } });
    assert.equal(judge('<*> failed, failed'), 1.125);
    assert.equal(judge('open FAILED'), 1.625);
    assert.equal(judge('onFailed'), -0.75);
    assert.equal(judge('toString'), -1);
  });

  it('gives a finite number for any text, the same each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const odds = severityLogOdds(text);
        assert.ok(Number.isFinite(odds));
        assert.equal(severityLogOdds(text), odds);
      }),
    );
  });
});
