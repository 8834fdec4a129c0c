import assert from 'node:assert/strict';
import { mayTellOutcome, outcomeOf } from '../../../../src/core/formats/runOutcome';

describe('outcomeOf', () => {
  it('knows what failed', () => {
    for (const line of [
      'The command "make test" exited with 2.',
      'Process completed with exit code 1',
      'BUILD FAILURE',
      'BUILD FAILED in 41s',
      'Finished: UNSTABLE',
      'make[1]: *** [stock.o] Error 1',
      '  3 failing',
      'Tests run: 5, Failures: 1, Errors: 0',
      '2 errors',
      'ℹ fail 1',
      '# fail 3',
      'npm ERR! Test failed.',
      'test result: FAILED. 3 passed; 1 failed',
      '##[error]The operation was canceled.',
    ]) {
      assert.equal(outcomeOf(line), 'failed', line);
    }
  });

  it('knows what succeeded', () => {
    for (const line of [
      'The command "make test" exited with 0.',
      'Done. Your build exited with 0.',
      'BUILD SUCCESSFUL in 3s',
      '[INFO] BUILD SUCCESS',
      'Finished: SUCCESS',
      'Tests run: 5, Failures: 0, Errors: 0',
      '12 passed, 0 failed',
      'test result: ok. 3 passed',
      'OK (61 tests)',
    ]) {
      assert.equal(outcomeOf(line), 'succeeded', line);
    }
  });

  it('makes no outcome of what merely speaks of one', () => {
    for (const line of ['Compiling error.c', 'exit codes are listed below', 'retry after failure', 'took 0.5 s']) {
      assert.equal(outcomeOf(line), undefined, line);
    }
  });

  it('knows by one line whether its like may tell one', () => {
    assert.deepEqual(
      ['The command "a" exited with 0.', 'Found 0 errors', 'Found 7 errors', 'Compiling 7 files'].map(mayTellOutcome),
      [true, true, true, false],
    );
  });
});
