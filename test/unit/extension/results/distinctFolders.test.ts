import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { distinctFolders } from '../../../../src/extension/results/distinctFolders';
import { fake } from '../../../support/fakeVscode';

describe('the folders that tell files of one name apart', () => {
  beforeEach(() => fake.reset());

  const of = (...paths: string[]): (string | undefined)[] => {
    const files = paths.map((path) => Uri.file(path));
    const folders = distinctFolders(files);
    return files.map((file) => folders.get(file.toString()));
  };

  it('are as short as possible, and left out where a name is the only one', () => {
    fake.folders = [{ uri: Uri.file('/work'), name: 'work' }];
    assert.deepEqual(of('/work/one/app.log', '/work/two/app.log', '/work/two/other.log'), ['one', 'two', undefined]);
    assert.deepEqual(of('/work/one/logs/app.log', '/work/two/logs/app.log', '/work/app.log'), [
      'one/logs',
      'two/logs',
      '',
    ]);
  });

  it('begin with the name of the workspace folder where there are several', () => {
    fake.folders = [
      { uri: Uri.file('/a/alpha'), name: 'alpha' },
      { uri: Uri.file('/b/beta'), name: 'beta' },
    ];
    assert.deepEqual(of('/a/alpha/app.log', '/b/beta/app.log'), ['alpha', 'beta']);
    assert.deepEqual(of('/a/alpha/logs/app.log', '/b/beta/logs/app.log'), ['alpha/logs', 'beta/logs']);
  });
});
