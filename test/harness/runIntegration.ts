import { cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import util from 'node:util';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { startBrowser } from './browser';
import { installOfflineVscode, startServer } from './offlineVscode';
import { suiteLinePrefix } from './suiteLines';

/**
 * Runs the suite out/test/integration/index.js inside a real VS Code: the one VSCODE_EXECUTABLE names, else the one that
 * @vscode/test-electron downloads, else (Linux without that network) the offline workbench in a headless browser.
 * LOGCNN_TEST_HOST=desktop|offline forces one. The suite writes LOGCNN_TEST_REPORT itself; whoever started this program
 * judges by that file, because a crashed extension host may well end with exit code 0.
 */
const project = process.cwd();
const suite = path.resolve('out/test/integration/index.js');

/** The environment of the suite, which does not inherit ours when VS Code runs elsewhere. */
function suiteEnvironment(): Record<string, string> {
  const names = ['LOGCNN_TEST_REPORT', 'LOGCNN_TEST_FILTER', 'LOGCNN_SHARED', 'CI'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** A copy of the samples, so that tests may change and delete files. */
function makeWorkspace(): string {
  const workspace = mkdtempSync(path.join(os.tmpdir(), 'workspace-'));
  cpSync('samples', workspace, { recursive: true });
  return workspace;
}

async function runOnDesktop(vscodeExecutablePath: string): Promise<void> {
  const userData = mkdtempSync(path.join(os.tmpdir(), 'user-'));
  await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: project,
    extensionTestsPath: suite,
    launchArgs: [
      makeWorkspace(),
      '--disable-workspace-trust',
      '--disable-extensions',
      `--user-data-dir=${userData}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    extensionTestsEnv: suiteEnvironment(),
  });
}

async function runOffline(): Promise<void> {
  console.log(`VS Code ${await installOfflineVscode()} (offline workbench)`);
  const server = await startServer({ env: suiteEnvironment() });
  const browser = await startBrowser();
  const workbenchLog: string[] = [];
  try {
    let finish: (code: number) => void = () => undefined;
    const ended = new Promise<void>((resolve, reject) => {
      finish = (code) => (code === 0 ? resolve() : reject(new Error(`the suite ended with exit code ${code}`)));
      watchForCrash(server.log, reject);
      browser.page.once('crash', () => reject(new Error('the page of the workbench crashed')));
    });
    await browser.page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      const line = util.format(...args);
      workbenchLog.push(`${type}: ${line}`);
      for (const each of line.split('\n')) {
        if (each.startsWith(suiteLinePrefix)) console.log(each.slice(suiteLinePrefix.length));
      }
    });
    await browser.page.exposeFunction('codeAutomationExit', finish);
    const address = server.url(makeWorkspace(), [
      ['extensionDevelopmentPath', server.uri(project)],
      ['extensionTestsPath', server.uri(suite)],
    ]);
    await Promise.all([browser.page.goto(address), ended]);
  } catch (error) {
    mkdirSync('out/screenshots', { recursive: true });
    await browser.page.screenshot({ path: 'out/screenshots/integration-failed.png' });
    writeFileSync('out/integration.log', [...workbenchLog, server.log()].join('\n'));
    console.log('What the workbench said is in out/integration.log, what it showed in out/screenshots.');
    throw error;
  } finally {
    await browser.stop();
    await server.stop();
  }
}

/** The workbench restarts a crashed extension host in silence: only the server's log tells. */
function watchForCrash(log: () => string, onCrash: (error: Error) => void): void {
  const timer = setInterval(() => {
    const crash = /Extension Host Process exited with code: (?!0\b).*/.exec(log());
    if (!crash) return;
    clearInterval(timer);
    onCrash(new Error(crash[0]));
  }, 200);
  timer.unref();
}

async function findDesktop(): Promise<string | undefined> {
  if (process.env.LOGCNN_TEST_HOST === 'offline') return undefined;
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  const forced = process.env.LOGCNN_TEST_HOST === 'desktop';
  if (!forced && process.platform === 'linux' && !process.env.DISPLAY) {
    console.log('There is no display for a desktop VS Code: using the offline workbench.');
    return undefined;
  }
  try {
    return await downloadAndUnzipVSCode('stable');
  } catch (error) {
    if (forced) throw error;
    console.log(`VS Code cannot be downloaded (${String(error)}): using the offline workbench.`);
    return undefined;
  }
}

if (!existsSync(suite)) throw new Error(`${suite} is not there: run the tests through npm test.`);
const desktop = await findDesktop();
try {
  await (desktop ? runOnDesktop(desktop) : runOffline());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
