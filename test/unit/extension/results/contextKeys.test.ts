import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { ContextKeys } from '../../../../src/extension/results/contextKeys';
import { fake } from '../../../support/fakeVscode';
import { finding } from '../fixtures';
import { useWorkbench } from '../workbench';

describe('the context keys, by which menus and keybindings are there', () => {
  const workbench = useWorkbench();
  const log = Uri.file('/logs/a.log');

  const keys = (): string[] =>
    [...fake.contextKeys].filter(([, value]) => value === true).map(([key]) => key.replace('logcnn.', ''));

  it('say whether something is scanned or followed, and whether there are results and findings', async () => {
    const { store } = workbench();
    workbench().own(new ContextKeys(store));
    store.begin(log);
    assert.deepEqual(keys(), ['scanning', 'hasResults']);
    await workbench().scanned('/logs/a.log', []);
    assert.deepEqual(keys(), ['hasResults']);
    const { outcome } = await workbench().scanned('/logs/a.log', [finding([1])]);
    assert.deepEqual(keys(), ['hasResults', 'hasFindings']);
    store.complete(log, outcome!, { lastUpdate: 1 });
    assert.deepEqual(keys(), ['following', 'hasResults', 'hasFindings']);
    store.remove(log);
    assert.deepEqual(keys(), []);
  });
});
