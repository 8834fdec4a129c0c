import assert from 'node:assert/strict';
import { groupRotated, withRotated, type LogToScan } from '../../../../src/extension/scan/logToScan';
import { uri } from '../fixtures';

/** Paths of the files of a log, the newest first. */
function paths({ file, rotated }: LogToScan): string[] {
  return [file, ...(rotated ?? [])].map(({ path }) => path);
}

describe('withRotated', () => {
  it('names the newest file and all of them, whichever is given', () => {
    const names = ['app.log', 'app.log.1', 'app.log.2.gz', 'other.log'];
    const expected = ['/logs/app.log', '/logs/app.log.2.gz', '/logs/app.log.1', '/logs/app.log'];
    for (const name of ['app.log', 'app.log.1', 'app.log.2.gz']) {
      assert.deepEqual(paths(withRotated(uri(`/logs/${name}`), names)), expected);
    }
  });

  it('leaves a file alone that has no others', () => {
    assert.deepEqual(paths(withRotated(uri('/app.log'), ['app.log', 'b.log'])), ['/app.log']);
    assert.deepEqual(paths(withRotated(uri('/app.log'), [])), ['/app.log']);
  });
});

describe('groupRotated', () => {
  it('makes one log of the files of a rotation in the same folder', () => {
    const files = ['/x/b.log', '/a.log.1', '/x/a.log', '/a.log', '/x/c.log-20260102', '/x/c.log-20260101.gz'];
    assert.deepEqual(groupRotated(files.map((path) => uri(path))).map(paths), [
      ['/a.log', '/a.log.1', '/a.log'],
      ['/x/a.log'],
      ['/x/b.log'],
      ['/x/c.log-20260102', '/x/c.log-20260101.gz', '/x/c.log-20260102'],
    ]);
  });
});
