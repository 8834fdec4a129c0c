import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { Announcer } from '../../../../src/extension/scan/announcer';
import { fake } from '../../../support/fakeVscode';
import { finding, outcome } from '../fixtures';
import { useWorkbench } from '../workbench';

describe('the announcer', () => {
  const workbench = useWorkbench();
  let announcer: Announcer;
  let waiting: (() => void)[];

  beforeEach(() => {
    const { store, messages, t } = workbench();
    waiting = [];
    announcer = workbench().own(
      new Announcer(
        store,
        messages,
        (_, callback) => {
          waiting.push(callback);
          return () => void waiting.splice(waiting.indexOf(callback), 1);
        },
        t,
      ),
    );
  });

  const shown = (): string | undefined => fake.statusItems.find(({ isShown }) => isShown)?.text;

  it('tells for a moment what was found', async () => {
    const a = await workbench().scanned('/logs/a.log', [finding([1]), finding([2])]);
    const b = await workbench().scanned('/logs/b.log', []);
    assert.equal(shown(), undefined);
    announcer.tellFound([a]);
    assert.equal(shown(), '$(pulse) 2 anomalous blocks in a.log');
    announcer.tellFound([b]);
    assert.equal(shown(), '$(pulse) no anomalous blocks in b.log');
    announcer.tellFound([a, b]);
    assert.equal(shown(), '$(pulse) 2 anomalous blocks in 2 logs');
    assert.equal(waiting.length, 1);
    waiting[0]();
    assert.equal(shown(), undefined);
    announcer.tellFound([]);
    assert.equal(shown(), undefined);
  });

  it('tells what is new in a followed log, and not what was there', () => {
    const { store } = workbench();
    const log = Uri.file('/logs/a.log');
    const fresh = finding([9]);
    store.begin(log);
    store.complete(log, outcome([finding([1])]), { lastUpdate: 1 });
    assert.equal(shown(), undefined);
    store.complete(log, { ...outcome([finding([1]), fresh]), fresh: new Set([fresh]) }, { lastUpdate: 2 });
    assert.equal(shown(), '$(pulse) 1 anomalous block new in a.log');
  });
});
