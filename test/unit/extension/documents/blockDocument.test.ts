import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { blockUri } from '../../../../src/extension/base/blockUri';
import { BlockCommands } from '../../../../src/extension/documents/blockCommands';
import { BlockDocuments } from '../../../../src/extension/documents/blockDocument';
import { BlockEditors } from '../../../../src/extension/documents/blockEditor';
import { FindingTarget } from '../../../../src/extension/documents/findingTarget';
import { ResultsTree } from '../../../../src/extension/tree/resultsTree';
import { fake, type FakeEditor } from '../../../support/fakeVscode';
import { finding } from '../fixtures';
import { useWorkbench } from '../workbench';

describe('a block in a document of its own', () => {
  const workbench = useWorkbench();
  const log = Uri.file('/logs/a.log');
  const page = blockUri(log, 'blk_7');
  let blocks: BlockDocuments;

  beforeEach(async () => {
    const { store, shown, client, messages, t } = workbench();
    blocks = workbench().own(new BlockDocuments(store, client, messages, t));
    const tree = workbench().own(new ResultsTree(store, shown, client, messages, t));
    const editors = workbench().own(new BlockEditors(blocks, Uri.file('/extension')));
    workbench().own(new BlockCommands(new FindingTarget(store, tree), tree, blocks, editors));
    await workbench().scanned('/logs/a.log', [finding([20]), finding([3, 7], { block: 'blk_7', line: 7 })]);
  });

  /** Opens a page as the editor does: its text first. */
  async function open(uri = page): Promise<{ editor: FakeEditor; rows: string[] }> {
    const rows = (await blocks.provideTextDocumentContent(uri)).split('\n');
    return { editor: fake.open(uri), rows };
  }

  const rowOf = (rows: string[], text: string): number => rows.findIndex((row) => row.includes(text));

  it('has its lines and those around, with their numbers in the log, below the reason', async () => {
    const { rows } = await open();
    const text = rows.join('\n');
    assert.match(text, /blk_7/);
    assert.match(text, /"line 3"/);
    assert.ok(rowOf(rows, 'line 3 of /logs/a.log') < rowOf(rows, 'line 7 of /logs/a.log'));
    assert.match(text, /^\* +3 \| line 3 of/m);
    assert.match(text, /^> +7 \| line 7 of/m);
    assert.match(text, /^ +57 \| line 57 of/m);
    assert.ok(!text.includes('line 58 of'));
  });

  it('marks its most suspicious line, shows no row numbers, and begins there, but only once', async () => {
    const { editor, rows } = await open();
    const row = rowOf(rows, 'line 7 of');
    assert.deepEqual(editor.marks.get('finding'), [row + 1]);
    assert.equal(editor.selection.active.line, row);
    assert.equal(editor.revealed?.start.line, row);
    assert.equal(editor.options.lineNumbers, 0);
    fake.putCursor(editor, 1);
    fake.documentChanged.fire({ document: editor.document });
    assert.equal(editor.selection.active.line, 0, 'the cursor was moved away from where the user put it');
  });

  it('links the number of each line to the log', async () => {
    const { editor, rows } = await open();
    const links = blocks.provideDocumentLinks(editor.document as never);
    const shown = links.slice(0, 2).map((link) => {
      const { start, end } = link.range;
      return [rows[start.line].slice(start.character, end.character), String(blocks.resolveDocumentLink(link).target)];
    });
    assert.deepEqual(shown, [
      ['1', 'file:///logs/a.log#L1'],
      ['2', 'file:///logs/a.log#L2'],
    ]);
  });

  it('shows more of the log by a link on either side, or on both by a command, until it is closed', async () => {
    const { editor, rows } = await open();
    const [more] = blocks.provideDocumentLinks(editor.document as never).slice(-1);
    const { start, end } = more.range;
    assert.equal(rows[start.line].slice(start.character, end.character), 'show 100 more');
    const again: string[] = [];
    blocks.onDidChange((uri) => again.push(uri.toString()));
    const [name, args] = more.target!.toString().split('?');
    assert.match(name, /logcnn\.showMoreContext$/);
    await fake.run('logcnn.showMoreContext', ...(JSON.parse(decodeURIComponent(decodeURIComponent(args))) as string[]));
    assert.deepEqual(again, [page.toString()]);
    assert.match(await blocks.provideTextDocumentContent(page), /^ +157 \| line 157 of/m);
    await fake.run('logcnn.showMoreContext');
    assert.match(await blocks.provideTextDocumentContent(page), /^ +257 \| line 257 of/m);
    fake.documentClosed.fire(editor.document);
    assert.ok(!(await blocks.provideTextDocumentContent(page)).includes('line 58 of'));
  });

  it('dims what stands before the messages, and marks the other lines of the block', async () => {
    const { editor, rows } = await open();
    assert.equal(editor.marks.get('descriptionForeground')?.length, 57);
    assert.deepEqual(editor.marks.get('block'), [rowOf(rows, 'line 3 of') + 1]);
  });

  it('opens at a line that is asked for', async () => {
    await fake.run('logcnn.openInContext', log.toString(), 'blk_7', 3);
    assert.equal(String(fake.activeEditor?.document.uri), page.toString());
    const row = blocks.rowOf(page, 3);
    assert.equal(fake.activeEditor?.selection.active.line, row);
  });

  it('leads from a row to the line of the log, from the rows above the lines to the first', async () => {
    const { editor, rows } = await open();
    for (const [row, line] of [
      [rowOf(rows, 'line 7 of'), 7],
      [0, 1],
      [rows.length + 5, 57],
    ]) {
      fake.putCursor(editor, row + 1);
      await fake.run('logcnn.goToLineInLog');
      const { command, args } = fake.executed.at(-1)!;
      const { selection } = args[1] as { selection: { start: { line: number } } };
      assert.deepEqual(
        [command, String(args[0]), selection.start.line + 1],
        ['vscode.open', 'file:///logs/a.log', line],
      );
    }
  });

  it('is read again when its log has been scanned again or has grown, which it says', async () => {
    await open();
    const again: string[] = [];
    blocks.onDidChange((uri) => again.push(uri.toString()));
    workbench().store.setStaleness(log, 'changed');
    assert.deepEqual(again, [page.toString()]);
    assert.match(await blocks.provideTextDocumentContent(page), /has grown since it was scanned/);
    await workbench().scanned('/logs/b.log', []);
    assert.equal(again.length, 1, 'it was read again because of another log');
  });

  it('says what to do when the block is no finding any more, and why its lines cannot be shown', async () => {
    const gone = await blocks.provideTextDocumentContent(blockUri(log, 'blk_gone'));
    assert.match(gone, /blk_gone is not among the anomalous blocks of a\.log; scan it again\./);
    workbench().unreadable = new Error('a.log has changed since the scan; scan it again.');
    const unread = await blocks.provideTextDocumentContent(page);
    assert.match(unread, /"line 3"/);
    assert.match(unread, /has changed since the scan; scan it again/);
  });

  it('has no page any more after it was closed', async () => {
    const { editor } = await open();
    fake.documentClosed.fire(editor.document);
    assert.equal(blocks.page(page), undefined);
  });

  it('is that of the line under the cursor, of the row, or of the selected row', async () => {
    const shown = (): string => String(fake.activeEditor?.document.uri);
    const editor = fake.open(log);
    fake.putCursor(editor, 3);
    await fake.run('logcnn.showBlock');
    assert.equal(shown(), page.toString());
    const [file] = await fake.tree().rows();
    const [other] = await fake.tree().rows(file);
    await fake.run('logcnn.showBlock', other.node);
    assert.equal(shown(), blockUri(log, 'blk_20').toString());
    fake.tree().select((await fake.tree().rows(file))[1].node);
    await fake.run('logcnn.showBlock');
    assert.equal(shown(), page.toString());
    await fake.run('logcnn.showBlock', { file: log.toString(), finding: 0 });
    assert.equal(shown(), blockUri(log, 'blk_20').toString());
  });

  it('is shown in the results too, if they are in sight', async () => {
    await fake.run('logcnn.showBlock', { file: log.toString(), finding: 1 });
    assert.equal((fake.tree().revealed[0].node as { index: number }).index, 1);
  });

  it('can be one of the most suspicious of a log without findings', async () => {
    await workbench().scanned('/logs/c.log', [], { outcome: { suspects: [finding([5], { block: 'blk_low' })] } });
    const file = (await fake.tree().rows()).find(({ label }) => label === 'c.log')!;
    const [rest] = await fake.tree().rows(file);
    const [suspect] = await fake.tree().rows(rest);
    await fake.run('logcnn.showBlock', suspect.node);
    const uri = fake.activeEditor!.document.uri;
    assert.equal(uri.toString(), blockUri(Uri.file('/logs/c.log'), 'blk_low').toString());
    assert.match(await blocks.provideTextDocumentContent(uri as never), /line 5 of \/logs\/c\.log/);
  });
});
