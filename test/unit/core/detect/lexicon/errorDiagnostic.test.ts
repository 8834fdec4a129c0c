import assert from 'node:assert/strict';
import { isErrorDiagnostic } from '../../../../../src/core/detect/lexicon/errorDiagnostic';

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
