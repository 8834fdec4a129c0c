import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { ScanStatusBar } from '../../../../src/extension/scan/scanStatusBar';
import { fake } from '../../../support/fakeVscode';
import { finding } from '../fixtures';
import { useWorkbench } from '../workbench';

describe('the status bar', () => {
  const workbench = useWorkbench();
  const [a, b] = ['/logs/a.log', '/logs/b.log'].map((path) => Uri.file(path));

  beforeEach(() => {
    const { store, messages, t } = workbench();
    workbench().own(new ScanStatusBar(store, messages, t));
  });

  const shown = (): string | undefined => fake.statusItems.find(({ isShown }) => isShown)?.text;

  it('shows how far a scan is, how many wait, and cancels them with a click', () => {
    const { store } = workbench();
    store.begin(b);
    assert.equal(shown(), '$(loading~spin) LogCNN: waiting');
    store.begin(a);
    store.progress(a, { phase: 'judging', done: 1, total: 4 });
    assert.equal(shown(), '$(loading~spin) LogCNN: judging 25 % (+1)');
    const [item] = fake.statusItems;
    assert.equal(item.command, 'logcnn.cancelScan');
    assert.equal(item.tooltip, 'Scanning b.log, a.log. Click to cancel.');
  });

  it('shows what was found in all logs, and in that of the active editor, also one too large for extensions', async () => {
    await workbench().scanned(a.path, [finding([1]), finding([2])]);
    assert.equal(shown(), '$(warning) 2 anomalous blocks');
    fake.open(a);
    assert.equal(shown(), '$(warning) 2 anomalous blocks');
    assert.equal(fake.statusItems[0].command, 'logcnn.results.focus');
    await workbench().scanned(b.path, [finding([4])]);
    assert.equal(shown(), '$(warning) 2 anomalous blocks, 3 in all');
    fake.open(b);
    assert.equal(shown(), '$(warning) 1 anomalous block, 3 in all');
    // The tab of a large file has no editor for extensions.
    fake.activeEditor = undefined;
    fake.tabGroupsChanged.fire();
    assert.equal(shown(), '$(warning) 1 anomalous block, 3 in all');
  });

  it('says that results are out of date or still come', async () => {
    const { outcome } = await workbench().scanned(a.path, [finding([1])]);
    fake.open(a);
    workbench().store.setStaleness(a, 'changed');
    assert.equal(shown(), '$(warning) 1 anomalous block (out of date)');
    workbench().store.complete(a, outcome!, { lastUpdate: 1 });
    assert.equal(shown(), '$(warning) 1 anomalous block $(eye) following');
  });

  it('shows nothing any more when the results are gone', async () => {
    await workbench().scanned(a.path, []);
    fake.open(a);
    workbench().store.remove(a);
    assert.equal(shown(), undefined);
  });
});
