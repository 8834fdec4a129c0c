import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the workbench', () => {
  it('has a copy of the samples open', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const entries = await vscode.workspace.fs.readDirectory(folder.uri);
    console.log(process.version, vscode.version, entries);
    assert.ok(vscode.extensions.getExtension('logcnn.logcnn'));
  });
});
