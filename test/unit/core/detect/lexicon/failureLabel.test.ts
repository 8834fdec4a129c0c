import assert from 'node:assert/strict';
import { hasFailureLabel, isErrorDiagnostic } from '../../../../../src/core/detect/lexicon/failureLabel';

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

describe('isErrorDiagnostic', () => {
  for (const text of [
    'stock.c:12:3: error: no such field',
    '<*>: fatal error: termkey.h: No such file or directory',
    'Stock.cs(44,12): error CS0103: The name does not exist',
    '<*>(<*>): error <*>: expected a type',
    'ld: error: undefined symbol: a',
    'error[E0308]: mismatched types',
  ]) {
    it(`sees one in "${text}"`, () => assert.ok(isErrorDiagnostic(text)));
  }
  for (const text of [
    'stock.c:12:3: warning: unused',
    'an error: see above',
    'read of errors: done',
    'error rate: low',
  ]) {
    it(`sees none in "${text}"`, () => assert.ok(!isErrorDiagnostic(text)));
  }
});
