import * as vscode from 'vscode';
import type { Finding } from '../../core/findings/finding';
import { blockUri } from '../base/blockUri';
import { Disposable } from '../base/disposable';
import { toDiagnostics, type FindingDiagnostic } from './diagnosticsModel';
import { headedTextsOf, placeOf } from '../results/logPlaces';
import type { FileResults, ResultsChange, ResultsStore } from '../results/resultsStore';
import { readProblems, readSeverity } from '../base/settings';
import type { ShownFindings } from '../results/shownFindings';
import type { ResultMessages } from '../results/resultMessages';
import type { WorkerClient } from '../engine/workerClient';

/** Characters of a line’s text in the related information: with the name of the file, a line of the hover. */
const LINE_LENGTH = 64;
/** How many findings of a log are shown where only the strongest are. */
const STRONGEST = 10;
/** Characters of a line that are read for it, with its header. */
const READ_LENGTH = 512;

/** Shows the findings of highest score in the Problems panel and as squiggles. */
export class Diagnostics extends Disposable {
  private readonly collection = this.register(vscode.languages.createDiagnosticCollection('logcnn'));
  /** The documents of each log that have diagnostics. */
  private readonly published = new Map<string, vscode.Uri[]>();

  constructor(
    private readonly store: ResultsStore,
    private readonly shown: ShownFindings,
    private readonly client: WorkerClient,
    private readonly messages: ResultMessages,
    private readonly t: typeof vscode.l10n.t,
  ) {
    super();
    this.register(store.onDidChange((change) => this.onResults(change)));
    const publishAll = (): void => store.all.forEach((results) => void this.publish(results));
    this.register(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('logcnn.severity') || event.affectsConfiguration('logcnn.problems')) {
          publishAll();
        }
      }),
    );
    this.register(vscode.workspace.onDidGrantWorkspaceTrust(publishAll));
    this.register(shown.onDidChange((what) => what === 'amount' && publishAll()));
  }

  private onResults({ kind, results }: ResultsChange): void {
    if (kind === 'removed') {
      this.clear(results);
    } else if (kind === 'completed' || kind === 'renamed') {
      void this.publish(results);
    }
  }

  private async publish(results: FileResults): Promise<void> {
    const { outcome } = results;
    if (outcome === undefined) {
      return;
    }
    const shown = shownFindings(results.uri, this.shown.sureEnough(outcome));
    const rows = shown.length === 0 ? [] : toDiagnostics(shown, outcome, this.messages, this.t);
    const texts = await this.relatedTexts(results, rows);
    // The file may have been scanned again or removed while its lines were read.
    if (!this.isDisposed && this.store.get(results.uri)?.outcome === outcome) {
      const severity = severityOf(results.uri);
      const byDocument = new Map<string, [vscode.Uri, vscode.Diagnostic[]]>();
      for (const row of rows) {
        const { documentUri } = placeOf(results, row.line);
        const ofDocument = byDocument.get(documentUri.toString()) ?? [documentUri, []];
        byDocument.set(documentUri.toString(), ofDocument);
        ofDocument[1].push(this.diagnostic(results, row, severity, texts));
      }
      this.clear(results);
      this.collection.set([...byDocument.values()]);
      this.published.set(
        results.uri.toString(),
        [...byDocument.values()].map(([document]) => document),
      );
    }
  }

  private clear({ uri }: FileResults): void {
    this.published.get(uri.toString())?.forEach((document) => this.collection.delete(document));
    this.published.delete(uri.toString());
  }

  private diagnostic(
    results: FileResults,
    { line, message, block, related }: FindingDiagnostic,
    severity: vscode.DiagnosticSeverity,
    texts: Map<number, string>,
  ): vscode.Diagnostic {
    const diagnostic = new vscode.Diagnostic(rangeOfWholeLine(placeOf(results, line).line), message, severity);
    diagnostic.source = 'LogCNN';
    diagnostic.code = { value: block, target: blockUri(results.uri, block) };
    diagnostic.relatedInformation = related.map((other) => {
      const place = placeOf(results, other);
      return new vscode.DiagnosticRelatedInformation(
        new vscode.Location(place.documentUri, rangeOfWholeLine(place.line)),
        texts.get(other) ?? this.t('Line {0} of {1}', place.line, block),
      );
    });
    return diagnostic;
  }

  /** Texts of all related lines, read in one pass; none if the file cannot be read any more. */
  private async relatedTexts(results: FileResults, rows: FindingDiagnostic[]): Promise<Map<number, string>> {
    const lines = [...new Set(rows.flatMap(({ related }) => related))].sort((a, b) => a - b);
    if (lines.length === 0) {
      return new Map();
    }
    try {
      const shown = await headedTextsOf(this.client, results, lines, READ_LENGTH);
      // The message says more than the time and the thread before it.
      const texts = shown.map(({ text, messageStart }) => text.slice(messageStart) || text);
      return new Map(
        lines.map((line, i) => [
          line,
          texts[i].length <= LINE_LENGTH ? texts[i] : `${texts[i].slice(0, LINE_LENGTH)}…`,
        ]),
      );
    } catch {
      return new Map();
    }
  }
}

/** The findings that the user wants to see as problems, highest score first. */
function shownFindings(file: vscode.Uri, findings: readonly Finding[]): readonly Finding[] {
  const { isTrusted } = vscode.workspace;
  switch (readProblems({ source: vscode.workspace.getConfiguration('logcnn', file), isTrusted })) {
    case 'all':
      return findings;
    case 'strongest':
      return findings.slice(0, STRONGEST);
    case 'off':
      return [];
  }
}

function severityOf(file: vscode.Uri): vscode.DiagnosticSeverity {
  const { DiagnosticSeverity } = vscode;
  const { isTrusted } = vscode.workspace;
  switch (readSeverity({ source: vscode.workspace.getConfiguration('logcnn', file), isTrusted })) {
    case 'error':
      return DiagnosticSeverity.Error;
    case 'warning':
      return DiagnosticSeverity.Warning;
    case 'information':
      return DiagnosticSeverity.Information;
    case 'hint':
      return DiagnosticSeverity.Hint;
  }
}

/** VS Code cuts a range at the end of its line. */
function rangeOfWholeLine(line: number): vscode.Range {
  return new vscode.Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER);
}
