import assert from 'node:assert/strict';
import type { WorkbenchPage } from '../harness/workbenchPage';
import { openWorkbench, shootFailure, type UiHost } from './uiHost';
import { UiWorkspace } from './uiWorkspace';

const sample = 'hdfs-small.log';

describe("a workspace's own settings and configuration", () => {
  const workspace = new UiWorkspace();
  let host: UiHost | undefined;

  before(() => {
    workspace.addSample(sample);
    workspace.addSettings({ 'logcnn.modelPath': '/no/such/model', 'logcnn.threshold': 1, 'logcnn.maximumFindings': 1 });
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

  it('choose no model and hide nothing while it is restricted', async () => {
    const expected = workspace.expect(sample);
    assert.ok(expected.findings.length > 0);
    const workbench = await scan(true);
    await workbench
      .treeRow(sample)
      .filter({ hasText: `${expected.findings.length} of ` })
      .waitFor();
  });

  it('choose the model once it is trusted, and a wrong one is told', async () => {
    const workbench = await scan(false);
    await workbench.treeRow(sample).filter({ hasText: 'scan failed' }).waitFor();
    await workbench.notification('/no/such/model');
  });
});
