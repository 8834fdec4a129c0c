import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension/extension';
import { access, LogFolder, until } from './workspace';

/** A log of ticks with one failure, which nothing but the words can find. */
function appLog(): string {
  const lines = Array.from(
    { length: 60 },
    (_, i) => `2025-03-01 10:00:${String(i).padStart(2, '0')} INFO app - tick ${i}`,
  );
  lines.splice(30, 0, '2025-03-01 10:00:30 ERROR app - Payment of order 30 failed');
  return lines.join('\n') + '\n';
}

describe('the configuration of a log', () => {
  let folder: LogFolder;
  let extension: TestAccess;

  before(async () => {
    folder = new LogFolder('configuration');
    extension = await access();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('logcnn.clearResults');
  });

  after(() => folder.remove());

  function configure(config: object): void {
    folder.write('logcnn.config.json', JSON.stringify(config));
  }

  async function scan(name: string): Promise<vscode.Uri> {
    const file = folder.write(name, appLog());
    await vscode.commands.executeCommand('logcnn.scanFile', file);
    return file;
  }

  /** The tooltip of a file's row, without what Markdown escapes. */
  function tooltip(file: vscode.Uri): string {
    const node = { kind: 'file', results: extension.store.get(file)! } as const;
    const { tooltip: text } = extension.tree.resolveTreeItem(extension.tree.getTreeItem(node), node);
    return (text as vscode.MarkdownString).value.replaceAll('\\', '');
  }

  it('is read from beside it, gives way to settings, and is shown with what was found out', async () => {
    configure({ threshold: 0.9, suppress: ['Payment <*>'] });
    const file = await scan('app.log');
    const { summary } = extension.store.get(file)!.outcome!;
    assert.equal(summary.threshold, 0.9);
    assert.match(tooltip(file), /threshold 0\.900/);
    assert.match(tooltip(file), /format: /);
    assert.match(tooltip(file), /no session key found: windows/);
    assert.match(tooltip(file), /configuration: .*\(threshold, suppress\)/);
    await folder.set('threshold', 0.25);
    try {
      await until(() => extension.store.get(file)?.staleness === 'settings');
      await vscode.commands.executeCommand('logcnn.rescan', { kind: 'file', results: extension.store.get(file) });
      const again = extension.store.get(file)!.outcome!.summary;
      assert.deepEqual([again.threshold, again.suppressed], [0.25, 1]);
      assert.match(tooltip(file), /1 of \d+ findings suppressed by logcnn\.config\.json/);
    } finally {
      await folder.set('threshold', undefined);
    }
  });

  it('makes results stale when it changes', async () => {
    configure({ threshold: 0.9 });
    const file = await scan('stale.log');
    assert.equal(extension.store.get(file)?.staleness, undefined);
    configure({ threshold: 0.8 });
    await until(() => extension.store.get(file)?.staleness === 'settings');
  });

  it('excludes a file among several, but not one that is scanned by itself', async () => {
    configure({ exclude: ['*.old.log'] });
    const old = folder.write('a.old.log', appLog());
    const other = folder.write('a.log', appLog());
    await vscode.commands.executeCommand('logcnn.scanFile', other, [other, old]);
    assert.deepEqual(
      extension.store.all.map(({ uri }) => path.basename(uri.fsPath)),
      ['a.log'],
    );
    await vscode.commands.executeCommand('logcnn.scanFile', old);
    assert.ok(extension.store.get(old)?.outcome !== undefined);
  });

  it('names good logs, and results are stale when one of these changes', async () => {
    configure({ baseline: 'good.log' });
    const good = folder.write('good.log', appLog());
    const file = await scan('same.log');
    const { summary, suspects } = extension.store.get(file)!.outcome!;
    assert.deepEqual(summary.baselines, [good.fsPath]);
    // The failure is nothing new: the good log has it, too.
    assert.deepEqual([summary.anomalous, suspects.length > 0], [0, true]);
    assert.match(tooltip(file), /judged against logs believed good: .*good\.log/);
    assert.equal(extension.store.get(file)?.staleness, undefined);
    folder.write('good.log', appLog().replace(/.*ERROR.*\n/, ''));
    await until(() => extension.store.get(file)?.staleness === 'goodLog');
    await vscode.commands.executeCommand('logcnn.rescan', { kind: 'file', results: extension.store.get(file) });
    assert.equal(extension.store.get(file)?.outcome?.summary.anomalous, 1);
  });

  it('is refused with file and key in the row of the file', async () => {
    configure({ treshold: 0.9 });
    const file = await scan('wrong.log');
    assert.match(extension.store.get(file)?.failure ?? '', /logcnn\.config\.json: the key "treshold" is not known/);
  });

  it('gives way to the format that is chosen for the file', async () => {
    configure({ logFormat: 'iso-level' });
    const file = await scan('format.log');
    const formatOf = (): string | undefined => extension.store.get(file)?.outcome?.summary.format;
    const before = formatOf();
    const choosing = vscode.commands.executeCommand('logcnn.chooseLogFormat', {
      kind: 'file',
      results: extension.store.get(file),
    });
    // Its first item, to have the format detected, is taken as soon as the list is there.
    let isChosen = false;
    void choosing.then(() => (isChosen = true));
    while (!isChosen) {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await setTimeout(20);
    }
    assert.notEqual(formatOf(), before);
    assert.ok(!/logFormat/.test(tooltip(file)), tooltip(file));
    assert.equal(extension.store.get(file)?.staleness, undefined);
  });
});
