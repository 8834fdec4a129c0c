import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { ExportCommand } from '../../../../src/extension/documents/exportCommand';
import { FindingActions } from '../../../../src/extension/documents/findingActions';
import { FindingTarget } from '../../../../src/extension/documents/findingTarget';
import { likePattern } from '../../../../src/extension/documents/likePattern';
import { ResultsTree } from '../../../../src/extension/tree/resultsTree';
import { fake } from '../../../support/fakeVscode';
import { finding } from '../fixtures';
import { useWorkbench } from '../workbench';

describe('what can be done with a finding', () => {
  const workbench = useWorkbench();
  const found = finding([7, 3], {
    template: 'Payment of order <*> failed',
    parts: [{ part: 'after', previous: 'the \\u001b one' }],
  });
  const reference = { file: 'file:///logs/a.log', finding: 0 };

  beforeEach(async () => {
    const { store, shown, client, messages, t } = workbench();
    const tree = workbench().own(new ResultsTree(store, shown, client, messages, t));
    workbench().own(new FindingActions(new FindingTarget(store, tree), client, messages, t));
    workbench().own(new ExportCommand(store, client, messages, t));
    await workbench().scanned('/logs/a.log', [found]);
  });

  it('copies its line, its reason, all its lines, or all of it as Markdown', async () => {
    await fake.run('logcnn.copyText', reference);
    assert.equal(fake.clipboard, 'line 7 of /logs/a.log');
    await fake.run('logcnn.copyReason', reference);
    assert.equal(fake.clipboard, workbench().messages.finding(found));
    await fake.run('logcnn.copyLines', reference);
    assert.equal(fake.clipboard, 'line 3 of /logs/a.log\nline 7 of /logs/a.log');
    await fake.run('logcnn.copyMarkdown', reference);
    assert.match(fake.clipboard, /^` line 7 of \/logs\/a\.log `\n\n.*the \\\\u001b one.*\n\n```text\n {2}4 \| line 4/);
  });

  it('is that of the row, of the line under the cursor, or of the selected row', async () => {
    const [file] = await fake.tree().rows();
    const [block] = await fake.tree().rows(file);
    await fake.run('logcnn.copyReason', block.node);
    assert.equal(fake.clipboard, workbench().messages.finding(found));
    fake.clipboard = '';
    await fake.run('logcnn.copyReason');
    assert.equal(fake.clipboard, '');
    fake.putCursor(fake.open(Uri.file('/logs/a.log')), 3);
    await fake.run('logcnn.copyReason');
    assert.equal(fake.clipboard, workbench().messages.finding(found));
  });

  it('says why the lines cannot be copied', async () => {
    workbench().unreadable = new Error('The disk is on fire.');
    await fake.run('logcnn.copyLines', reference);
    assert.deepEqual(fake.messages, [{ kind: 'error', text: 'The disk is on fire.', actions: [] }]);
  });

  it('looks for lines like it in the editor, or in the files where the editor would not open the log', async () => {
    await fake.run('logcnn.findLikeThis', reference);
    const search = { searchString: String.raw`Payment\s+of\s+order.*failed`, isRegex: true };
    assert.deepEqual(fake.executed.at(-1), { command: 'editor.actions.findWithArgs', args: [search] });
    fake.write('/logs/b.log', { size: 2 ** 31 });
    await workbench().scanned('/logs/b.log', [found]);
    await fake.run('logcnn.findLikeThis', { file: 'file:///logs/b.log', finding: 0 });
    assert.equal(fake.executed.at(-1)?.command, 'workbench.action.findInFiles');
  });

  it('finds the lines of a template, and takes no sign of it for one of the expression', () => {
    const matches = (template: string, line: string) => new RegExp(likePattern(template)).test(line);
    assert.ok(matches('a.b (<*>) took <*> ms [x]', '10:00 a.b (7) took 12 ms [x]'));
    assert.ok(!matches('a.b <*>', 'acb 7'));
    assert.ok(matches('begins so and is cut…', 'begins so and is cut here'));
  });

  it('writes the findings to a file in the form that its name asks for, and opens it', async () => {
    for (const [name, pattern] of [
      ['/out/a.html', /^<!DOCTYPE html>[^]*line 7 of \/logs\/a\.log/],
      ['/out/a.md', /^# Findings in/],
      ['/out/a.json', /"reason":"[^}]*the \\u001b one/],
      ['/out/a.csv', /^block,score/],
      ['/out/a.sarif', /"version":"2\.1\.0"/],
    ] as const) {
      fake.saveAnswers.push(Uri.file(name));
      fake.messageAnswers.push('Open');
      await fake.run('logcnn.exportFindings');
      assert.match(fake.written.get(name)!, pattern, name);
    }
    assert.deepEqual(
      fake.executed.map(({ command }) => command),
      ['openExternal', 'vscode.open', 'vscode.open', 'vscode.open', 'vscode.open'],
    );
  });

  it('asks which log is meant, and says why a file cannot be written', async () => {
    await workbench().scanned('/logs/b.log', [finding([5])]);
    fake.pickAnswers.push(({ items }) => [items[1]]);
    fake.saveAnswers.push(Uri.file('/out/b.md'));
    await fake.run('logcnn.exportFindings');
    assert.match(fake.written.get('/out/b.md')!, /line 5 of \/logs\/b\.log/);
    fake.readOnly = true;
    const [file] = await fake.tree().rows();
    fake.saveAnswers.push(Uri.file('/out/c.md'));
    await fake.run('logcnn.exportFindings', file.node);
    assert.equal(fake.messages.at(-1)?.kind, 'error');
    await fake.run('logcnn.exportFindings', file.node);
    assert.equal(fake.messages.length, 2, 'it said something though no file was chosen');
  });
});
