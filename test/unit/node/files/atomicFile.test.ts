import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { UserError } from '../../../../src/core/errors/userError';
import { AtomicFile, discardUnfinishedFiles, writeAtomically } from '../../../../src/node/files/atomicFile';
import { temporaryFolder } from '../../../support/temporaryFolder';

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
    await assert.rejects(AtomicFile.create(at('file', 'out.txt')), UserError);
    mkdirSync(at('folder'));
    await assert.rejects(
      writeAtomically(at('folder'), (file) => file.write('x')),
      (error) => error instanceof UserError && /is a folder/.test(error.message),
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
          throw Object.assign(new Error(code), { code, syscall: 'write' });
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
          (error) => error instanceof UserError && message.test(error.message),
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

  describe('where there are links and permissions', () => {
    if (process.platform === 'win32') {
      return;
    }
    const write = async (path: string, text: string): Promise<void> =>
      writeAtomically(path, (file) => file.write(text));

    it('writes to what a link means and leaves the link there, also where it means nothing yet', async () => {
      mkdirSync(at('folder'));
      writeFileSync(at('folder', 'target.txt'), 'earlier');
      symlinkSync('folder/target.txt', at('one'));
      symlinkSync(at('one'), at('two'));
      symlinkSync('folder/../folder/new.txt', at('dangling'));
      await write(at('two'), 'through two');
      await write(at('dangling'), 'made');
      assert.equal(readFileSync(at('folder', 'target.txt'), 'utf8'), 'through two');
      assert.equal(readFileSync(at('folder', 'new.txt'), 'utf8'), 'made');
      assert.ok(['one', 'two', 'dangling'].every((name) => lstatSync(at(name)).isSymbolicLink()));
      assert.deepEqual(readdirSync(at('folder')).sort(), ['new.txt', 'target.txt']);
    });

    it('says that a link never ends', async () => {
      symlinkSync('loop', at('loop'));
      await assert.rejects(
        write(at('loop'), 'x'),
        (error) => error instanceof UserError && /loop cannot be written: too many symbolic links/.test(error.message),
      );
    });

    it('keeps permissions, and the owner where the system allows it', async () => {
      writeFileSync(at('out.txt'), 'earlier');
      const owner =
        process.getuid?.() === 0 ? [12345, 23456] : [statSync(at('out.txt')).uid, statSync(at('out.txt')).gid];
      chownSync(at('out.txt'), owner[0], owner[1]);
      for (const mode of [0o600, 0o664, 0o755]) {
        chmodSync(at('out.txt'), mode);
        await write(at('out.txt'), 'new');
        const status = statSync(at('out.txt'));
        assert.deepEqual([status.mode & 0o7777, status.uid, status.gid], [mode, ...owner]);
      }
    });

    it('shows nobody what they may not read of the earlier file, while it is written', async () => {
      writeFileSync(at('out.txt'), 'earlier', { mode: 0o600 });
      const file = await AtomicFile.create(at('out.txt'));
      const [temporary] = readdirSync(at()).filter((name) => name.endsWith('.tmp'));
      assert.equal(statSync(at(temporary)).mode & 0o777, 0o600);
      await file.discard();
    });

    it('gives the new content to the name that is given, not to hard links, which may be a backup', async () => {
      writeFileSync(at('out.txt'), 'earlier');
      linkSync(at('out.txt'), at('backup.txt'));
      await write(at('out.txt'), 'new');
      assert.equal(readFileSync(at('out.txt'), 'utf8'), 'new');
      assert.equal(readFileSync(at('backup.txt'), 'utf8'), 'earlier');
    });

    it('writes what the process has open where it is, after what is there', async () => {
      writeFileSync(at('r.txt'), 'first ');
      const descriptor = openSync(at('r.txt'), 'a');
      try {
        symlinkSync(`/proc/self/fd/${descriptor}`, at('stdout'));
        if (!existsSync(at('stdout'))) {
          return; // a system without /proc
        }
        await write(at('stdout'), 'second ');
        await write(`/dev/fd/${descriptor}`, 'third');
      } finally {
        closeSync(descriptor);
      }
      assert.equal(readFileSync(at('r.txt'), 'utf8'), 'first second third');
      assert.ok(lstatSync(at('stdout')).isSymbolicLink());
      assert.deepEqual(readdirSync(at()).sort(), ['r.txt', 'stdout']);
    });

    it('takes it for no fault that the reader of a pipe has seen enough', async () => {
      assert.equal(spawnSync('mkfifo', [at('pipe')]).status, 0);
      const reading = open(at('pipe'), 'r');
      const file = await AtomicFile.create(at('pipe'));
      await (await reading).close();
      await file.write('x'.repeat(3_000_000));
      await file.commit();
    });

    it('has the bytes on the disk before it is renamed, and where the file system cannot, goes on', async () => {
      const probe = await open(at('probe'), 'w');
      const prototype = Object.getPrototypeOf(probe) as FileHandle;
      await probe.close();
      const { sync } = prototype;
      const synced: string[] = [];
      prototype.sync = async function (this: FileHandle) {
        synced.push((await this.stat()).isDirectory() ? 'folder' : 'file');
        assert.equal(existsSync(at('out.txt')), synced.length > 1);
        throw Object.assign(new Error('EINVAL'), { code: 'EINVAL' });
      };
      try {
        await write(at('out.txt'), 'new');
      } finally {
        prototype.sync = sync;
      }
      assert.deepEqual(synced, ['file', 'folder']);
      assert.equal(readFileSync(at('out.txt'), 'utf8'), 'new');
    });
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

  it('removes what is not complete when the process is about to be ended', async () => {
    writeFileSync(at('out.txt'), 'earlier');
    const files = [await AtomicFile.create(at('out.txt')), await AtomicFile.create(at('other.txt'))];
    await files[0].write('x'.repeat(3_000_000));
    assert.equal(readdirSync(at()).length, 3);
    discardUnfinishedFiles();
    assert.deepEqual(readdirSync(at()), ['out.txt']);
    await Promise.all(files.map((file) => file.discard()));
    assert.equal(readFileSync(at('out.txt'), 'utf8'), 'earlier');
  });

  it('removes what killed processes have left beside its place, not what running ones write', async () => {
    const own = await AtomicFile.create(at('one.txt'));
    const [name] = readdirSync(at());
    const [, tag] = /^\.logcnn-([0-9a-f]{8})-/.exec(name) ?? [];
    // A process that has ended: its number is free again, or as good as.
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const dead = `.logcnn-${tag}-${pid}-00000000.tmp`;
    const sameNumber = `.logcnn-${tag}-${process.pid}-00000000.tmp`;
    const running = `.logcnn-${tag}-${process.ppid}-00000000.tmp`;
    const elsewhere = `.logcnn-${tag === '0a0a0a0a' ? '0b0b0b0b' : '0a0a0a0a'}-${pid}-00000000.tmp`;
    const longElsewhere = elsewhere.replace('00000000', '11111111');
    const foreign = ['.logcnn-notes.tmp', `.out.txt.${pid}-0.tmp`];
    for (const leftover of [dead, sameNumber, running, elsewhere, longElsewhere, ...foreign]) {
      writeFileSync(at(leftover), 'half');
    }
    utimesSync(at(longElsewhere), 1e9, 1e9);
    await writeAtomically(at('two.txt'), (file) => file.write('new'));
    assert.deepEqual(readdirSync(at()).sort(), [name, running, elsewhere, ...foreign, 'two.txt'].sort());
    await own.commit();
  });
});
