import assert from 'node:assert/strict';
import { saysOutcome } from '../../../../../src/core/detect/lexicon/outcome';

describe('saysOutcome', () => {
  for (const text of [
    '##[error]Process completed with exit code <*>.',
    'The command "make check" exited with <*>.',
    'BUILD FAILURE',
    'Finished: FAILURE',
    'make[<*>]: *** [all] Error <*>',
    'npm ERR! Test failed. See above for more details.',
    'ℹ fail <*>',
    '<*> failing',
    '# fail <*>',
  ]) {
    it(`sees one in "${text}"`, () => assert.ok(saysOutcome(text)));
  }

  for (const text of [
    'AssertionError [ERR_ASSERTION]: expected <*> but got <*>',
    'make: *** No rule to make target "all". Stop.',
    'main.c:<*>:<*>: error: unknown type name',
    'Tests run: <*>, Failures: <*>',
  ]) {
    it(`sees none in "${text}"`, () => assert.ok(!saysOutcome(text)));
  }
});
