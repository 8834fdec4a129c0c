import { SHARE_ENV, Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import { ChosenFormats } from './chosenFormats';
import { configurationState } from './configurationFiles';
import { ContextKeys } from './contextKeys';
import { DecompressedDocuments } from './decompressedDocument';
import { Diagnostics } from './diagnostics';
import { FollowCommands } from './followCommand';
import { FollowRunner } from './followRunner';
import { FormatPicker } from './formatPicker';
import { GutterDecorations } from './gutterDecorations';
import { FindingHover } from './hover';
import { documentOf, statFile } from './logFiles';
import { Navigation } from './navigation';
import { ResultsStore } from './resultsStore';
import { ResultsTree } from './resultsTree';
import { ScanCommands } from './scanCommand';
import { ScanRunner } from './scanRunner';
import { ScanStatusBar } from './scanStatusBar';
import { readScanOptions } from './settings';
import { StalenessWatch } from './staleness';
import { Wording } from './wording';
import { WorkerClient } from './workerClient';

/** What `activate` gives to this extension's own tests; not an interface for other extensions. */
export interface TestAccess {
  store: ResultsStore;
  tree: ResultsTree;
  gutter: GutterDecorations;
}

let client: WorkerClient | undefined;

/** Wires the features together. Nothing is read, watched or started before the first scan. */
export function activate(context: vscode.ExtensionContext): TestAccess {
  const { subscriptions } = context;
  const own = <T extends { dispose(): unknown }>(part: T): T => {
    subscriptions.push(part);
    return part;
  };
  const { t } = vscode.l10n;
  const wording = new Wording(t, vscode.env.language);
  const log = own(vscode.window.createOutputChannel('LogCNN', { log: true }));
  client = new WorkerClient(
    // Shared, so that ONNX Runtime's native part sees that its telemetry is off.
    () => new Worker(context.asAbsolutePath('dist/scan-worker.js'), { env: SHARE_ENV }),
    (details) => log.error(details),
  );
  const formats = own(new ChosenFormats(context.workspaceState));
  const optionsFor = (file: vscode.Uri) =>
    readScanOptions({
      source: vscode.workspace.getConfiguration('logcnn', file),
      isTrusted: vscode.workspace.isTrusted,
      folder: vscode.workspace.getWorkspaceFolder(file)?.uri.fsPath,
      chosenFormat: formats.get(file),
    });
  const store = own(new ResultsStore(documentOf));
  const surroundings = {
    optionsFor,
    stat: statFile,
    configurationState,
    logDetails: (details: string) => log.error(details),
  };
  const follows = own(new FollowRunner(client, store, surroundings, () => Date.now()));
  const runner = own(new ScanRunner(client, store, { ...surroundings, followAgain: (file) => follows.again(file) }));
  own(new ContextKeys(store));
  own(new Diagnostics(store, client, t));
  const gutter = own(new GutterDecorations(store, context.extensionUri));
  own(new FindingHover(store, wording, t));
  const tree = own(new ResultsTree(store, client, wording, t));
  own(new Navigation(store, tree));
  own(new ScanStatusBar(store, wording, t));
  own(new ScanCommands(runner, follows, store, tree, log, t));
  own(new FollowCommands(follows, runner, store, tree, t));
  own(new FormatPicker(store, formats, t));
  own(new StalenessWatch(store, optionsFor, formats));
  own(new DecompressedDocuments(client, t));
  return { store, tree, gutter };
}

/** Waits until the worker has ended by itself: ending it by force while it runs a model would end VS Code's extension host. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
