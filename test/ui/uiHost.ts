import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startBrowser, type Browser } from '../harness/browser';
import { installExtension, installOfflineVscode, startServer, type VscodeServer } from '../harness/offlineVscode';
import { WorkbenchPage } from '../harness/workbenchPage';

/** A VS Code with the extension in it and a person before it. */
export interface UiHost {
  workbench: WorkbenchPage;
  /** Prefix of the screenshots' names. */
  name: string;
  stop: () => Promise<void>;
}

let extensionsFolder: string | undefined;

/**
 * Opens a folder in a VS Code that has the extension, from source or, with LOGCNN_UI_HOST=installed, from its VSIX.
 * @param options.workspaceTrust whether the folder starts out restricted
 */
export async function openWorkbench(
  folder: string,
  options: { workspaceTrust?: boolean; settings?: Record<string, unknown> } = {},
): Promise<UiHost> {
  const name = process.env.LOGCNN_UI_HOST === 'installed' ? 'installed' : 'source';
  await installOfflineVscode();
  if (name === 'installed' && extensionsFolder === undefined) {
    extensionsFolder = mkdtempSync(path.join(os.tmpdir(), 'extensions-'));
    await installExtension(path.resolve(`out/vsix/logcnn-${process.platform}-${process.arch}.vsix`), extensionsFolder);
  }
  const server = await startServer(extensionsFolder === undefined ? options : { ...options, extensionsFolder });
  let browser: Browser | undefined;
  try {
    browser = await startBrowser();
    const workbench = new WorkbenchPage(browser.page);
    await workbench.open(server.url(folder, payload(server)));
    return { workbench, name, stop: () => stop(server, browser) };
  } catch (error) {
    if (browser) await new WorkbenchPage(browser.page).screenshot(`${name}-not-opened`);
    await stop(server, browser);
    throw error;
  }
}

/** For a suite with one host: shows how it looked when a test failed, and stops it in the end. */
export function stopAfterwards(host: () => UiHost | undefined): void {
  afterEach(async function () {
    await shootFailure(host(), this.currentTest);
  });

  after(async () => {
    await host()?.stop();
  });
}

/** Takes a screenshot if a test has failed. */
export async function shootFailure(host: UiHost | undefined, test: Mocha.Test | undefined): Promise<void> {
  if (host && test?.state === 'failed') {
    await host.workbench.screenshot(`${host.name}-failed-${test.title.replace(/\W+/g, '-')}`);
  }
}

function payload(server: VscodeServer): [string, string][] {
  return extensionsFolder === undefined ? [['extensionDevelopmentPath', server.uri(process.cwd())]] : [];
}

async function stop(server: VscodeServer, browser: Browser | undefined): Promise<void> {
  await browser?.stop();
  await server.stop();
}
