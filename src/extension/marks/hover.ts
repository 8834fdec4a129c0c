import * as vscode from 'vscode';
import { hasDiagnostic } from './diagnosticsModel';
import { Disposable } from '../base/disposable';
import { findingsAt } from '../results/lineLookup';
import { DECOMPRESSED_SCHEME } from '../results/logFiles';
import { linesShownBy, placeLabel } from '../results/logPlaces';
import { escapeMarkdown } from '../base/markdown';
import type { FileResults, ResultsStore } from '../results/resultsStore';
import type { ResultMessages } from '../results/resultMessages';

/** Findings that are shown in the hover of one line. */
const SHOWN = 3;

/** Tells why the line under the pointer is part of an anomalous block. */
export class FindingHover extends Disposable implements vscode.HoverProvider {
  constructor(
    private readonly store: ResultsStore,
    private readonly messages: ResultMessages,
    private readonly t: typeof vscode.l10n.t,
  ) {
    super();
    this.register(vscode.languages.registerHoverProvider([{ scheme: 'file' }, { scheme: DECOMPRESSED_SCHEME }], this));
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const results = this.store.get(document.uri);
    // In an edited document the line may be another one than was scanned.
    if (results?.outcome === undefined || results.staleness === 'edited') {
      return undefined;
    }
    const line = linesShownBy(results, document.uri).after + position.line + 1;
    const indices = findingsAt(results.outcome.index, line);
    if (indices.length === 0) {
      return undefined;
    }
    const contents = indices.slice(0, SHOWN).map((index) => this.describe(results, index, line));
    if (indices.length > SHOWN) {
      contents.push(
        new vscode.MarkdownString(this.t('{0} more anomalous blocks have this line.', indices.length - SHOWN)),
      );
    }
    return new vscode.Hover(contents, document.lineAt(position).range);
  }

  private describe(results: FileResults, index: number, line: number): vscode.MarkdownString {
    const finding = results.outcome!.findings[index];
    const text = new vscode.MarkdownString('', true);
    text.isTrusted = {
      enabledCommands: ['logcnn.showBlock', 'logcnn.nextFinding', 'logcnn.previousFinding', 'logcnn.openFinding'],
    };
    text.appendMarkdown(
      `$(warning) **${escapeMarkdown(this.messages.block(finding.block))}** — ${this.t('score {0}', this.messages.score(finding.score))} · ${this.messages.lineCount(finding.lines.length)}\n\n`,
    );
    // On the most suspicious line the problem above says why.
    if (finding.line !== line || !hasDiagnostic(index)) {
      text.appendMarkdown(`${escapeMarkdown(this.messages.finding(finding))}\n\n`);
    }
    const args = encodeURIComponent(JSON.stringify([{ file: results.uri.toString(), finding: index }]));
    const link = (label: string, command: string) => `[${label}](command:${command}?${args})`;
    const links = [
      link(this.t('Show in Context'), 'logcnn.showBlock'),
      link(this.t('Previous'), 'logcnn.previousFinding'),
      link(this.t('Next'), 'logcnn.nextFinding'),
    ];
    if (finding.line !== line) {
      links.unshift(link(this.t('Most suspicious: line {0}', placeLabel(results, finding.line)), 'logcnn.openFinding'));
    }
    text.appendMarkdown(links.join(' | '));
    return text;
  }
}
