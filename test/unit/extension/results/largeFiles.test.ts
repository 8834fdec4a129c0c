import assert from 'node:assert/strict';
import { isShownInEditor, largeFileLimit } from '../../../../src/extension/results/largeFiles';
import { fake } from '../../../support/fakeVscode';
import { finding, outcome, results, uri } from '../fixtures';

const MB = 1024 * 1024;

describe('what the workbench opens without a question', () => {
  beforeEach(() => fake.reset());

  it('is larger on a desktop than in a remote window or a browser, unless the user has set it', () => {
    const limit = (isRemote: boolean, isWeb: boolean, configured?: number, scheme = 'file') =>
      largeFileLimit({ isRemote, isWeb }, configured, scheme) / MB;
    assert.deepEqual([limit(false, false), limit(true, false), limit(true, true)], [1024, 10, 10]);
    assert.deepEqual([limit(false, true), limit(true, true, undefined, 'logcnn-gz')], [50, 50]);
    assert.deepEqual([limit(true, false, 200), limit(false, false, 3)], [200, 3]);
  });

  it('is asked by the size of the file that has the line', () => {
    const of = (size: number, values = {}) =>
      results([finding([7])], { outcome: { ...outcome([finding([7])]), file: { size, mtime: 1 }, ...values } });
    assert.ok(isShownInEditor(of(12 * MB), 7));
    fake.remoteName = 'ssh-remote';
    assert.ok(!isShownInEditor(of(12 * MB), 7));
    assert.ok(isShownInEditor(of(9 * MB), 7));
    fake.settings.set('workbench.editorLargeFileConfirmation', 100);
    assert.ok(isShownInEditor(of(12 * MB), 7));
    fake.settings.clear();
    const parts = [
      { uri: uri('/l/a.1'), documentUri: uri('/l/a.1'), state: { size: 20 * MB, mtime: 1 }, linesBefore: 0 },
      { uri: uri('/l/a'), documentUri: uri('/l/a'), state: { size: 1, mtime: 1 }, linesBefore: 5 },
    ];
    assert.deepEqual(
      [3, 7].map((line) => isShownInEditor(of(1, { parts }), line)),
      [false, true],
    );
  });

  it('has no line of a compressed log whose text is not shown to its end', () => {
    const of = (textBytes: number) =>
      results([finding([7])], {
        documentUri: uri('/logs/a.log.gz', 'logcnn-gz'),
        outcome: { ...outcome([finding([7])]), textBytes },
      });
    assert.ok(isShownInEditor(of(40 * MB), 7));
    assert.ok(!isShownInEditor(of(60 * MB), 7));
  });
});
