import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension/extension';
import type { ScanOutcome } from '../../src/extension/results/resultsStore';
import { logOf, until, useLogFolder, type LogFolder } from './workspace';

describe('many files', () => {
  let folder: LogFolder;
  let extension: TestAccess;

  useLogFolder('many', (...ready) => ([folder, extension] = ready));

  function below(...names: string[]): vscode.Uri {
    return vscode.Uri.joinPath(folder.uri('.'), ...names);
  }

  function write(names: string[], content: string | Uint8Array): vscode.Uri {
    const file = below(...names);
    mkdirSync(path.dirname(file.fsPath), { recursive: true });
    writeFileSync(file.fsPath, content);
    return file;
  }

  function outcomeOf(file: vscode.Uri): ScanOutcome {
    const outcome = extension.store.get(file)?.outcome;
    assert.ok(outcome !== undefined, `${file.path} has no results`);
    return outcome;
  }

  /** Paths of the scanned logs below a folder. */
  function scanned(name: string): string[] {
    return extension.store.all.map(({ uri }) => uri.path.slice(below(name).path.length + 1));
  }

  it('scans the logs of a folder and those below, one log for each rotation, and nothing else', async () => {
    write(['tree', 'a.log'], logOf(1));
    write(['tree', 'notes.txt'], logOf(1));
    write(['tree', 'deep', 'down', 'b.log'], 'INFO open key_1\nINFO read key_1\n');
    write(['tree', 'deep', 'down', 'b.log.1'], logOf(2));
    write(['tree', 'deep', 'down', 'b.log.2.gz'], gzipSync(logOf(3)));
    write(['tree', 'left', 'c.log'], logOf(1));
    write(['tree', 'hidden', 'd.log'], logOf(1));
    write(['tree', 'OLD.LOG'], logOf(1));
    write(['tree', 'logcnn.config.json'], '{ "exclude": ["OLD*"] }');
    const files = vscode.workspace.getConfiguration('files');
    await files.update('exclude', { '**/hidden': true }, vscode.ConfigurationTarget.Workspace);
    write(['tree', 'left', 'a.log'], logOf(1));
    const scanning: string[] = [];
    const listening = extension.store.onDidChange(({ results }) => {
      const name = path.posix.basename(results.uri.path);
      if (results.progress !== undefined && scanning.at(-1) !== name) {
        scanning.push(name);
      }
    });
    await vscode.commands.executeCommand('logcnn.scanFolder', below('tree'));
    listening.dispose();
    await files.update('exclude', undefined, vscode.ConfigurationTarget.Workspace);
    assert.deepEqual(scanned('tree'), ['a.log', 'deep/down/b.log', 'left/a.log', 'left/c.log']);
    assert.deepEqual(scanning, ['a.log', 'b.log', 'a.log', 'c.log']);
    // Rows of the same name say in which folder each is.
    const rows = await extension.tree.getChildren();
    const descriptions = rows.map((row) => String(extension.tree.getTreeItem(row).description));
    assert.match(descriptions[0], /^tree · 1 finding · /);
    assert.match(descriptions[2], /^left · 1 finding · /);
    assert.match(descriptions[3], /^1 finding · <Level> <Content>$/);
    assert.deepEqual(
      outcomeOf(below('tree', 'deep', 'down', 'b.log')).parts?.map(({ uri, linesBefore }) => [
        path.posix.basename(uri.path),
        linesBefore,
      ]),
      [
        ['b.log.2.gz', 0],
        ['b.log.1', 9],
        ['b.log', 15],
      ],
    );
  });

  it('takes files and folders that are selected together, and goes on after a file that fails', async () => {
    const single = write(['mixed', 'single.log'], logOf(1));
    write(['mixed', 'folder', 'broken.log'], new Uint8Array(5000));
    write(['mixed', 'folder', 'fine.log'], logOf(1));
    await vscode.commands.executeCommand('logcnn.scanFile', single, [single, below('mixed', 'folder')]);
    assert.deepEqual(scanned('mixed'), ['single.log', 'folder/broken.log', 'folder/fine.log']);
    assert.match(extension.store.get(below('mixed', 'folder', 'broken.log'))?.failure ?? '', /broken\.log is no text/);
    assert.equal(outcomeOf(below('mixed', 'folder', 'fine.log')).findings.length, 1);
  });

  it('is cancelled as a whole, and keeps what was complete', async () => {
    write(['endless', 'a.log'], logOf(1));
    write(['endless', 'b.log'], logOf(300_000));
    write(['endless', 'c.log'], logOf(1));
    const listening = extension.store.onDidChange(({ results }) => {
      if (results.uri.path.endsWith('b.log') && results.progress !== undefined) {
        listening.dispose();
        void vscode.commands.executeCommand('logcnn.cancelScan');
      }
    });
    await vscode.commands.executeCommand('logcnn.scanFolder', below('endless'));
    assert.deepEqual(scanned('endless'), ['a.log']);
  });

  describe('a rotated log', () => {
    const newest = 'INFO open key_9\nINFO close key_1\n';
    let log: vscode.Uri;
    let older: vscode.Uri;
    let oldest: vscode.Uri;

    beforeEach(async () => {
      rmSync(below('rotated').fsPath, { recursive: true, force: true });
      log = write(['rotated', 'app.log'], newest);
      older = write(['rotated', 'app.log.1'], 'INFO ping\nINFO read key_1\n');
      oldest = write(['rotated', 'app.log.2.gz'], gzipSync('INFO open key_1'));
      await vscode.commands.executeCommand('logcnn.scanRotated', log, [log]);
    });

    it('is one entry whose blocks are whole across its files', async () => {
      assert.equal(extension.store.all.length, 1);
      const { findings, summary } = outcomeOf(log);
      const crossing = findings.find(({ block }) => block === 'key_1');
      assert.deepEqual([...crossing!.lines], [1, 3, 5]);
      assert.equal(summary.lines, 5);
      assert.ok(summary.notes.includes('files, read as one log: app.log.2.gz, app.log.1, app.log'));
      const [row] = await extension.tree.getChildren();
      const { label, description } = extension.tree.getTreeItem(row);
      assert.equal(label, 'app.log');
      assert.match(String(description), /^and 2 rotated files · /);
      const blocks = await extension.tree.getChildren(row);
      const lines = await extension.tree.getChildren(
        blocks.find((node) => node.kind === 'block' && node.finding.block === 'key_1'),
      );
      const items = lines.map((node) => extension.tree.getTreeItem(node));
      assert.deepEqual(
        items.map((item) => [item.label, item.description]),
        [
          ['app.log.2.gz:1', 'INFO open key_1'],
          ['app.log.1:2', 'INFO read key_1'],
          ['app.log:2', 'INFO close key_1'],
        ],
      );
      assert.deepEqual(
        items.map(({ command }) => [
          (command!.arguments![0] as vscode.Uri).scheme,
          (command!.arguments![1] as { selection: vscode.Range }).selection.start.line,
        ]),
        [
          ['logcnn-gz', 0],
          ['file', 1],
          ['file', 1],
        ],
      );
    });

    it('has its diagnostics, marks and hovers in the file that holds the line, and steps through all of them', async () => {
      const { findings, parts } = outcomeOf(log);
      const suspicious = findings.map(({ line }) => line).sort((a, b) => a - b);
      const own = suspicious.map((line) => {
        const part = parts!.findLast(({ linesBefore }) => linesBefore < line)!;
        return { document: part.documentUri, line: line - part.linesBefore };
      });
      const places = () =>
        parts!.flatMap(({ documentUri }) =>
          vscode.languages
            .getDiagnostics(documentUri)
            .map(({ range }) => ({ document: documentUri, line: range.start.line + 1 })),
        );
      await until(() => places().length === findings.length);
      assert.deepEqual(
        places().map(({ document, line }) => `${document.path}:${line}`),
        own.map(({ document, line }) => `${document.path}:${line}`),
      );
      await vscode.window.showTextDocument(older);
      for (const _ of own) {
        await vscode.commands.executeCommand('logcnn.nextFinding');
        const editor = vscode.window.activeTextEditor!;
        assert.ok(
          own.some(
            ({ document, line }) =>
              document.toString() === editor.document.uri.toString() && editor.selection.active.line + 1 === line,
          ),
          `${editor.document.uri.path}:${editor.selection.active.line + 1}`,
        );
      }
      const editor = await vscode.window.showTextDocument(older);
      await until(() => {
        const { suspicious: bad, others } = extension.gutter.markedLines(editor);
        return bad.length + others.length > 0;
      });
      const marked = extension.gutter.markedLines(editor);
      assert.deepEqual([...marked.suspicious, ...marked.others], [2]);
      const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        older,
        new vscode.Position(1, 0),
      );
      const text = hover.contents.map((content) => (content as vscode.MarkdownString).value).join('\n');
      assert.match(text, /\*\*key\\?_1\*\*/);
      assert.match(text, /Most suspicious: line app\.log/);
    });

    it('shows a block with its lines from all files, each of which leads to its own file', async () => {
      const [file] = await extension.tree.getChildren();
      const row = (await extension.tree.getChildren(file)).find(
        (node) => node.kind === 'block' && node.finding.block === 'key_1',
      );
      await vscode.commands.executeCommand('logcnn.showBlock', row);
      const { document } = vscode.window.activeTextEditor!;
      const rows = document.getText().split('\n');
      const last = rows.findIndex((text) => text.includes('INFO close'));
      assert.match(rows[last], /^[>*] +app\.log:2 \| INFO close key_1$/);
      assert.ok(rows.some((text) => /^[>*] +app\.log\.1:2 \| INFO read key_1$/.test(text)));
      assert.ok(rows.some((text) => /^[>*] app\.log\.2\.gz:1 \| INFO open key_1$/.test(text)));
      const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        document.uri,
        100,
      );
      assert.deepEqual(
        // VS Code itself makes a link of the path in the head.
        links
          .filter(({ target }) => target!.fragment !== '')
          .map(({ target }) => `${target!.path.split('/').pop()}#${target!.fragment}`),
        ['app.log.2.gz#L1', 'app.log.1#L1', 'app.log.1#L2', 'app.log#L1', 'app.log#L2'],
      );
    });

    it('is scanned again as a whole, also from the row of a single file, and takes new rotations in', async () => {
      await vscode.commands.executeCommand('logcnn.clearResults');
      await vscode.commands.executeCommand('logcnn.scanFile', log);
      assert.equal(outcomeOf(log).parts, undefined);
      await vscode.commands.executeCommand('logcnn.scanRotated', { kind: 'file', results: extension.store.get(log) });
      assert.equal(outcomeOf(log).parts?.length, 3);
      renameSync(older.fsPath, below('rotated', 'app.log.3').fsPath);
      renameSync(log.fsPath, older.fsPath);
      write(['rotated', 'app.log'], 'INFO open key_5\n');
      await until(() => extension.store.get(log)?.staleness === 'changed');
      await vscode.commands.executeCommand('logcnn.rescan', { kind: 'file', results: extension.store.get(log) });
      assert.deepEqual(
        outcomeOf(log).parts?.map(({ uri }) => path.posix.basename(uri.path)),
        ['app.log.3', 'app.log.2.gz', 'app.log.1', 'app.log'],
      );
    });

    it('takes the place of results of its single files, and gives its own to them', async () => {
      await vscode.commands.executeCommand('logcnn.scanFile', older);
      assert.deepEqual(
        extension.store.all.map(({ uri }) => uri.path),
        [older.path],
      );
      await until(() => vscode.languages.getDiagnostics(log).length === 0);
      await vscode.commands.executeCommand('logcnn.scanRotated', older, [older, oldest]);
      assert.deepEqual(
        extension.store.all.map(({ uri }) => uri.path),
        [log.path],
      );
    });

    it('is out of date when one of its files has changed, and follows its folder to another name', async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.renameFile(below('rotated'), below('renamed'));
      await vscode.workspace.applyEdit(edit);
      const moved = below('renamed', 'app.log');
      await until(() => extension.store.get(moved)?.outcome !== undefined);
      assert.equal(extension.store.get(below('renamed', 'app.log.1')), extension.store.get(moved));
      assert.equal(extension.store.get(moved)?.staleness, undefined);
      write(['renamed', 'app.log.1'], 'INFO ping\n');
      await until(() => extension.store.get(moved)?.staleness === 'changed');
    });
  });

  it('scans nothing as rotated that has no siblings', async () => {
    const alone = write(['alone', 'alone.log'], logOf(1));
    await vscode.commands.executeCommand('logcnn.scanRotated', alone, [alone]);
    assert.deepEqual(extension.store.all, []);
  });
});
