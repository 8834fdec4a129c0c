import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { Navigation } from '../../../../src/extension/tree/navigation';
import { ResultsTree } from '../../../../src/extension/tree/resultsTree';
import { fake } from '../../../support/fakeVscode';
import { finding } from '../fixtures';
import { useWorkbench } from '../workbench';

describe('going from finding to finding', () => {
  const workbench = useWorkbench();
  const log = Uri.file('/logs/a.log');

  beforeEach(async () => {
    const { store, shown, client, messages, t } = workbench();
    workbench().own(
      new Navigation(store, workbench().own(new ResultsTree(store, shown, client, messages, t)), shown, t),
    );
    await workbench().scanned('/logs/a.log', [finding([30]), finding([10]), finding([20])]);
  });

  /** Where the last step led. */
  function place(): string {
    const { command, args } = fake.executed.at(-1)!;
    const [uri, { selection }] = args as [Uri, { selection: { start: { line: number } } }];
    return `${command} ${uri.toString()}:${selection.start.line + 1}`;
  }

  it('goes from the cursor to the next and the previous one, around the end', async () => {
    const editor = fake.open(log);
    fake.putCursor(editor, 15);
    await fake.run('logcnn.nextFinding');
    assert.equal(place(), 'vscode.open file:///logs/a.log:20');
    fake.putCursor(editor, 15);
    await fake.run('logcnn.previousFinding');
    assert.equal(place(), 'vscode.open file:///logs/a.log:10');
    fake.putCursor(editor, 30);
    await fake.run('logcnn.nextFinding');
    assert.equal(place(), 'vscode.open file:///logs/a.log:10');
  });

  it('goes on from the last step, or from the row that was clicked, where no editor tells a place', async () => {
    await fake.run('logcnn.nextFinding');
    assert.equal(place(), 'vscode.open file:///logs/a.log:10');
    await fake.run('logcnn.nextFinding');
    assert.equal(place(), 'vscode.open file:///logs/a.log:20');
    const [file] = await fake.tree().rows();
    const blocks = await fake.tree().rows(file);
    fake.tree().select(blocks.find(({ label }) => label === 'line 10')!.node);
    await fake.run('logcnn.nextFinding');
    assert.equal(place(), 'vscode.open file:///logs/a.log:20');
  });

  it('shows the finding in the results, if they are in sight, and leaves the focus in the text', async () => {
    await fake.run('logcnn.nextFinding');
    const { node, options } = fake.tree().revealed[0];
    assert.equal((node as { finding: { block: string } }).finding.block, 'blk_10');
    assert.deepEqual(options, { select: true, focus: false, expand: false });
    fake.tree().visible = false;
    await fake.run('logcnn.nextFinding');
    assert.equal(fake.tree().revealed.length, 1);
  });

  it('walks through the log in the editor, and through another one where that has no findings', async () => {
    await workbench().scanned('/logs/b.log', [finding([5])]);
    await workbench().scanned('/logs/clean.log', []);
    fake.open(Uri.file('/logs/b.log'));
    await fake.run('logcnn.nextFinding');
    assert.equal(place(), 'vscode.open file:///logs/b.log:5');
    fake.open(Uri.file('/logs/clean.log'));
    assert.deepEqual(fake.statusMessages, []);
    await fake.run('logcnn.nextFinding');
    assert.match(place(), /a\.log:10/, 'after the last log comes the first');
    assert.deepEqual(fake.statusMessages, ['LogCNN: back at the first finding']);
    await fake.run('logcnn.previousFinding');
    assert.match(place(), /b\.log:5/);
    assert.equal(fake.statusMessages.at(-1), 'LogCNN: on at the last finding');
  });

  it('follows the links of a hover, to a finding and to its neighbours', async () => {
    const reference = { file: log.toString(), finding: 2 };
    await fake.run('logcnn.openFinding', reference);
    assert.equal(place(), 'vscode.open file:///logs/a.log:20');
    await fake.run('logcnn.previousFinding', reference);
    assert.equal(place(), 'vscode.open file:///logs/a.log:10');
    await fake.run('logcnn.nextFinding', reference);
    assert.equal(place(), 'vscode.open file:///logs/a.log:30');
  });

  it('goes nowhere without results', async () => {
    workbench().store.remove(log);
    for (const command of ['nextFinding', 'previousFinding']) await fake.run(`logcnn.${command}`);
    await fake.run('logcnn.openFinding', { file: log.toString(), finding: 0 });
    assert.deepEqual(fake.executed, []);
  });
});
