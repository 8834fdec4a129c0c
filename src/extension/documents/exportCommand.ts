import * as vscode from 'vscode';
import { baseName } from '../base/baseName';
import { Disposable } from '../base/disposable';
import { labelText, notificationText } from '../base/plainText';
import { shownError } from '../base/shownError';
import type { WorkerClient } from '../engine/workerClient';
import type { ResultMessages } from '../results/resultMessages';
import type { FileResults, ResultsStore } from '../results/resultsStore';
import { unescapeControls } from '../../core/findings/escapeControls';
import { formatByName, REPORTS } from '../../node/reports/report';
import { LINE_LENGTH } from '../../node/reports/reportContent';
import type { ReportSource } from '../../node/reports/reportSource';
import type { ResultNode } from '../tree/treeModel';
import { exactFinding, exactTextsOf } from './exactTexts';

/** Writes the findings of a log to a file, in the form that its name asks for: the same reports as the command line's. */
export class ExportCommand extends Disposable {
  constructor(
    private readonly store: ResultsStore,
    private readonly client: WorkerClient,
    private readonly messages: ResultMessages,
    private readonly t: typeof vscode.l10n.t,
  ) {
    super();
    this.register(vscode.commands.registerCommand('logcnn.exportFindings', (row?: ResultNode) => this.export(row)));
  }

  private async export(row: ResultNode | undefined): Promise<void> {
    const { t } = this;
    const results = row?.kind === 'file' ? row.results : await this.chosen();
    if (results?.outcome === undefined) {
      return;
    }
    const target = await vscode.window.showSaveDialog({
      title: t('Export Findings'),
      defaultUri: results.uri.with({ path: `${results.uri.path}.findings.html` }),
      filters: { HTML: ['html'], Markdown: ['md'], SARIF: ['sarif'], CSV: ['csv'], JSON: ['json'] },
    });
    if (target === undefined) {
      return;
    }
    try {
      const pieces: string[] = [];
      for await (const piece of REPORTS[formatByName(target.path)](this.sourceOf(results))) {
        pieces.push(piece);
      }
      await vscode.workspace.fs.writeFile(target, Buffer.from(pieces.join('')));
    } catch (error) {
      void vscode.window.showErrorMessage(notificationText(shownError(error, t)));
      return;
    }
    const open = t('Open');
    const name = notificationText(baseName(target));
    if ((await vscode.window.showInformationMessage(t('Findings were written to {0}.', name), open)) === open) {
      await openReport(target);
    }
  }

  /** The only log that has results, or the one that the user chooses. */
  private async chosen(): Promise<FileResults | undefined> {
    const all = this.store.all.filter(({ outcome }) => outcome !== undefined);
    if (all.length <= 1) {
      return all[0];
    }
    const items = all.map((results) => ({
      label: labelText(baseName(results.uri)),
      description: this.messages.fileState(results),
      results,
    }));
    return (await vscode.window.showQuickPick(items, { title: this.t('Export Findings') }))?.results;
  }

  private sourceOf(results: FileResults): ReportSource {
    const { findings, suspects, summary } = results.outcome!;
    async function* batches(): AsyncGenerator<ReturnType<typeof exactFinding>[], void> {
      yield findings.map(exactFinding);
    }
    return {
      input: results.uri.fsPath,
      summary: { ...summary, format: unescapeControls(summary.format), notes: summary.notes.map(unescapeControls) },
      findings: batches(),
      mostSuspicious: suspects.map(exactFinding),
      textsOf: exactTextsOf(this.client, results, LINE_LENGTH),
    };
  }
}

/** A page is for the browser, the other forms are for the editor. */
async function openReport(target: vscode.Uri): Promise<void> {
  if (formatByName(target.path) === 'html' && vscode.env.remoteName === undefined) {
    await vscode.env.openExternal(target);
  } else {
    await vscode.commands.executeCommand('vscode.open', target);
  }
}
