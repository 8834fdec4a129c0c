import assert from 'node:assert/strict';
import { Position, Range, Uri } from 'vscode';
import { InlineReasons } from '../../../../src/extension/marks/inlineReasons';
import { LogFeatures } from '../../../../src/extension/marks/logFeatures';
import { fake } from '../../../support/fakeVscode';
import { finding } from '../fixtures';
import { useWorkbench } from '../workbench';

const LOG = Uri.file('/logs/a.log');
const TEXT = [
  'start key_1',
  'error key_1 and key_12',
  '\tat one',
  '\tat two',
  'Caused by: it',
  '  at three',
  'end key_1',
  'key_12 alone',
];

describe('what the editor offers in a log with results', () => {
  const workbench = useWorkbench();
  let features: LogFeatures;
  const document = {
    uri: LOG,
    lineCount: TEXT.length,
    lineAt: (place: number | Position) => ({ text: TEXT[typeof place === 'number' ? place : place.line] }),
  } as never;

  beforeEach(async () => {
    const { store, messages, t } = workbench();
    features = workbench().own(new LogFeatures(store, messages, t));
    await workbench().scanned('/logs/a.log', [
      finding([2, 1, 3, 4, 5, 6, 7], { block: 'key_1', template: 'error <*>' }),
      finding([8], { block: 'key_12' }),
    ]);
  });

  it('is asked of open logs with results alone', async () => {
    assert.equal(fake.providers.has('symbols'), false);
    fake.open(Uri.file('/logs/other.ts'));
    assert.equal(fake.providers.has('symbols'), false);
    fake.open(LOG);
    const { selector } = fake.providers.get('symbols') as { selector: { pattern: { pattern: string } }[] };
    assert.deepEqual(
      selector.map(({ pattern }) => pattern.pattern),
      ['a.log'],
    );
    workbench().store.remove(LOG);
    assert.equal(fake.providers.has('symbols'), false);
  });

  it('lists the findings in the outline', () => {
    const shown = features
      .provideDocumentSymbols(document)
      .map(({ name, detail, range }) => [name, detail, range.start.line]);
    assert.deepEqual(shown, [
      ['error …', workbench().messages.why(finding([2])), 1],
      ['line 8', workbench().messages.why(finding([8])), 7],
    ]);
  });

  it('lists the lines of the session whose id is at the cursor', () => {
    const linesAt = (line: number, column: number): number[] =>
      features
        .provideReferences(document, new Position(line - 1, column) as never)
        .map(({ range }) => range.start.line + 1);
    assert.deepEqual(linesAt(2, 'error ke'.length), [1, 2, 3, 4, 5, 6, 7]);
    assert.deepEqual(linesAt(8, 2), [8]);
    assert.deepEqual(linesAt(2, 1), []);
  });

  it('folds the stack traces of findings', () => {
    assert.deepEqual(
      features.provideFoldingRanges(document).map(({ start, end }) => [start, end]),
      [[1, 5]],
    );
  });

  it('offers actions on the line of a finding, and none on others or in an edited text', () => {
    const actionsAt = (line: number) =>
      features.provideCodeActions(document, new Range(line - 1, 0, line - 1, 0) as never).map(({ command }) => command);
    const args = [{ file: 'file:///logs/a.log', finding: 0 }];
    assert.deepEqual(
      actionsAt(3).map((command) => [command?.command, command?.arguments]),
      ['showBlock', 'findLikeThis', 'copyReason', 'copyMarkdown'].map((name) => [`logcnn.${name}`, args]),
    );
    assert.deepEqual(actionsAt(20), []);
    workbench().store.setStaleness(LOG, 'edited');
    assert.deepEqual(actionsAt(3), []);
  });
});

describe('the reasons behind the lines', () => {
  const workbench = useWorkbench();
  const color = 'editorCodeLens.foreground';

  beforeEach(async () => {
    workbench().own(new InlineReasons(workbench().store, workbench().messages));
    await workbench().scanned('/logs/a.log', [
      finding([7, 3], { parts: [{ part: 'after', previous: 'x'.repeat(200) }] }),
      finding([9]),
      finding([5000]),
    ]);
  });

  it('stand behind the most suspicious lines in sight, and are short', () => {
    const editor = fake.open(LOG);
    assert.deepEqual(editor.marks.get(color), [7, 9]);
    const [long, short] = editor.behind.get(color)!;
    assert.ok(long.length <= 100 && long.endsWith('x…'), long);
    assert.equal(short, workbench().messages.why(finding([9])));
    fake.scroll(editor, 4990, 5010);
    assert.deepEqual(editor.marks.get(color), [5000]);
  });

  it('can be switched off, and go when the text is edited or the results are removed', () => {
    const editor = fake.open(LOG);
    fake.set('inlineReasons', false);
    assert.deepEqual(editor.marks.get(color), []);
    fake.set('inlineReasons', true);
    assert.deepEqual(editor.marks.get(color), [7, 9]);
    workbench().store.setStaleness(LOG, 'edited');
    assert.deepEqual(editor.marks.get(color), []);
    workbench().store.setStaleness(LOG, undefined);
    workbench().store.remove(LOG);
    assert.deepEqual(editor.marks.get(color), []);
  });
});
