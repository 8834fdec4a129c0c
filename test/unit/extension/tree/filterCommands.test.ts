import assert from 'node:assert/strict';
import { FilterCommands } from '../../../../src/extension/tree/filterCommands';
import { ResultsTree } from '../../../../src/extension/tree/resultsTree';
import { fake, type FakeRow } from '../../../support/fakeVscode';
import { finding } from '../fixtures';
import { useWorkbench } from '../workbench';

describe('saying what is shown', () => {
  const workbench = useWorkbench();

  beforeEach(async () => {
    const { store, shown, client, messages, t } = workbench();
    workbench().own(new ResultsTree(store, shown, client, messages, t));
    workbench().own(new FilterCommands(store, shown, messages, t));
    await workbench().scanned('/logs/a.log', [
      finding([1], { score: 0.99, kind: 'new-error', text: 'disk is full' }),
      finding([2], { score: 0.6, kind: 'burst', text: 'retry' }),
    ]);
  });

  const top = async (): Promise<FakeRow[]> => fake.tree().rows();
  const labels = async (): Promise<string[]> => {
    const [file] = await top();
    return file === undefined ? [] : (await fake.tree().rows(file)).map(({ label }) => label);
  };
  const pick = (label: string) => fake.pickAnswers.push(({ items }) => items.filter((each) => each.label === label));

  it('shows few findings or more at once, without another scan', async () => {
    pick('Few');
    await fake.run('logcnn.howMuchToShow');
    assert.deepEqual(await labels(), ['disk is full']);
    assert.match((await top())[0].description, /^1 of 2 findings/);
    assert.equal(fake.tree().description, 'few');
    assert.deepEqual(fake.tree().refreshed.at(-1), undefined);
    pick('Usual');
    await fake.run('logcnn.howMuchToShow');
    assert.deepEqual(await labels(), ['disk is full', 'retry']);
    await fake.run('logcnn.howMuchToShow');
    assert.deepEqual(await labels(), ['disk is full', 'retry'], 'giving up changes something');
  });

  it('offers the kinds and strengths that there are, and takes words of a message', async () => {
    pick('burst');
    await fake.run('logcnn.filterFindings');
    assert.deepEqual(
      fake.picks.at(-1)!.items.map(({ label, description }) => `${label} ${description}`),
      ['very likely 1 finding', 'likely 1 finding', 'new error 1 finding', 'burst 1 finding'],
    );
    assert.deepEqual(await labels(), ['retry']);
    assert.equal(fake.contextKeys.get('logcnn.filtered'), true);
    fake.typed = ' DISK ';
    pick('Findings with “DISK”');
    await fake.run('logcnn.filterFindings');
    assert.deepEqual(await labels(), ['disk is full']);
    assert.equal(fake.tree().description, '“disk”');
    await fake.run('logcnn.clearFilter');
    assert.deepEqual(await labels(), ['disk is full', 'retry']);
    assert.equal(fake.contextKeys.get('logcnn.filtered'), false);
    assert.equal(fake.tree().description, '');
  });

  it('leaves out files of which the filter leaves nothing', async () => {
    fake.typed = 'nothing like it';
    pick('Findings with “nothing like it”');
    await fake.run('logcnn.filterFindings');
    assert.deepEqual(await top(), []);
  });

  it('groups by cause and by time', async () => {
    pick('By cause');
    await fake.run('logcnn.groupFindings');
    assert.deepEqual(
      (await top()).map(({ label, description }) => [label, description]),
      [
        ['line 1', 'new error · 1 finding'],
        ['line 2', 'burst · 1 finding'],
      ],
    );
    const [row] = await fake.tree().rows((await top())[1]);
    assert.deepEqual([row.label, row.description], ['retry', 'burst · line 2 · blk_2 · a.log']);
    pick('By time');
    await fake.run('logcnn.groupFindings');
    assert.deepEqual(
      (await top()).map(({ label, description }) => [label, description]),
      [['Without time', '2 findings']],
    );
  });
});
