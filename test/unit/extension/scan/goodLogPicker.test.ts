import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { ChosenGoodLogs } from '../../../../src/extension/results/chosenGoodLogs';
import { GoodLogPicker } from '../../../../src/extension/scan/goodLogPicker';
import type { LogToScan } from '../../../../src/extension/scan/logToScan';
import { fake, type FakePickItem, type ShownPick } from '../../../support/fakeVscode';
import { useWorkbench } from '../workbench';

describe('scanning against a good log', () => {
  const workbench = useWorkbench();
  const [a, b, c] = ['/logs/a.log', '/logs/b.log', '/logs/c.log'].map((path) => Uri.file(path));
  let chosen: ChosenGoodLogs;
  /** What was stopped and scanned, in its order, with the good logs at that time. */
  let done: string[];

  beforeEach(() => {
    const { store, t } = workbench();
    chosen = workbench().own(new ChosenGoodLogs(store));
    done = [];
    workbench().own(
      new GoodLogPicker(
        store,
        chosen,
        { stop: async (file: Uri) => void done.push(`stop ${file.path}`) },
        {
          scan: async (logs: LogToScan[]) => {
            for (const { file } of logs) done.push(`scan ${file.path} against ${String(chosen.get(file))}`);
          },
        },
        t,
      ),
    );
    for (const file of [a, b, c]) fake.write(file.path);
  });

  const choose =
    (...labels: string[]) =>
    ({ items }: ShownPick): FakePickItem[] =>
      items.filter(({ label }) => labels.includes(label));
  const labels = ({ items }: ShownPick): [string, string | undefined][] =>
    items.map(({ label, description }) => [label, description]);

  it('offers what was scanned and what lies beside the log, each once, and a dialog', async () => {
    fake.write('/logs/readme.txt');
    fake.write('/logs/old.log', { isFolder: true });
    await workbench().scanned('/other/x.log', []);
    await workbench().scanned(b.path, []);
    fake.pickAnswers.push(choose('x.log', 'c.log'));
    await fake.run('logcnn.scanAgainstGoodLog', a);
    assert.deepEqual(labels(fake.picks[0]), [
      ['x.log', 'scanned'],
      ['b.log', 'scanned'],
      ['c.log', 'in the same folder'],
      ['Browse…', undefined],
    ]);
    assert.deepEqual(done, ['stop /logs/a.log', 'scan /logs/a.log against /other/x.log,/logs/c.log']);
  });

  it('offers first, and ticked, what the log was judged against before', async () => {
    chosen.set(a, [c.fsPath]);
    fake.pickAnswers.push(() => undefined);
    await fake.run('logcnn.scanAgainstGoodLog', a);
    const [pick] = fake.picks;
    assert.deepEqual(labels(pick)[0], ['c.log', 'judged against before']);
    assert.deepEqual(
      pick.picked.map(({ label }) => label),
      ['c.log'],
    );
  });

  it('offers first the same log from before: rotated, and in the folders around', async () => {
    const today = fake.write('/runs/today/shop.log') as unknown as Uri;
    for (const path of ['/runs/today/shop.log.1', '/runs/today/shop.log.2.gz', '/runs/yesterday/shop.log']) {
      fake.write(path);
    }
    fake.write('/runs/today/old/shop.log');
    fake.write('/runs/yesterday/other.log');
    for (const folder of ['/runs/today', '/runs/today/old', '/runs/yesterday']) {
      fake.files.set(folder, { ...fake.files.get(today.path)!, isFolder: true });
    }
    fake.pickAnswers.push(() => undefined);
    await fake.run('logcnn.scanAgainstGoodLog', today);
    assert.deepEqual(fake.picks[0].items.flatMap((item) => (item as { file?: Uri }).file?.path ?? []).slice(0, 4), [
      '/runs/today/shop.log.1',
      '/runs/today/shop.log.2.gz',
      '/runs/today/old/shop.log',
      '/runs/yesterday/shop.log',
    ]);
  });

  it('does nothing when the user gives up or chooses nothing', async () => {
    for (const answer of [() => undefined, () => []]) {
      fake.pickAnswers.push(answer);
      await fake.run('logcnn.scanAgainstGoodLog', a);
    }
    fake.dialogAnswers.push(undefined);
    fake.pickAnswers.push(choose('Browse…'));
    await fake.run('logcnn.scanAgainstGoodLog', a);
    assert.deepEqual(done, []);
    assert.equal(chosen.get(a), undefined);
  });

  it('takes good logs from anywhere, beside those that were ticked already', async () => {
    fake.dialogAnswers.push([Uri.file('/far/good.log')] as never);
    fake.pickAnswers.push(choose('b.log', 'Browse…'));
    await fake.run('logcnn.scanAgainstGoodLog', a);
    assert.deepEqual(done.slice(1), ['scan /logs/a.log against /logs/b.log,/far/good.log']);
    assert.ok(fake.dialogs[0].canSelectMany);
  });

  it('asks with a dialog where there is nothing to offer', async () => {
    fake.dialogAnswers.push([b] as never);
    await fake.run('logcnn.scanAgainstGoodLog', Uri.file('/alone/z.log'));
    assert.equal(fake.picks.length, 0);
    assert.deepEqual(done.slice(1), ['scan /alone/z.log against /logs/b.log']);
  });

  it('asks which of two selected logs is the good one, first the one that the menu was not opened on', async () => {
    fake.pickAnswers.push(choose('b.log'));
    await fake.run('logcnn.scanAgainstGoodLog', a, [a, b]);
    assert.deepEqual(labels(fake.picks[0]), [
      ['b.log', 'a.log is judged against it'],
      ['a.log', 'b.log is judged against it'],
    ]);
    assert.deepEqual(done, ['stop /logs/a.log', 'scan /logs/a.log against /logs/b.log']);
  });

  it('can judge the log that the menu was not opened on', async () => {
    fake.pickAnswers.push(choose('a.log'));
    await fake.run('logcnn.scanAgainstGoodLog', a, [a, b]);
    assert.deepEqual(done, ['stop /logs/b.log', 'scan /logs/b.log against /logs/a.log']);
  });

  it('judges each of several selected logs that is not ticked as good against all that are', async () => {
    fake.pickAnswers.push(choose('b.log', 'c.log'));
    await fake.run('logcnn.scanAgainstGoodLog', a, [a, b, c]);
    assert.ok(fake.picks[0].picksMany);
    assert.deepEqual(
      fake.picks[0].items.filter(({ picked }) => picked).map(({ label }) => label),
      ['b.log', 'c.log'],
    );
    assert.deepEqual(done, ['stop /logs/a.log', 'scan /logs/a.log against /logs/b.log,/logs/c.log']);
  });

  it('does nothing when every selected log is said to be good', async () => {
    fake.pickAnswers.push(choose('a.log', 'b.log', 'c.log'));
    await fake.run('logcnn.scanAgainstGoodLog', a, [a, b, c]);
    assert.deepEqual(done, []);
  });

  it('passes over folders that are selected too', async () => {
    fake.write('/logs/dir', { isFolder: true });
    fake.pickAnswers.push(choose('b.log'));
    await fake.run('logcnn.scanAgainstGoodLog', a, [a, Uri.file('/logs/dir'), b]);
    assert.equal(fake.picks[0].items.length, 2);
  });

  it('takes the log of the row or of the active editor, and asks for one where there is neither', async () => {
    const results = await workbench().scanned(b.path, []);
    fake.pickAnswers.push(choose('a.log'), choose('a.log'));
    await fake.run('logcnn.scanAgainstGoodLog', { kind: 'file', results });
    fake.open(c);
    await fake.run('logcnn.scanAgainstGoodLog');
    fake.activeTab = undefined;
    fake.activeEditor = undefined;
    fake.dialogAnswers.push([c] as never);
    fake.pickAnswers.push(choose('a.log'));
    await fake.run('logcnn.scanAgainstGoodLog');
    assert.deepEqual(
      done.filter((each) => each.startsWith('scan')),
      ['b', 'c', 'c'].map((name) => `scan /logs/${name}.log against /logs/a.log`),
    );
  });
});
