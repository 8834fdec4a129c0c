import assert from 'node:assert/strict';
import { hasFailureLabel } from '../../../../../src/core/detect/lexicon/failureLabel';

describe('hasFailureLabel', () => {
  for (const text of [
    'error: no rule to build the target',
    'main.c:<*>:<*>: fatal error: zlib.h: no such file',
    '[ 12.5] BUG: unable to handle page fault',
    'java.lang.IllegalStateException: queue is closed',
    'AssertionError [ERR_ASSERTION]: expected <*> but got <*>',
    'FAILED!',
    'Traceback (most recent call last):',
    'make: *** [all] stopped',
  ]) {
    it(`sees a label in "${text}"`, () => assert.ok(hasFailureLabel(text)));
  }

  for (const text of [
    'cc -Werror=format -o main.o main.c',
    'wrote the error page to /srv/errors/500.html',
    'no error was seen in the last hour',
    'retrying after failure of the first attempt',
  ]) {
    it(`sees none in "${text}"`, () => assert.ok(!hasFailureLabel(text)));
  }
});
