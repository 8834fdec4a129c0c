import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { UserError } from '../../../../src/core/errors/userError';
import { ChosenFormats } from '../../../../src/extension/results/chosenFormats';
import type { FileResults } from '../../../../src/extension/results/resultsStore';
import { StalenessWatch } from '../../../../src/extension/results/staleness';
import type { ScanOptions } from '../../../../src/worker/protocol';
import { fake } from '../../../support/fakeVscode';
import { finding, outcome } from '../fixtures';
import { useWorkbench } from '../workbench';

describe('results of a file', () => {
  const workbench = useWorkbench();
  const path = '/logs/a.log';
  const log = Uri.file(path);
  /** What the settings ask for now. */
  let options: () => ScanOptions;
  let formats: ChosenFormats;
  let watch: StalenessWatch;
  const setTimeoutOfNode = global.setTimeout;
  let timers: (() => void)[];

  beforeEach(() => {
    options = () => outcome([]).options;
    const memory = new Map<string, unknown>();
    formats = new ChosenFormats({
      get: <T>(key: string) => memory.get(key) as T | undefined,
      update: async (key: string, value: unknown) => void memory.set(key, value),
    });
    watch = workbench().own(new StalenessWatch(workbench().store, () => options(), formats));
    timers = [];
    global.setTimeout = ((callback: () => void) => timers.push(callback)) as never;
  });
  afterEach(() => {
    global.setTimeout = setTimeoutOfNode;
  });

  /** Lets the time pass that is being waited for. */
  function passTime(): void {
    timers.splice(0).forEach((callback) => callback());
  }

  const results = (): FileResults | undefined => workbench().store.get(log);

  async function expectStaleness(expected: string | undefined): Promise<void> {
    await fake.settled();
    assert.equal(results()?.staleness, expected);
  }

  it('are fresh after a scan, and stale when the size or the time of the file is another one', async () => {
    await workbench().scanned(path, [finding([1])]);
    await expectStaleness(undefined);
    fake.write(path, { size: 2 });
    await expectStaleness('changed');
    fake.write(path, { size: 1 });
    await expectStaleness(undefined);
    fake.write(path, { mtime: 2 });
    await expectStaleness('changed');
  });

  it('are stale at once when the file has changed while it was scanned', async () => {
    await workbench().scanned(path, [], { outcome: { file: { size: 1, mtime: 0 } } });
    await expectStaleness('changed');
  });

  it('are stale while the document has edits that are not saved', async () => {
    await workbench().scanned(path, []);
    const editor = fake.open(log);
    fake.edit(editor);
    await expectStaleness('edited');
    editor.document.isDirty = false;
    fake.documentClosed.fire(editor.document);
    await expectStaleness(undefined);
  });

  it('are stale when a setting of a scan is another one, or cannot be used any more', async () => {
    await workbench().scanned(path, []);
    options = () => ({ ...outcome([]).options, threshold: 0.9 });
    fake.set('threshold', 0.9);
    await expectStaleness('settings');
    options = () => outcome([]).options;
    fake.set('threshold', null);
    await expectStaleness(undefined);
    options = () => {
      throw new UserError('setting-wrong', { key: 'threshold', value: '"high"', wanted: 'a number' });
    };
    fake.set('threshold', 'high');
    await expectStaleness('settings');
  });

  it('stay as they are when a setting of another extension changes', async () => {
    await workbench().scanned(path, []);
    options = () => ({ ...outcome([]).options, threshold: 0.9 });
    fake.configurationChanged.fire({ affectsConfiguration: (section) => section === 'editor' });
    await expectStaleness(undefined);
  });

  it('are stale when another format was chosen for the file, and when the folder becomes trusted', async () => {
    await workbench().scanned(path, []);
    options = () => ({ ...outcome([]).options, logFormat: 'syslog' });
    await formats.set(log, 'syslog');
    await expectStaleness('settings');

    options = () => outcome([]).options;
    fake.trustGranted.fire();
    await expectStaleness(undefined);
  });

  it('are stale when a configuration comes, changes or goes, beside the log or in the folder of the workspace', async () => {
    fake.folders = [{ uri: Uri.file('/logs'), name: 'logs' }] as never;
    const deep = Uri.file('/logs/deep/b.log');
    await workbench().scanned('/logs/deep/b.log', []);
    for (const configuration of ['/logs/deep/logcnn.config.json', '/logs/logcnn.config.json']) {
      fake.write(configuration);
      await fake.settled();
      assert.equal(workbench().store.get(deep)?.staleness, 'settings', configuration);
      fake.remove(configuration);
      await fake.settled();
      assert.equal(workbench().store.get(deep)?.staleness, undefined, configuration);
    }
  });

  it('are stale when a good log that they were judged against changes', async () => {
    fake.write('/good/good.log');
    await workbench().scanned(path, [], { summary: { baselines: ['/good/good.log'] } });
    await expectStaleness(undefined);
    fake.write('/good/good.log', { size: 9 });
    await expectStaleness('goodLog');
  });

  it('are stale when one of the files of a rotated log changes', async () => {
    fake.write('/logs/a.log.1', { size: 5 });
    const part = (name: string, size: number) => ({
      uri: Uri.file(name),
      documentUri: Uri.file(name),
      linesBefore: 0,
      state: { size, mtime: 1 },
    });
    await workbench().scanned(path, [], {
      outcome: { parts: [part('/logs/a.log.1', 5), part(path, 1)] as never },
    });
    await expectStaleness(undefined);
    workbench().store.begin(log, [Uri.file('/logs/a.log.1'), log]);
    workbench().store.cancel(log);
    fake.write('/logs/a.log.1', { size: 6 });
    await expectStaleness('changed');
  });

  it('are never stale by growth while the file is followed, for it is read as it grows', async () => {
    const { outcome: known } = await workbench().scanned(path, []);
    workbench().store.complete(log, known!, { lastUpdate: 1 });
    fake.write(path, { size: 2 });
    await expectStaleness(undefined);
    workbench().store.unfollow(log);
    await expectStaleness('changed');
  });

  it('go when the file is deleted, after a while in which an editor may put it back', async () => {
    await workbench().scanned(path, []);
    fake.remove(path);
    await fake.settled();
    assert.ok(results() !== undefined, 'they went at once');
    passTime();
    await fake.settled();
    assert.equal(results(), undefined);
  });

  it('stay when the file is replaced', async () => {
    await workbench().scanned(path, []);
    fake.remove(path);
    await fake.settled();
    fake.write(path);
    passTime();
    await expectStaleness(undefined);
    assert.ok(results() !== undefined);
  });

  it('stay when a log that was followed is gone, for it may be what one wants to know of', async () => {
    const { outcome: known } = await workbench().scanned(path, []);
    workbench().store.complete(log, known!, { lastUpdate: 1 });
    await fake.settled();
    fake.remove(path);
    workbench().store.unfollow(log, 'gone');
    await fake.settled();
    passTime();
    await expectStaleness('gone');
  });

  it('follow the file to its new name, alone or with its folder, and a file of nearly the same name stays', async () => {
    await workbench().scanned(path, [finding([1])]);
    await workbench().scanned('/logs/a.log2', []);
    const rename = async (from: string, to: string): Promise<void> => {
      for (const [name, state] of [...fake.files]) {
        if (name === from || name.startsWith(`${from}/`)) {
          fake.files.delete(name);
          fake.files.set(to + name.slice(from.length), state);
        }
      }
      fake.filesRenamed.fire({ files: [{ oldUri: Uri.file(from), newUri: Uri.file(to) }] });
      await fake.settled();
    };
    const names = (): string[] => workbench().store.all.map(({ uri }) => uri.path);
    await rename(path, '/logs/b.log');
    assert.deepEqual(names().sort(), ['/logs/a.log2', '/logs/b.log']);
    await rename('/logs', '/archive');
    assert.deepEqual(names().sort(), ['/archive/a.log2', '/archive/b.log']);
    assert.equal(workbench().store.get(Uri.file('/archive/b.log'))?.outcome?.findings.length, 1);
  });

  it('are watched only as long as they are there', async () => {
    await workbench().scanned(path, []);
    assert.deepEqual(fake.watchedPaths(), ['/logs/a.log', '/logs/logcnn.config.json']);
    await workbench().scanned('/logs/b.log', []);
    workbench().store.remove(log);
    assert.deepEqual(fake.watchedPaths(), ['/logs/b.log', '/logs/logcnn.config.json']);
    watch.dispose();
    assert.deepEqual(fake.watchedPaths(), []);
  });

  it('are watched by a name with signs of a glob, and not by what the glob fits besides', async () => {
    await workbench().scanned('/logs/a[1].log', []);
    await workbench().scanned('/logs/ax1x.log', []);
    fake.write('/logs/ax1x.log', { size: 2 });
    await fake.settled();
    assert.equal(workbench().store.get(Uri.file('/logs/a[1].log'))?.staleness, undefined);
    fake.write('/logs/a[1].log', { size: 2 });
    await fake.settled();
    assert.equal(workbench().store.get(Uri.file('/logs/a[1].log'))?.staleness, 'changed');
  });
});
