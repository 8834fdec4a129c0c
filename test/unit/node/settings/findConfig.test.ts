import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, lchownSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../../src/core/errors/userError';
import { configuredSettings } from '../../../../src/node/settings/configuredSettings';
import { findConfig, findOwnConfig, unusedConfigNotes } from '../../../../src/node/settings/findConfig';
import { temporaryFolder } from '../../../support/temporaryFolder';

const foundBy = { why: 'without --config', remedy: (path: string) => `give --config ${path}` };
/** Of nobody who runs tests. */
const STRANGER = 12345;

describe('a configuration that is found', () => {
  const at = temporaryFolder();

  function configure(content: object | string, folder = 'logs', mode = 0o644): string {
    mkdirSync(at(folder), { recursive: true });
    chmodSync(at(folder), 0o755);
    const path = at(folder, 'logcnn.config.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    chmodSync(path, mode);
    return path;
  }
  /** The threshold that counts, and what is said of files that are not taken. */
  async function own(...folders: string[]): Promise<[number | undefined, ...string[]]> {
    const { loaded, refusals } = await findOwnConfig(
      folders.map((folder) => at(folder)),
      foundBy,
    );
    return [loaded?.config.threshold, ...refusals];
  }

  it('is taken where what it sets and what is not used contradict each other, but not if a user names it', async () => {
    const path = configure({ threshold: 0.4, model: 'my-model', baseline: ['good.log'] });
    assert.deepEqual(await own('logs'), [0.4]);
    await assert.rejects(findConfig([at('logs')]), /"baseline" and "model" contradict each other/);
    const { loaded } = await findOwnConfig([at('logs')], foundBy);
    const { settings } = configuredSettings(at('logs', 'a.log'), {}, loaded);
    assert.deepEqual([settings.model, settings.baseline], [undefined, undefined]);
    assert.ok(settings.notes?.includes('not used without --config: model, baseline of logcnn.config.json'), path);
  });

  it("is taken where the user's folder has it, else from the next folder", async () => {
    const path = configure({ threshold: 0.4 });
    assert.deepEqual(await own('none', 'logs'), [0.4]);
    assert.deepEqual((await findOwnConfig([at('logs')], foundBy)).loaded, {
      path,
      config: { threshold: 0.4 },
      foundBy,
    });
    assert.deepEqual(await own('none'), [undefined]);
    configure({ threshold: 0.3 }, 'second');
    assert.deepEqual(await own('logs', 'second'), [0.4]);
  });

  describe('beside which somebody else can have been', () => {
    it('is passed over if others can write to it, and why and what to do is told', async () => {
      for (const mode of [0o666, 0o646]) {
        const path = configure({ threshold: 0.4 }, 'logs', mode);
        const why = `others can write to it (mode ${mode.toString(8)})`;
        const refusal = `${path} is not used, since ${why}; give --config ${path}.`;
        assert.deepEqual(await own('logs', 'logs'), [undefined, refusal]);
        configure({ threshold: 0.3 }, 'second');
        assert.deepEqual(await own('logs', 'second'), [0.3, refusal]);
      }
    });

    it('is passed over if others can write to its folder, but for one like /tmp', async () => {
      const path = configure({ threshold: 0.4 });
      for (const mode of [0o777, 0o757]) {
        chmodSync(at('logs'), mode);
        const why = `others can write to its folder (mode ${mode.toString(8)})`;
        assert.deepEqual(await own('logs'), [undefined, `${path} is not used, since ${why}; give --config ${path}.`]);
      }
      chmodSync(at('logs'), 0o1777);
      assert.deepEqual(await own('logs'), [0.4]);
      chmodSync(path, 0o666);
      assert.match((await own('logs'))[1], /others can write to it \(mode 666\)/);
    });

    it('is not even opened there: neither a pipe nor its size makes the scan fail', async () => {
      const path = configure('', 'logs', 0o666);
      truncateSync(path, (1 << 20) + 1);
      assert.match((await own('logs'))[1], /others can write to it/);
      mkdirSync(at('pipes'));
      execFileSync('mkfifo', ['-m', '666', at('pipes', 'logcnn.config.json')]);
      chmodSync(at('pipes'), 0o777);
      assert.match((await own('pipes'))[1], /others can write to its folder/);
    });

    if (process.geteuid?.() === 0) {
      // Only root can give files to another user; fileOwnership.test.ts has the rule itself.
      it('is passed over if the file, the folder or the link is not the own', async () => {
        const theirs = /belongs to another user \(uid 12345\); give --config /;
        const path = configure({ threshold: 0.4 });
        chownSync(path, STRANGER, STRANGER);
        assert.match((await own('logs'))[1], theirs);
        chownSync(path, 0, 0);
        chownSync(at('logs'), STRANGER, STRANGER);
        assert.match((await own('logs'))[1], /since its folder belongs to another user/);
        chownSync(at('logs'), 0, 0);
        assert.deepEqual(await own('logs'), [0.4]);

        mkdirSync(at('shared'));
        chmodSync(at('shared'), 0o1777);
        const link = at('shared', 'logcnn.config.json');
        symlinkSync(path, link);
        assert.deepEqual(await own('shared'), [0.4]);
        lchownSync(link, STRANGER, STRANGER);
        assert.match((await own('shared'))[1], theirs);
        lchownSync(link, 0, 0);
        chownSync(path, STRANGER, STRANGER);
        assert.match((await own('shared'))[1], theirs);
      });
    }
  });

  it('is refused, and not waited for, if it is a pipe, has no end or is too large', async () => {
    mkdirSync(at('pipe'), { mode: 0o755 });
    execFileSync('mkfifo', ['-m', '644', at('pipe', 'logcnn.config.json')]);
    mkdirSync(at('device'), { mode: 0o755 });
    symlinkSync('/dev/zero', at('device', 'logcnn.config.json'));
    for (const find of [findConfig, (folders: string[]) => findOwnConfig(folders, foundBy)]) {
      await assert.rejects(find([at('pipe')]), /is a pipe or a device/);
    }
    await assert.rejects(findConfig([at('device')]), /is a pipe or a device/);
    truncateSync(configure(''), (1 << 20) + 1);
    await assert.rejects(findConfig([at('logs')]), /has more than 1,048,576 bytes/);
  });

  it('is refused where it leads nowhere', async () => {
    mkdirSync(at('logs'), { mode: 0o755 });
    symlinkSync(at('nothing'), at('logs', 'logcnn.config.json'));
    await assert.rejects(findConfig([at('logs')]), UserError);
  });

  it('is told by its keys, whatever it holds, in a workspace that is not trusted', async () => {
    const notes = (...folders: string[]): Promise<string[]> => unusedConfigNotes(folders.map((folder) => at(folder)));
    const why = 'not used, since the workspace is not trusted: ';
    assert.deepEqual(await notes('none'), []);
    configure({ suppress: ['('], threshold: 'x', other: 1 });
    assert.deepEqual(await notes('none', 'logs'), [`${why}threshold, suppress of logcnn.config.json`]);
    const hostile = ['{', '[]', 'null', '"threshold"', `{"mask":${'['.repeat(9999)}`, '{"__proto__":{"mask":1}}'];
    for (const content of hostile) {
      configure(content);
      assert.deepEqual(await notes('logs'), [`${why}logcnn.config.json`], content.slice(0, 40));
    }
    mkdirSync(at('loop'));
    symlinkSync('logcnn.config.json', at('loop', 'logcnn.config.json'));
    mkdirSync(at('pipe'));
    execFileSync('mkfifo', [join(at('pipe'), 'logcnn.config.json')]);
    mkdirSync(at('folder', 'logcnn.config.json'), { recursive: true });
    for (const folder of ['loop', 'pipe', 'folder']) {
      assert.deepEqual(await notes(folder), [`${why}logcnn.config.json`], folder);
    }
  });
});
