import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { AtomicFile, writeAtomically } from '../../../src/node/atomicFile';
import { InputError } from '../../../src/node/inputError';
import { temporaryFolder } from '../../support/temporaryFolder';

describe('AtomicFile', () => {
  const at = temporaryFolder();

  it('makes folders, writes text and bytes in order, and leaves nothing else', async () => {
    await writeAtomically(at('new', 'folder', 'out.txt'), async (file) => {
      await file.write('one ');
      await file.write(Buffer.from('two '));
      await file.write('thr€€');
    });
    assert.equal(readFileSync(at('new', 'folder', 'out.txt'), 'utf8'), 'one two thr€€');
    assert.deepEqual(readdirSync(at('new', 'folder')), ['out.txt']);
  });

  it('keeps the earlier file until the new one is complete, and after a failure', async () => {
    writeFileSync(at('out.txt'), 'earlier');
    const file = await AtomicFile.create(at('out.txt'));
    await file.write('x'.repeat(3_000_000));
    assert.equal(readFileSync(at('out.txt'), 'utf8'), 'earlier');
    await file.discard();
    await assert.rejects(
      writeAtomically(at('out.txt'), async (broken) => {
        await broken.write('half');
        throw new Error('stop');
      }),
      /stop/,
    );
    assert.equal(readFileSync(at('out.txt'), 'utf8'), 'earlier');
    assert.deepEqual(readdirSync(at()), ['out.txt']);
  });

  it('says what is wrong where it cannot write', async () => {
    writeFileSync(at('file'), '');
    await assert.rejects(AtomicFile.create(at('file', 'out.txt')), InputError);
    mkdirSync(at('folder'));
    await assert.rejects(
      writeAtomically(at('folder'), (file) => file.write('x')),
      (error) => error instanceof InputError && /is a folder/.test(error.message),
    );
    assert.deepEqual(readdirSync(at()).sort(), ['file', 'folder']);
  });
});
