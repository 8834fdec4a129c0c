import assert from 'node:assert/strict';
import { leadingLevel } from '../../../../src/core/formats/leadingLevel';
import { LEVEL_NAMES } from '../../../../src/core/formats/level';
import { utf8 } from '../../../support/bytes';

describe('leadingLevel', () => {
  for (const [content, level] of [
    ['ERROR no', 'error'],
    ['error: no', 'error'],
    ['error no', 'unknown'],
    ['[warn] no', 'warn'],
    ['[WARNING ] no', 'warn'],
    ['<info> yes', 'info'],
    ['##[error]Process completed', 'error'],
    ['FATAL', 'fatal'],
    ['FEHLER:  kein Platz', 'error'],
    ['ПРЕДУПРЕЖДЕНИЕ:  мало места', 'warn'],
    ['错误:  没有空间', 'error'],
    ['[重大] no', 'error'],
    ['DETAIL:  Key (id)=(4) exists.', 'debug'],
    ['high: no grade here', 'unknown'],
    ['error[E0425]: cannot find value', 'error'],
    ['warning CS0168: never used', 'warn'],
    ['error C2065 : undeclared', 'error'],
    ['error 7: no', 'unknown'],
    ['error E7 in the midst', 'unknown'],
    ['error[x]: no', 'unknown'],
    ['error[E7', 'unknown'],
    ['fehler im text', 'unknown'],
    ['  panic: oh', 'fatal'],
    ['Failed to open', 'unknown'],
    ['[notes] x', 'unknown'],
    ['', 'unknown'],
  ] as const) {
    it(`of ${JSON.stringify(content)} is ${level}`, () => {
      const bytes = utf8(content);
      assert.equal(LEVEL_NAMES[leadingLevel(bytes, 0, bytes.length)], level);
    });
  }
});
