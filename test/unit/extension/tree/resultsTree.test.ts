import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { ResultsTree } from '../../../../src/extension/tree/resultsTree';
import { fake, type FakeRow } from '../../../support/fakeVscode';
import { finding } from '../fixtures';
import { useWorkbench } from '../workbench';

describe('the view with the results', () => {
  const workbench = useWorkbench();
  let tree: ResultsTree;

  beforeEach(() => {
    const { store, shown, client, messages, t } = workbench();
    tree = workbench().own(new ResultsTree(store, shown, client, messages, t));
  });

  const state = ({ item }: FakeRow): string => item.contextValue as string;
  const icon = ({ item }: FakeRow): string => (item.iconPath as { id: string }).id;
  const tooltip = async ({ item, node }: FakeRow): Promise<string> =>
    (tree.resolveTreeItem(item, node as never).tooltip as { value: string }).value;

  it('shows a file with its blocks and these with their lines, the highest score first', async () => {
    await workbench().scanned('/logs/a.log', [finding([7, 3], { score: 0.99 }), finding([20], { score: 0.7 })]);
    const [file] = await fake.tree().rows();
    assert.deepEqual([file.label, file.description], ['a.log', '2 findings · Hadoop HDFS']);
    assert.equal(state(file), 'file.done');
    const blocks = await fake.tree().rows(file);
    assert.deepEqual(
      blocks.map(({ label, description }) => [label, description]),
      [
        ['line 7', 'unusual · line 7 · blk_7'],
        ['line 20', 'unusual · line 20 · blk_20'],
      ],
    );
    const lines = await fake.tree().rows(blocks[0]);
    assert.deepEqual(
      lines.map(({ label, description }) => [label, description]),
      [
        ['3', 'line 3 of /logs/a.log'],
        ['7', 'line 7 of /logs/a.log'],
      ],
    );
    assert.deepEqual(lines.map(icon), ['blank', 'arrow-small-right'], 'the most suspicious line is not marked');
  });

  it('opens a block at its most suspicious line, and a line at itself', async () => {
    await workbench().scanned('/logs/a.log', [finding([7, 3])]);
    const [file] = await fake.tree().rows();
    const [block] = await fake.tree().rows(file);
    const opened = ({ item }: FakeRow): unknown[] => {
      const { command, arguments: args } = item.command as { command: string; arguments: [Uri, { selection: never }] };
      const { start } = args[1].selection as { start: { line: number } };
      return [command, args[0].toString(), start.line + 1];
    };
    assert.deepEqual(opened(block), ['vscode.open', 'file:///logs/a.log', 7]);
    const lines = await fake.tree().rows(block);
    assert.deepEqual(opened(lines[0]), ['vscode.open', 'file:///logs/a.log', 3]);
  });

  it('says in the row of a file what is going on with it', async () => {
    const { store } = workbench();
    const log = Uri.file('/logs/a.log');
    const row = async (): Promise<FakeRow> => (await fake.tree().rows())[0];
    const shown = async (): Promise<string[]> => [state(await row()), icon(await row()), (await row()).description];

    store.begin(log);
    assert.deepEqual(await shown(), ['file.scanning', 'loading~spin', 'waiting']);
    store.progress(log, { phase: 'reading', done: 42, total: 100 });
    assert.deepEqual(await shown(), ['file.scanning', 'loading~spin', 'reading 42 %']);
    store.fail(log, 'The disk is on fire.');
    assert.deepEqual(await shown(), ['file.failed', 'error', 'scan failed: The disk is on fire.']);
    assert.match(await tooltip(await row()), /The disk is on fire/);
    await workbench().scanned('/logs/a.log', []);
    assert.deepEqual(await shown(), ['file.done', 'pass', 'no findings · Hadoop HDFS']);
    await workbench().scanned('/logs/a.log', [finding([1])]);
    assert.deepEqual(await shown(), ['file.done', 'file', '1 finding · Hadoop HDFS']);
    store.setStaleness(log, 'changed');
    assert.deepEqual(await shown(), ['file.stale', 'history', '1 finding · out of date · Hadoop HDFS']);
    assert.match(await tooltip(await row()), /Out of date: file has changed since the scan/);
    store.begin(log);
    store.complete(log, store.get(log)!.outcome!, { lastUpdate: 0 });
    assert.deepEqual((await shown()).slice(0, 2), ['file.following', 'eye']);
  });

  it('shows as its badge how many blocks are anomalous in all files, and none when all are gone', async () => {
    await workbench().scanned('/logs/a.log', [finding([1]), finding([2])]);
    await workbench().scanned('/logs/b.log', [finding([1])], { summary: { anomalous: 30 } });
    assert.deepEqual(fake.tree().badge, { value: 32, tooltip: '32 anomalous blocks' });
    for (const { uri } of workbench().store.all) workbench().store.remove(uri);
    assert.equal(fake.tree().badge, undefined);
  });

  it('says in which folder a file is where another has its name, as long as it has', async () => {
    fake.folders = [{ uri: Uri.file('/work'), name: 'work' }] as never;
    await workbench().scanned('/work/one/app.log', [finding([1])]);
    await workbench().scanned('/work/two/app.log', [finding([1])]);
    await workbench().scanned('/work/two/other.log', [finding([1])]);
    const rows = async (): Promise<[string, string][]> =>
      (await fake.tree().rows()).map(({ item, description }) => [
        description,
        (item.accessibilityInformation as { label: string }).label,
      ]);
    const plain = '1 finding · Hadoop HDFS';
    assert.deepEqual(await rows(), [
      [`one · ${plain}`, `app.log, one, ${plain}`],
      [`two · ${plain}`, `app.log, two, ${plain}`],
      [plain, `other.log, ${plain}`],
    ]);
    workbench().store.remove(Uri.file('/work/one/app.log'));
    assert.deepEqual(
      (await rows()).map(([description]) => description),
      [plain, plain],
    );
  });

  it('has one row for several files without findings, at the end', async () => {
    await workbench().scanned('/logs/a.log', []);
    const labels = async (row?: FakeRow): Promise<string[]> => (await fake.tree().rows(row)).map(({ label }) => label);
    assert.deepEqual(await labels(), ['a.log']);
    await workbench().scanned('/logs/b.log', []);
    await workbench().scanned('/logs/c.log', [finding([1])]);
    assert.deepEqual(await labels(), ['c.log', '2 logs without findings']);
    const clean = (await fake.tree().rows()).at(-1)!;
    assert.deepEqual(await labels(clean), ['a.log', 'b.log']);
    assert.equal(state(clean), 'clean');
    workbench().store.begin(Uri.file('/logs/a.log'));
    assert.deepEqual(await labels(), ['a.log', 'c.log', 'b.log']);
  });

  it('folds away what is below the threshold, as no findings', async () => {
    await workbench().scanned('/logs/a.log', [], {
      outcome: { suspects: [finding([5], { anomalous: false, score: 0.3 })] },
    });
    const [file] = await fake.tree().rows();
    const [rest] = await fake.tree().rows(file);
    assert.deepEqual([rest.label, rest.description], ['Less likely', '1']);
    const [suspect] = await fake.tree().rows(rest);
    assert.deepEqual([suspect.label, state(suspect), icon(suspect)], ['line 5', 'suspect', 'circle-outline']);
    assert.equal(fake.tree().badge, undefined);
  });

  it('escapes what a log says where it is shown as Markdown, and shows no control characters in names', async () => {
    await workbench().scanned('/logs/a\u202e.log', [
      finding([1], {
        block: '**b**',
        template: 'new event: [x](command:evil)',
        firstTime: '2025-01-01T10:00',
        lastTime: '2025-01-01T10:05',
      }),
    ]);
    const [file] = await fake.tree().rows();
    assert.ok(!file.label.includes('\u202e'));
    const [block] = await fake.tree().rows(file);
    const text = await tooltip(block);
    assert.match(text, /\\\*\\\*b\\\*\\\*/);
    assert.ok(!/(?<!\\)\[x\]/.test(text), text);
    assert.match(text.replaceAll('\\', ''), /10:00 – 2025-01-01T10:05/);
  });

  it('tells in the tooltip of a file its totals, its model, and that not all findings are listed', async () => {
    await workbench().scanned('/logs/a.log', [finding([1])], {
      summary: { anomalous: 3000, notes: ['A note'] },
    });
    const [file] = await fake.tree().rows();
    const text = await tooltip(file);
    assert.match(text, /3,000 of 100 blocks anomalous · 1,000 lines/);
    assert.match(text, /Model hdfs, threshold 0\.500/);
    assert.match(text, /A note/);
    assert.match(text, /Only the 1 of the highest scores are listed/);
  });

  it('shows lines without their text when the file cannot be read any more', async () => {
    await workbench().scanned('/logs/a.log', [finding([1, 2])]);
    workbench().unreadable = new Error('gone');
    const [file] = await fake.tree().rows();
    const [block] = await fake.tree().rows(file);
    assert.deepEqual(
      (await fake.tree().rows(block)).map(({ label, description }) => [label, description]),
      [
        ['1', ''],
        ['2', ''],
      ],
    );
  });

  it('sorts the blocks by their place on demand, draws the rows again, and lets the menu know', async () => {
    await workbench().scanned('/logs/a.log', [finding([20], { score: 0.99 }), finding([7], { score: 0.7 })]);
    const labels = async (): Promise<string[]> => {
      const [file] = await fake.tree().rows();
      return (await fake.tree().rows(file)).map(({ label }) => label);
    };
    assert.deepEqual(await labels(), ['line 20', 'line 7']);
    fake.tree().refreshed.length = 0;
    await fake.run('logcnn.sortByPosition');
    assert.deepEqual(await labels(), ['line 7', 'line 20']);
    assert.deepEqual(fake.tree().refreshed, [undefined]);
    assert.equal(fake.contextKeys.get('logcnn.sortOrder'), 'position');
    await fake.run('logcnn.sortByScore');
    assert.deepEqual(await labels(), ['line 20', 'line 7']);
  });

  it('draws the row of a file again, and not the whole view, when a scan of it is complete', async () => {
    await workbench().scanned('/logs/a.log', [finding([2])]);
    await workbench().scanned('/logs/b.log', []);
    const rows = await fake.tree().rows();
    fake.tree().refreshed.length = 0;
    await workbench().scanned('/logs/a.log', [finding([1])]);
    assert.ok(fake.tree().refreshed.length > 0);
    // The view knows rows by identity: another object would draw nothing.
    assert.ok(fake.tree().refreshed.every((node) => node === rows[0].node));
  });

  it('copies the name of a block, that of the row or of the one that is selected, and nothing of other rows', async () => {
    await workbench().scanned('/logs/a.log', [finding([1]), finding([2])]);
    const [file] = await fake.tree().rows();
    const [first, second] = await fake.tree().rows(file);
    await fake.run('logcnn.copyBlock', second.node);
    assert.equal(fake.clipboard, 'blk_2');
    fake.tree().select(first.node);
    await fake.run('logcnn.copyBlock');
    assert.equal(fake.clipboard, 'blk_1');
    await fake.run('logcnn.copyBlock', file.node);
    assert.equal(fake.clipboard, 'blk_1');
  });

  it('passes over a row that went while the view was opening, but no other fault', async () => {
    const results = await workbench().scanned('/logs/a.log', [finding([1])]);
    tree.view.reveal = async () => Promise.reject(new Error('the row is not there'));
    await assert.rejects(tree.showFile(results), /not there/);
    workbench().store.remove(results.uri);
    await tree.showFile(results);
  });

  it('says where a line of a rotated log is', async () => {
    const part = (path: string, linesBefore: number) => ({
      uri: Uri.file(path),
      documentUri: Uri.file(path),
      linesBefore,
      state: { size: 1, mtime: 1 },
    });
    await workbench().scanned('/logs/a.log', [finding([12])], {
      outcome: { parts: [part('/logs/a.log.1', 0), part('/logs/a.log', 10)] as never },
    });
    const [file] = await fake.tree().rows();
    const [block] = await fake.tree().rows(file);
    const [line] = await fake.tree().rows(block);
    assert.deepEqual([line.label, line.description], ['a.log:2', 'line 2 of /logs/a.log']);
  });
});
