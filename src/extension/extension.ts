import { SHARE_ENV, Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import { Announcer } from './scan/announcer';
import { BlockCommands } from './documents/blockCommands';
import { BlockDocuments } from './documents/blockDocument';
import { BlockEditors } from './documents/blockEditor';
import { ChosenFormats } from './results/chosenFormats';
import { ChosenGoodLogs } from './results/chosenGoodLogs';
import { configurationState } from './results/configurationFiles';
import { ContextKeys } from './results/contextKeys';
import { DecompressedDocuments } from './documents/decompressedDocument';
import { Diagnostics } from './marks/diagnostics';
import { ExportCommand } from './documents/exportCommand';
import { FindingActions } from './documents/findingActions';
import { FindingTarget } from './documents/findingTarget';
import { FollowCommands } from './scan/followCommand';
import { FormatPicker } from './scan/formatPicker';
import { GoodLogPicker } from './scan/goodLogPicker';
import { GutterDecorations } from './marks/gutterDecorations';
import { InlineReasons } from './marks/inlineReasons';
import { LogFeatures } from './marks/logFeatures';
import { FindingHover } from './marks/hover';
import { documentOf, goodLogsState, statFile } from './results/logFiles';
import { RestoredView } from './scan/restoredView';
import { Navigation } from './tree/navigation';
import { ResultsStore } from './results/resultsStore';
import { FilterCommands } from './tree/filterCommands';
import { ShownFindings } from './results/shownFindings';
import { ResultsTree } from './tree/resultsTree';
import { SavedResults } from './results/savedResults';
import { ScanCommands } from './scan/scanCommand';
import { ScanRunner } from './scan/scanRunner';
import { ScanStatusBar } from './scan/scanStatusBar';
import { RenamedSettings } from './base/renamedSettings';
import { readScanOptions } from './base/settings';
import { notificationText } from './base/plainText';
import { shownError } from './base/shownError';
import { StalenessWatch } from './results/staleness';
import { ResultMessages } from './results/resultMessages';
import { TimelineView } from './tree/timelineView';
import { WorkerClient } from './engine/workerClient';

/** What `activate` gives to this extension's own tests, and to nobody else. */
export interface TestAccess {
  store: ResultsStore;
  tree: ResultsTree;
  gutter: GutterDecorations;
  blocks: BlockDocuments;
}

let client: WorkerClient | undefined;
let saved: SavedResults | undefined;

/** Wires the features together. Nothing is read, watched or started before the first scan. */
export function activate(context: vscode.ExtensionContext): TestAccess | undefined {
  const { subscriptions } = context;
  const own = <T extends { dispose(): unknown }>(part: T): T => {
    subscriptions.push(part);
    return part;
  };
  const { t } = vscode.l10n;
  const messages = new ResultMessages(t, vscode.env.language);
  const log = own(vscode.window.createOutputChannel('LogCNN', { log: true }));
  client = new WorkerClient({
    // Shared, so that ONNX Runtime's native part sees that its telemetry is off.
    startWorker: () => new Worker(context.asAbsolutePath('dist/scan-worker.js'), { env: SHARE_ENV }),
    logDetails: (details) => log.error(details),
    warn: (error) => void vscode.window.showWarningMessage(notificationText(shownError(error, t))),
    later,
  });
  const formats = own(new ChosenFormats(context.workspaceState));
  const store = own(new ResultsStore(documentOf));
  const shown = own(new ShownFindings());
  const goodLogs = own(new ChosenGoodLogs(store));
  saved = own(
    new SavedResults(store, goodLogs, {
      folder: context.storageUri && vscode.Uri.joinPath(context.storageUri, 'results').fsPath,
      version: (context.extension.packageJSON as { version: string }).version,
      documentOf,
      now: () => Date.now(),
      later,
      logDetails: (details) => log.error(details),
    }),
  );
  const renamed = new RenamedSettings((message) => void vscode.window.showWarningMessage(message), t);
  const optionsFor = (file: vscode.Uri) => {
    const source = vscode.workspace.getConfiguration('logcnn', file);
    renamed.tell(source);
    return readScanOptions({
      source,
      isTrusted: vscode.workspace.isTrusted,
      folder: vscode.workspace.getWorkspaceFolder(file)?.uri.fsPath,
      chosenFormat: formats.get(file),
      goodLogs: goodLogs.get(file),
    });
  };
  const surroundings = {
    optionsFor,
    documentOf,
    stat: statFile,
    configurationState,
    goodLogsState,
    logDetails: (details: string) => log.error(details),
    translate: (sentence: string) => t(sentence),
    now: () => Date.now(),
  };
  const runner = own(new ScanRunner(client, store, surroundings));
  own(new ContextKeys(store));
  own(new Diagnostics(store, shown, client, messages, t));
  const gutter = own(new GutterDecorations(store, context.extensionUri));
  own(new InlineReasons(store, messages));
  own(new LogFeatures(store, messages, t));
  own(new FindingHover(store, messages, t));
  const tree = own(new ResultsTree(store, shown, client, messages, t));
  own(new TimelineView(store, t));
  own(new Navigation(store, tree, shown, t));
  own(new FilterCommands(store, shown, messages, t));
  own(new ScanStatusBar(store, messages, t));
  const announcer = own(new Announcer(store, messages, later, t));
  const scans = own(
    new ScanCommands(runner, store, tree, goodLogs, announcer, (path) => client!.archive(path), log, t),
  );
  const follows = own(new FollowCommands(runner, store, tree, t));
  own(new RestoredView(tree, saved, follows, context.workspaceState));
  own(new GoodLogPicker(store, goodLogs, runner, scans, t));
  own(new FormatPicker(store, formats, t));
  own(new StalenessWatch(store, optionsFor, formats));
  own(new DecompressedDocuments(client, t));
  const blocks = own(new BlockDocuments(store, client, messages, t));
  const blockEditors = own(new BlockEditors(blocks, context.extensionUri));
  const target = new FindingTarget(store, tree);
  own(new BlockCommands(target, tree, blocks, blockEditors));
  own(new FindingActions(target, client, messages, t));
  own(new ExportCommand(store, client, messages, t));
  // What it gives is open to every other extension.
  return context.extensionMode === vscode.ExtensionMode.Test ? { store, tree, gutter, blocks } : undefined;
}

/** Waits until the worker has ended by itself: ending it by force while it runs a model would end VS Code's extension host. */
export async function deactivate(): Promise<void> {
  await Promise.all([client?.stop(), saved?.flush()]);
}

/** Calls back after some milliseconds, unless what it gives is called. */
function later(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
}
