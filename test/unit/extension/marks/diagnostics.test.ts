import assert from 'node:assert/strict';
import { DiagnosticSeverity, Uri } from 'vscode';
import { blockOf } from '../../../../src/extension/base/blockUri';
import { Diagnostics } from '../../../../src/extension/marks/diagnostics';
import { fake } from '../../../support/fakeVscode';
import { finding } from '../fixtures';
import { useWorkbench } from '../workbench';

describe('the problems of a log', () => {
  const workbench = useWorkbench();

  beforeEach(() => {
    const { store, shown, client, messages, t } = workbench();
    workbench().own(new Diagnostics(store, shown, client, messages, t));
  });

  const problems = (path = '/logs/a.log') =>
    fake.diagnostics.get('logcnn')!.byDocument.get(Uri.file(path).toString()) ?? [];

  it('stand on the most suspicious line, with what happened, the block and the text of its other lines', async () => {
    await workbench().scanned('/logs/a.log', [finding([7, 3], { block: 'blk_7' })]);
    const [problem, ...others] = problems();
    assert.deepEqual(others, []);
    assert.equal(problem.range.start.line + 1, 7);
    assert.match(problem.message, /"line 7"/);
    assert.equal(problem.severity, DiagnosticSeverity.Warning);
    const { value, target } = problem.code as { value: string; target: Uri };
    assert.equal(value, 'blk_7');
    assert.deepEqual([blockOf(target)?.block, blockOf(target)?.file.toString()], ['blk_7', 'file:///logs/a.log']);
    const [related] = problem.relatedInformation!;
    assert.deepEqual([related.location.range.start.line + 1, related.message], [3, '3 of /logs/a.log']);
  });

  it('name their other lines by number when the file cannot be read', async () => {
    workbench().unreadable = new Error('gone');
    await workbench().scanned('/logs/a.log', [finding([7, 3], { block: 'blk_7' })]);
    assert.deepEqual(
      problems()[0].relatedInformation?.map(({ message }) => message),
      ['Line 3 of blk_7'],
    );
  });

  it('have the severity of the setting, also when it changes, and not of a folder that is not trusted', async () => {
    await workbench().scanned('/logs/a.log', [finding([7])]);
    for (const [name, severity] of [
      ['error', DiagnosticSeverity.Error],
      ['information', DiagnosticSeverity.Information],
      ['hint', DiagnosticSeverity.Hint],
      ['no severity', DiagnosticSeverity.Warning],
    ] as const) {
      fake.set('severity', name);
      await fake.settled();
      assert.equal(problems()[0].severity, severity, name);
    }
  });

  it('are as many as the setting says, and change with it', async () => {
    await workbench().scanned(
      '/logs/a.log',
      Array.from({ length: 12 }, (_, i) => finding([i + 1])),
    );
    for (const [name, count] of [
      ['strongest', 10],
      ['off', 0],
      ['nonsense', 12],
      ['all', 12],
    ] as const) {
      fake.set('problems', name);
      await fake.settled();
      assert.equal(problems().length, count, name);
    }
  });

  it('are those of the last scan, and go with the results', async () => {
    await workbench().scanned('/logs/a.log', [finding([7]), finding([9])]);
    await workbench().scanned('/logs/b.log', [finding([1])]);
    const { uri } = await workbench().scanned('/logs/a.log', [finding([8])]);
    assert.deepEqual(
      problems().map(({ range }) => range.start.line + 1),
      [8],
    );
    workbench().store.remove(uri);
    assert.deepEqual(problems(), []);
    assert.equal(problems('/logs/b.log').length, 1);
  });

  it('do not come back when the results went while the lines were read', async () => {
    const reading = workbench().scanned('/logs/a.log', [finding([7, 3])]);
    const { store } = workbench();
    const stop = store.onDidChange(({ kind, results }) => {
      if (kind === 'completed') queueMicrotask(() => store.remove(results.uri));
    });
    await reading;
    stop.dispose();
    await fake.settled();
    assert.deepEqual(problems(), []);
  });

  it('of a rotated log stand in the file that holds the line', async () => {
    const part = (path: string, linesBefore: number) => ({
      uri: Uri.file(path),
      documentUri: Uri.file(path),
      linesBefore,
      state: { size: 1, mtime: 1 },
    });
    await workbench().scanned('/logs/a.log', [finding([12]), finding([4])], {
      outcome: { parts: [part('/logs/a.log.1', 0), part('/logs/a.log', 10)] as never },
    });
    assert.deepEqual(
      ['/logs/a.log.1', '/logs/a.log'].map((path) => problems(path).map(({ range }) => range.start.line + 1)),
      [[4], [2]],
    );
  });
});
