import assert from 'node:assert/strict';
import type { WorkbenchPage } from '../harness/workbenchPage';
import { openWorkbench, shootFailure, type UiHost } from './uiHost';
import { UiWorkspace } from './uiWorkspace';

const sample = 'hdfs-small.log';

describe("a workspace's own settings and configuration", () => {
  const workspace = new UiWorkspace();
  let host: UiHost | undefined;
  let expected: number;

  before(() => {
    workspace.addSample(sample);
    expected = workspace.expect(sample).findings.length;
    assert.ok(expected > 0);
    workspace.addSettings({ 'logcnn.model': '/no/such/model', 'logcnn.threshold': 1, 'logcnn.severity': 'hint' });
    workspace.addText('logcnn.config.json', JSON.stringify({ suppress: ['<*>block<*>', '<*>blk<*>'], maxFindings: 0 }));
  });

  afterEach(async function () {
    await shootFailure(host, this.currentTest);
    await host?.stop();
    host = undefined;
  });

  /** Opens the workspace and scans the sample; gives the row of the file. */
  async function scan(workspaceTrust: boolean): Promise<WorkbenchPage> {
    host = await openWorkbench(workspace.folder, {
      workspaceTrust,
      settings: { 'security.workspace.trust.startupPrompt': 'never' },
    });
    if (workspaceTrust) await host.workbench.statusItem('Restricted Mode').waitFor();
    await host.workbench.scanFromExplorer(sample);
    return host.workbench;
  }

  it('hide nothing and choose no model while it is restricted, and both count once it is trusted', async () => {
    const workbench = await scan(true);
    const row = workbench.treeRow(sample);
    await row.filter({ hasText: `${expected} finding` }).waitFor();
    const problems = await workbench.showProblems();
    await problems.locator('.monaco-list-row .codicon-warning').first().waitFor();
    const told = /not used, since the workspace is not trusted: maxFindings, suppress of logcnn\.config\.json/;
    assert.match(await workbench.tooltip(row), told);

    await workbench.runCommand('Workspaces: Manage Workspace Trust');
    await workbench.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await row.filter({ hasText: 'out of date' }).waitFor();
    await workbench.runCommand('LogCNN: Rescan');
    await row.filter({ hasText: 'scan failed' }).waitFor();
  });

  it('choose the model where it is trusted, and a wrong one is told', async () => {
    const workbench = await scan(false);
    await workbench.treeRow(sample).filter({ hasText: 'scan failed' }).waitFor();
    await workbench.notification('/no/such/model');
  });
});
