import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { GutterDecorations } from '../../../../src/extension/marks/gutterDecorations';
import { fake, type FakeEditor } from '../../../support/fakeVscode';
import { finding } from '../fixtures';
import { useWorkbench } from '../workbench';

describe('the marks beside the lines', () => {
  const workbench = useWorkbench();
  const log = Uri.file('/logs/a.log');

  beforeEach(() => {
    workbench().own(new GutterDecorations(workbench().store, Uri.file('/extension')));
  });

  const marks = (editor: FakeEditor): Record<string, number[] | undefined> => Object.fromEntries(editor.marks);
  const ruler = (editor: FakeEditor): (number[] | undefined)[] =>
    ['logcnn.findingRulerForeground', 'logcnn.blockRulerForeground'].map((name) => editor.marks.get(name));

  it('tell the most suspicious lines from the other ones, in the gutter and in the overview ruler', async () => {
    const editor = fake.open(log);
    assert.deepEqual(marks(editor), {});
    await workbench().scanned(log.path, [finding([7, 3]), finding([20])]);
    assert.deepEqual([editor.marks.get('finding'), editor.marks.get('block')], [[7, 20], [3]]);
    assert.deepEqual(ruler(editor), [[7, 20], [3]]);
  });

  it('are in an editor that is opened later too, and in none of another log', async () => {
    await workbench().scanned(log.path, [finding([7])]);
    assert.deepEqual(fake.open(log as never).marks.get('finding'), [7]);
    assert.deepEqual(marks(fake.open(Uri.file('/logs/b.log') as never)), {});
  });

  it('come as one scrolls through a long log, while the overview has all at once', async () => {
    await workbench().scanned(log.path, [finding([7]), finding([5000])]);
    const editor = fake.open(log);
    assert.deepEqual([editor.marks.get('finding'), ruler(editor)[0]], [[7], [7, 5000]]);
    fake.scroll(editor, 4990, 5030);
    assert.deepEqual(editor.marks.get('finding'), [5000]);
  });

  it('stay as they are while one scrolls a little', async () => {
    await workbench().scanned(log.path, [finding([7])]);
    const editor = fake.open(log);
    editor.marks.clear();
    fake.scroll(editor, 50, 90);
    assert.deepEqual(marks(editor), {}, 'they were drawn again');
  });

  it('move with the text while it is edited, and are not put back to the numbers of the scan', async () => {
    const { uri } = await workbench().scanned(log.path, [finding([7]), finding([5000])]);
    const editor = fake.open(log);
    workbench().store.setStaleness(uri, 'edited');
    editor.marks.clear();
    fake.scroll(editor, 4990, 5030);
    assert.deepEqual(marks(editor), {});
  });

  it('go with the results', async () => {
    await workbench().scanned(log.path, [finding([7, 3])]);
    const editor = fake.open(log);
    workbench().store.remove(log);
    assert.ok([...editor.marks.values()].every((lines) => lines.length === 0));
  });
});
