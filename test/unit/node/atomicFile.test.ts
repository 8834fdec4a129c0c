import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { open, readFile, type FileHandle } from 'node:fs/promises';
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

  it('removes what killed processes of this machine have left in the folder, and nothing else', async () => {
    await writeAtomically(at('out.txt'), async () => {
      // This file's own name has the tag of this machine's processes.
      const [own] = readdirSync(at()).filter((name) => name.startsWith('.logcnn-'));
      const { pid } = spawnSync(process.execPath, ['-e', '']);
      writeFileSync(at(own.replace(`-${process.pid}-`, `-${pid}-`)), 'of a process that has ended');
      writeFileSync(at(own.replace(`-${process.pid}-`, `-${process.ppid}-`)), 'of one that runs');
      writeFileSync(at(own.replace(/^\.logcnn-[0-9a-f]{8}/, '.logcnn-00000000')), 'of another machine, young');
      writeFileSync(at('.other.tmp'), 'of another program');
    });
    await writeAtomically(at('next.txt'), (file) => file.write('x'));
    const left = readdirSync(at()).map((name) =>
      name.replace(/^\.logcnn-[0-9a-f]{8}-\d+-.*/, (whole) => readFileSync(at(whole), 'utf8')),
    );
    assert.deepEqual(left.sort(), [
      '.other.tmp',
      'next.txt',
      'of another machine, young',
      'of one that runs',
      'out.txt',
    ]);
  });

  it('leaves another file alone that this process writes in the same new folder', async () => {
    const before = process.cwd();
    process.chdir(at());
    try {
      const first = await AtomicFile.create('new/one.txt');
      await writeAtomically('new/two.txt', (file) => file.write('two'));
      await first.write('one');
      await first.commit();
      assert.deepEqual(readdirSync(at('new')).sort(), ['one.txt', 'two.txt']);
    } finally {
      process.chdir(before);
    }
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

  it('leaves the earlier file and nothing else when the disk is full', async () => {
    writeFileSync(at('out.txt'), 'earlier');
    const probe = await open(at('out.txt'));
    const prototype = Object.getPrototypeOf(probe) as FileHandle;
    await probe.close();
    const { write } = prototype;
    for (const [code, message] of [
      ['ENOSPC', /out\.txt cannot be written because the disk is full; free some space/],
      ['EDQUOT', /out\.txt cannot be written because your disk quota is used up/],
    ] as const) {
      let writes = 0;
      prototype.write = async function (this: FileHandle, ...args: Parameters<typeof write>) {
        if (++writes > 2) {
          throw Object.assign(new Error(code), { code });
        }
        return write.apply(this, args);
      } as typeof write;
      try {
        await assert.rejects(
          writeAtomically(at('out.txt'), async (file) => {
            for (let i = 0; i < 4; i++) {
              await file.write('x'.repeat(1 << 20));
            }
          }),
          (error) => error instanceof InputError && message.test(error.message),
        );
      } finally {
        prototype.write = write;
      }
      assert.equal(writes, 3);
      assert.equal(readFileSync(at('out.txt'), 'utf8'), 'earlier');
      assert.deepEqual(readdirSync(at()), ['out.txt']);
    }
  });

  it('writes to a pipe or device as it is, and leaves it there', async () => {
    if (process.platform === 'win32') {
      return;
    }
    assert.equal(spawnSync('mkfifo', [at('pipe')]).status, 0);
    const reading = readFile(at('pipe'), 'utf8');
    await writeAtomically(at('pipe'), (file) => file.write('through'));
    assert.equal(await reading, 'through');
    assert.ok(statSync(at('pipe')).isFIFO());
    assert.deepEqual(readdirSync(at()), ['pipe']);
  });
});
