import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { ExtensionMode, Uri, type ExtensionContext } from 'vscode';
import { activate, deactivate } from '../../../src/extension/extension';
import manifest from '../../../package.json';
import { fake } from '../../support/fakeVscode';
import { temporaryFolder } from '../../support/temporaryFolder';
import { stubWorkerProgram } from './stubWorker';

/** Tests of the whole extension, wired as in the editor, on a worker of which the findings are known. */
describe('the extension', () => {
  const at = temporaryFolder();
  let context: ExtensionContext;
  let given: unknown;

  beforeEach(() => {
    fake.reset();
    mkdirSync(at('dist'));
    writeFileSync(at('dist/scan-worker.js'), stubWorkerProgram);
    start(ExtensionMode.Production);
  });
  afterEach(async () => {
    for (const part of context.subscriptions.reverse()) part.dispose();
    await deactivate();
  });

  function start(extensionMode: ExtensionMode): void {
    const memory = new Map<string, unknown>();
    context = {
      subscriptions: [],
      extensionMode,
      extensionUri: Uri.file(at()),
      extension: { packageJSON: manifest },
      storageUri: Uri.file(at('storage')),
      asAbsolutePath: (path: string) => at(path),
      workspaceState: {
        get: (key: string) => memory.get(key),
        update: async (key: string, value: unknown) => void memory.set(key, value),
      },
    } as unknown as ExtensionContext;
    given = activate(context);
  }

  /** Waits until something is so; the worker is a thread of its own. */
  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  const file = (path: string) => fake.write(path) as unknown as Uri;
  const rows = async (): Promise<[string, string][]> =>
    (await fake.tree().rows()).map(({ label, description }) => [label, description]);
  const texts = (): string[] => fake.messages.map(({ text }) => text);

  it('gives nothing to other extensions, and its parts to its own tests', () => {
    assert.equal(given, undefined);
    for (const part of context.subscriptions.splice(0).reverse()) part.dispose();
    start(ExtensionMode.Test);
    assert.deepEqual(Object.keys(Object(given) as object), ['store', 'tree', 'gutter', 'blocks']);
  });

  it('has every command that its manifest offers, and no other', () => {
    const offered = manifest.contributes.commands.map(({ command }) => command);
    const internal = ['logcnn.openFinding', 'logcnn.openInContext'];
    assert.deepEqual([...fake.commands.keys()].filter((name) => !internal.includes(name)).sort(), offered.sort());
  });

  it('reads, watches and starts nothing before the first scan, and gives all back in the end', async () => {
    assert.deepEqual(fake.watchedPaths(), []);
    assert.equal(fake.statusItems.filter(({ isShown }) => isShown).length, 0);
    await fake.run('logcnn.scanFile', file('/logs/a-1.log'));
    assert.ok(fake.watchedPaths().length > 0);
    for (const part of context.subscriptions.splice(0).reverse()) part.dispose();
    assert.deepEqual(fake.watchedPaths(), []);
    assert.equal(fake.commands.size, 0);
    assert.equal(fake.documentChanged.size + fake.configurationChanged.size + fake.editorsChanged.size, 0);
  });

  describe('scanning', () => {
    it('shows what was found in the view, the Problems panel and the editor', async () => {
      const log = file('/logs/a-2.log');
      const editor = fake.open(log);
      await fake.run('logcnn.scanFile');
      assert.deepEqual(await rows(), [['a-2.log', '2 findings · Stub']]);
      await fake.settled();
      await until(() => fake.diagnostics.get('logcnn')!.byDocument.get(log.toString())?.length === 2);
      assert.deepEqual(editor.marks.get('finding'), [1, 2]);
      assert.ok(fake.tree().revealed.length > 0, 'the view was not opened');
      assert.deepEqual(texts(), []);
    });

    it('takes all that is selected, and tells how far it is as a whole', async () => {
      const logs = [file('/logs/a-1.log'), file('/logs/b-2.log')];
      await fake.run('logcnn.scanFile', logs[0], logs);
      assert.deepEqual(await rows(), [
        ['a-1.log', '1 finding · Stub'],
        ['b-2.log', '2 findings · Stub'],
      ]);
      assert.equal(Math.round(fake.progress.reduce((sum, { increment = 0 }) => sum + increment, 0)), 100);
    });

    it('asks for files where nothing is open', async () => {
      fake.dialogAnswers.push([file('/logs/a-3.log')] as never);
      await fake.run('logcnn.scanFile');
      assert.deepEqual(await rows(), [['a-3.log', '3 findings · Stub']]);
    });

    it('says why a document that is no file cannot be scanned', async () => {
      await fake.run('logcnn.scanFile', Uri.from({ scheme: 'untitled', path: 'Untitled-1' }));
      await fake.run('logcnn.scanFile', Uri.from({ scheme: 'git', path: '/logs/a.log' }));
      assert.deepEqual(texts(), [
        'Untitled-1 is not on disk yet; save it and scan again.',
        'a.log is not a file on disk; open a log file and scan again.',
      ]);
      assert.deepEqual(await rows(), []);
    });

    it('finds the logs of a folder by their names, and says so where there are none', async () => {
      fake.write('/logs', { isFolder: true });
      for (const name of ['a-1.log', 'sub/b-2.log', 'c.txt']) file(`/logs/${name}`);
      await fake.run('logcnn.scanFolder', Uri.file('/logs'));
      assert.deepEqual(
        (await rows()).map(([name]) => name),
        ['a-1.log', 'b-2.log'],
      );
      fake.write('/empty', { isFolder: true });
      await fake.run('logcnn.scanFolder', Uri.file('/empty'));
      assert.match(texts()[0], /^There are no logs in empty/);
    });

    it('scans the files of a rotation as one log, and asks first where there is only one', async () => {
      const log = file('/logs/app.log');
      fake.messageAnswers.push('Scan');
      await fake.run('logcnn.scanRotated', log);
      await until(async () => (await rows()).some(([, state]) => state.includes('Stub')));
      assert.match(texts()[0], /^app\.log: no rotated file is beside it/);
      file('/logs/app.log.1');
      await fake.run('logcnn.scanRotated', log);
      assert.match((await rows())[0][1], /^and 1 rotated file · /);
    });

    it('tells what failed, in one message, with the way to the details', async () => {
      fake.messageAnswers.push('Show Log');
      await fake.run('logcnn.scanFile', file('/logs/bad.log'));
      await fake.settled();
      assert.deepEqual(fake.messages, [
        { kind: 'error', text: '/logs/bad.log is bad; mend it.', actions: ['Show Log'] },
      ]);
      assert.deepEqual(fake.output, ['error: /logs/bad.log is bad; mend it.', 'shown']);
      assert.deepEqual(await rows(), [['bad.log', 'scan failed: is bad; mend it.']]);
      const logs = [file('/logs/bad.log'), file('/logs/bad2.log'), file('/logs/a-1.log')];
      await fake.run('logcnn.scanFile', logs[0], logs);
      assert.match(texts()[1], /^2 of 3 logs could not be scanned\. \/logs\/bad\.log is bad/);
    });

    it('leads to the settings where one of them is the fault', async () => {
      fake.set('threshold', 'high');
      fake.messageAnswers.push('Open Settings');
      await fake.run('logcnn.scanFile', file('/logs/a-1.log'));
      await fake.settled();
      assert.match(texts()[0], /^The setting logcnn\.threshold is "high"/);
      assert.deepEqual(fake.executed.at(-1), {
        command: 'workbench.action.openSettings',
        args: ['@ext:logcnn.logcnn'],
      });
    });

    it('leaves out what a configuration excludes, and says how many', async () => {
      const logs = [file('/logs/out.log'), file('/logs/a-1.log')];
      await fake.run('logcnn.scanFile', logs[0], logs);
      assert.deepEqual(
        (await rows()).map(([name]) => name),
        ['a-1.log'],
      );
      assert.deepEqual(texts(), ['1 of 2 logs were left out: logcnn.config.json excludes them.']);
    });

    it('says that edits were not scanned, and saves them on demand', async () => {
      const log = file('/logs/a-1.log');
      const editor = fake.open(log);
      fake.edit(editor);
      fake.messageAnswers.push('Save and Rescan');
      await fake.run('logcnn.scanFile', log);
      await until(() => !editor.document.isDirty);
      assert.deepEqual(texts(), ['a-1.log has unsaved edits: what is on disk was scanned.']);
      await until(async () => (await rows())[0][1] === '1 finding · Stub');
    });

    it('is ended by a cancel, of one log or of all, and leaves no row of what had no results', async () => {
      const scan = fake.run('logcnn.scanFile', file('/logs/slow.log'));
      await until(async () => (await rows())[0]?.[1] === 'reading 25 %');
      await fake.run('logcnn.cancelScan');
      await scan;
      assert.deepEqual(await rows(), []);
      assert.deepEqual(texts(), []);
    });

    it('repeats the scan of the row, and removes results, one by one or all', async () => {
      const logs = [file('/logs/a-1.log'), file('/logs/b-2.log'), file('/logs/c-3.log')];
      await fake.run('logcnn.scanFile', logs[0], logs);
      fake.write('/logs/a-1.log', { size: 99 });
      await until(async () => (await rows())[0][1].includes('out of date'));
      await fake.run('logcnn.rescan', (await fake.tree().rows())[0].node);
      assert.equal((await rows())[0][1], '1 finding · Stub');
      await fake.run('logcnn.removeResults', (await fake.tree().rows())[1].node);
      assert.deepEqual(
        (await rows()).map(([name]) => name),
        ['a-1.log', 'c-3.log'],
      );
      await fake.run('logcnn.clearResults');
      assert.deepEqual(await rows(), []);
    });
  });

  describe('following', () => {
    it('shows what is found, that the log is followed, and keeps the results when it ends', async () => {
      await fake.run('logcnn.followFile', file('/logs/a-2.log'));
      assert.match((await rows())[0][1], /^2 findings · following, /);
      await fake.run('logcnn.stopFollowing');
      await until(async () => (await rows())[0][1] === '2 findings · Stub');
    });

    it('ends only for the row that it is ended for', async () => {
      const logs = [file('/logs/a-1.log'), file('/logs/b-2.log')];
      await fake.run('logcnn.followFile', logs[0], logs);
      await fake.run('logcnn.stopFollowing', (await fake.tree().rows())[0].node);
      await until(async () => !(await rows())[0][1].includes('following'));
      assert.match((await rows())[1][1], /following/);
    });

    it('says why a log cannot be followed, and that there is none', async () => {
      await fake.run('logcnn.followFile', file('/logs/bad.log'));
      await fake.run('logcnn.followFile');
      assert.deepEqual(texts(), [
        '/logs/bad.log is bad; mend it.',
        'There is no log to follow; open one, or choose one in the Explorer.',
      ]);
    });
  });
});
