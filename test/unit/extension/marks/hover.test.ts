import assert from 'node:assert/strict';
import { Position, Uri } from 'vscode';
import { FindingHover } from '../../../../src/extension/marks/hover';
import { fake } from '../../../support/fakeVscode';
import { finding } from '../fixtures';
import { useWorkbench } from '../workbench';

describe('the hover over a line', () => {
  const workbench = useWorkbench();
  let hover: FindingHover;

  beforeEach(() => {
    const { store, messages, t } = workbench();
    hover = workbench().own(new FindingHover(store, messages, t));
  });

  function textsAt(line: number, path = '/logs/a.log'): string[] {
    const { document } = fake.open(Uri.file(path));
    const shown = hover.provideHover(document as never, new Position(line - 1, 3));
    return (shown?.contents ?? []).map((text) => (text as { value: string }).value);
  }

  it('tells the block, its score and, but where a problem does, why, with links that name this finding', async () => {
    await workbench().scanned('/logs/a.log', [finding([9]), finding([7, 3], { block: 'blk_*7*', score: 0.9996 })]);
    const [text, ...others] = textsAt(7);
    assert.deepEqual(others, []);
    assert.match(text, /blk\\_\\\*7\\\*.*score 0\.999 · 2 lines/);
    // The problem that stands above it says why.
    assert.doesNotMatch(text, /"line 7"/);
    assert.match(textsAt(3)[0], /"line 7"/);
    const links = [...text.matchAll(/\(command:([\w.]+)\?([^)]*)\)/g)].map(([, command, args]) => [
      command,
      JSON.parse(decodeURIComponent(args)) as unknown,
    ]);
    const args = [{ file: 'file:///logs/a.log', finding: 1 }];
    assert.deepEqual(links, [
      ['logcnn.showBlock', args],
      ['logcnn.previousFinding', args],
      ['logcnn.nextFinding', args],
    ]);
  });

  it('leads to the most suspicious line where that is another one', async () => {
    await workbench().scanned('/logs/a.log', [finding([7, 3])]);
    assert.match(textsAt(3)[0], /Most suspicious: line 7\]\(command:logcnn\.openFinding/);
    assert.doesNotMatch(textsAt(7)[0], /openFinding/);
  });

  it('lets its links run no other commands', async () => {
    await workbench().scanned('/logs/a.log', [finding([7])]);
    const { document } = fake.open(Uri.file('/logs/a.log'));
    const [text] = hover.provideHover(document as never, new Position(6, 0))!.contents as unknown as {
      isTrusted: { enabledCommands: string[] };
    }[];
    assert.ok(text.isTrusted.enabledCommands.every((command) => command.startsWith('logcnn.')));
  });

  it('tells three findings of a line and how many more there are', async () => {
    await workbench().scanned(
      '/logs/a.log',
      [1, 2, 3, 4, 5].map((i) => finding([7], { block: `b${i}` })),
    );
    const texts = textsAt(7);
    assert.equal(texts.length, 4);
    assert.equal(texts[3], '2 more anomalous blocks have this line.');
  });

  it('tells nothing of other lines and logs, and nothing in a text that is being edited', async () => {
    const { uri } = await workbench().scanned('/logs/a.log', [finding([7])]);
    assert.deepEqual(textsAt(8), []);
    assert.deepEqual(textsAt(7, '/logs/other.log'), []);
    workbench().store.setStaleness(uri, 'edited');
    assert.deepEqual(textsAt(7), []);
  });
});
