import assert from 'node:assert/strict';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { makeFolder } from '../../../../src/node/files/makeFolder';
import { temporaryFolder } from '../../../support/temporaryFolder';

describe('makeFolder', () => {
  const at = temporaryFolder();

  it('makes a folder in folders that are missing, once or several times', async () => {
    await Promise.all([makeFolder(at('a', 'b', 'c')), makeFolder(at('a', 'b', 'd')), makeFolder(at('a', 'b', 'c'))]);
    await makeFolder(at('a', 'b', 'c'));
    assert.ok(statSync(at('a', 'b', 'c')).isDirectory());
    assert.ok(statSync(at('a', 'b', 'd')).isDirectory());
  });

  it('fails where a file is in the way', async () => {
    writeFileSync(at('file'), '');
    await assert.rejects(makeFolder(at('file', 'a')), { code: 'EEXIST' });
    await assert.rejects(makeFolder(at('file')), { code: 'EEXIST' });
  });

  it('ends where the system says that a new folder does not exist', async () => {
    if (existsSync('/proc/self')) {
      await assert.rejects(makeFolder('/proc/logcnn/a/b'), { code: 'ENOENT' });
    }
  });
});
