import assert from 'node:assert/strict';
import { messageWords } from '../../../../../src/core/detect/lexicon/messageWords';

const CASES: readonly (readonly [text: string, words: string[], what: string])[] = [
  ['Failed to open <*>: No such file', ['failed', 'to', 'open', 'no', 'such', 'file', '!'], 'plain words'],
  ["can't reach host", ['cant', 'reach', 'host', '!'], 'an apostrophe joins'],
  ['gcc -Werror --fail-fast -c', ['gcc'], 'options'],
  ['cc src/error.c:12:3 /var/log/errors https://a.b/fail error.c', ['cc'], 'paths and addresses'],
  ['read/write error', ['read', 'write', 'error', '!'], 'alternatives are no path'],
  [
    'ErrorHandler on_error a.b.FailList',
    ['.error', '.handler', '.on', '.error', '.a', '.b', '.fail', '.list'],
    'names',
  ],
  ['java.io.IOException: closed', ['exception', 'closed', '!'], 'an exception'],
  ['error=<*> status: <*>', ['error=', 'status'], 'fields'],
  ['built with 0 errors, 0 failed; errors: 0 no compile errors', ['built', 'with'], 'none'],
  ['errors: 5', ['errors', '!'], 'some'],
  ['10 errors', ['errors', '!'], 'ten is not none'],
  ['panic abort killed fatal', ['panic', 'abort', 'killed', 'fatal', '!', '!!', '!!!'], 'three words of trouble'],
  ['', [], 'nothing'],
];

describe('words of a message', () => {
  for (const [text, words, what] of CASES) {
    it(`${what}: ${text}`, () => {
      assert.deepEqual(messageWords(text), words);
    });
  }

  it('reads only the beginning of what has no spaces', () => {
    assert.deepEqual(messageWords(`${'a'.repeat(1e6)} failed`), ['a'.repeat(200), 'failed', '!']);
  });
});
