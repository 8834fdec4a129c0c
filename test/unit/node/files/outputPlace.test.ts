import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { UserError } from '../../../../src/core/errors/userError';
import { outputPlace } from '../../../../src/node/files/outputPlace';
import { HAS_PIPES, makePipe } from '../../../support/pipes';
import { temporaryFolder } from '../../../support/temporaryFolder';

describe('outputPlace', () => {
  const at = temporaryFolder();
  let descriptor: number;

  beforeEach(() => {
    writeFileSync(at('a.txt'), 'earlier');
    descriptor = openSync(at('a.txt'), 'a');
  });
  afterEach(() => closeSync(descriptor));

  it('is a file, with what is there now', async () => {
    const there = await outputPlace(at('a.txt'));
    assert.deepEqual([there.kind, there.status?.size], ['file', 7n]);
    assert.deepEqual(await outputPlace(at('new.txt')), {
      kind: 'file',
      path: `${realpathSync(at())}/new.txt`,
      status: undefined,
    });
  });

  it('is what standard output is', async () => {
    const place = await outputPlace('-');
    assert.deepEqual(place.kind === 'descriptor' && place.descriptor, 1);
  });

  if (HAS_PIPES) {
    it('is a device or a pipe, written where it is', async () => {
      makePipe(at('pipe'));
      for (const path of ['/dev/null', at('pipe')]) {
        assert.equal((await outputPlace(path)).kind, 'special');
      }
      await assert.rejects(outputPlace('/dev/no-such-device'), UserError);
    });
  }

  if (existsSync('/proc/self/fd')) {
    it('is an open file of this process by each of its names', async () => {
      symlinkSync(`/dev/fd/${descriptor}`, at('link'));
      for (const path of [
        `/dev/fd/${descriptor}`,
        `/proc/self/fd/${descriptor}`,
        `/proc/thread-self/fd/${descriptor}`,
        `/proc/${process.pid}/fd/${descriptor}`,
        at('link'),
      ]) {
        const place = await outputPlace(path);
        assert.deepEqual([place.kind === 'descriptor' && place.descriptor, place.status?.size], [descriptor, 7n], path);
      }
    });

    it('is no open file of this process where another has it open', async () => {
      // It writes once it runs as itself: before that, its descriptors are those of this process. A shell of its own writes,
      // since the one that does has the other descriptor in place of its output for that time.
      const child = spawn('sh', ['-c', '(echo begun >&2); read line'], { stdio: ['pipe', descriptor, 'pipe'] });
      try {
        await once(child.stderr!, 'data');
        const path = `/proc/${child.pid}/fd/1`;
        assert.equal(readlinkSync(path), realpathSync(at('a.txt')));
        const place = await outputPlace(path);
        assert.deepEqual([place.kind, place.kind !== 'descriptor' && place.path], ['special', path]);
      } finally {
        child.stdin!.end();
        await once(child, 'exit');
      }
    });
  }

  it('follows as many links as the system does, and no more', async () => {
    mkdirSync(at('folder'));
    symlinkSync('new.txt', at('link0'));
    for (let i = 1; i <= 40; i++) {
      symlinkSync(`link${i - 1}`, at(`link${i}`));
    }
    const place = await outputPlace(at('link39'));
    assert.deepEqual(place.kind === 'file' && place.path, `${realpathSync(at())}/new.txt`);
    await assert.rejects(outputPlace(at('link40')), /too many symbolic links/);
  });

  it('refuses a folder, and no name', async () => {
    await assert.rejects(outputPlace(at()), /is a folder/);
    await assert.rejects(outputPlace(at('new/')), /is a folder/);
    await assert.rejects(outputPlace(''), /name of the output is empty/);
  });
});
