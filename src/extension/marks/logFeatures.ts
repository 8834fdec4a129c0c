import * as vscode from 'vscode';
import { baseName } from '../base/baseName';
import { Disposable } from '../base/disposable';
import { findingsAt } from '../results/lineLookup';
import { rangeOfLine } from '../results/logFiles';
import { linesShownBy, placeOf } from '../results/logPlaces';
import type { FileResults, ResultsStore } from '../results/resultsStore';
import type { ResultMessages } from '../results/resultMessages';
import { titleOf } from '../../node/reports/findingWords';
import type { FindingReference } from '../tree/navigation';

/** Findings that the outline lists, those of the highest scores, and lines of a session that are listed. */
const MOST_SYMBOLS = 500;
const MOST_REFERENCES = 10_000;
/** Lines of a trace that are looked at. */
const LONGEST_TRACE = 500;
/** How a line of a stack trace looks, in the languages of servers. */
const TRACE_LINE =
  /^\s+(?:at |File "|\.\.\. \d+ more|in |from )|^(?:Caused by|Suppressed|Traceback|During handling)\b|^\t/;

/**
 * What the editor offers in logs with results: findings in the outline, the lines of a session by its id, stack traces that
 * fold, and actions on the line of a finding. Asked of these logs alone, so that other files keep what the editor offers.
 */
export class LogFeatures
  extends Disposable
  implements
    vscode.DocumentSymbolProvider,
    vscode.ReferenceProvider,
    vscode.FoldingRangeProvider,
    vscode.CodeActionProvider
{
  /** The logs that it is asked of now. */
  private documents = '';
  private providers: vscode.Disposable | undefined;

  constructor(
    private readonly store: ResultsStore,
    private readonly messages: ResultMessages,
    private readonly t: typeof vscode.l10n.t,
  ) {
    super();
    this.register(store.onDidChange(() => this.update()));
    this.register(vscode.window.onDidChangeVisibleTextEditors(() => this.update()));
    this.register({ dispose: () => void this.providers?.dispose() });
  }

  private update(): void {
    const shown = vscode.window.visibleTextEditors
      .map(({ document }) => document.uri)
      .filter((uri) => this.store.get(uri)?.outcome !== undefined);
    const documents = JSON.stringify(shown.map((uri) => uri.toString()));
    if (documents === this.documents) {
      return;
    }
    this.documents = documents;
    this.providers?.dispose();
    this.providers = undefined;
    if (shown.length > 0) {
      const { languages } = vscode;
      const selector = shown.map(selectorOf);
      this.providers = vscode.Disposable.from(
        languages.registerDocumentSymbolProvider(selector, this, { label: 'LogCNN' }),
        languages.registerReferenceProvider(selector, this),
        languages.registerFoldingRangeProvider(selector, this),
        languages.registerCodeActionsProvider(selector, this),
      );
    }
  }

  provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    const results = this.resultsOf(document);
    const own = results && linesShownBy(results, document.uri);
    return (results?.outcome?.findings ?? [])
      .filter(({ line }) => line > own!.after && line <= own!.last)
      .slice(0, MOST_SYMBOLS)
      .map((finding) => {
        const range = rangeOfLine(finding.line - own!.after);
        const title = titleOf(finding, finding.text);
        return new vscode.DocumentSymbol(title, this.messages.why(finding), vscode.SymbolKind.Event, range, range);
      });
  }

  /** Lists the lines of the session whose id is at the place, of those that are findings. */
  provideReferences(document: vscode.TextDocument, position: vscode.Position): vscode.Location[] {
    const results = this.resultsOf(document);
    if (results?.outcome === undefined) {
      return [];
    }
    const { findings, index } = results.outcome;
    const { text } = document.lineAt(position);
    const line = linesShownBy(results, document.uri).after + position.line + 1;
    const session = findingsAt(index, line)
      .map((each) => findings[each])
      .find(({ block }) => isAt(text, block, position.character));
    return Array.from(session?.lines.subarray(0, MOST_REFERENCES) ?? [], (each) => {
      const place = placeOf(results, each);
      return new vscode.Location(place.documentUri, rangeOfLine(place.line));
    });
  }

  /** Folds the stack traces of findings. */
  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] {
    const results = this.resultsOf(document);
    const own = results && linesShownBy(results, document.uri);
    const ranges = new Map<number, vscode.FoldingRange>();
    for (const { lines } of results?.outcome?.findings.slice(0, MOST_SYMBOLS) ?? []) {
      for (let i = 0; i + 1 < lines.length && i < LONGEST_TRACE; i++) {
        const start = lines[i] - own!.after - 1;
        if (start >= 0 && lines[i] <= own!.last && lines[i + 1] === lines[i] + 1) {
          const end = traceEnd(document, start);
          if (end > start) {
            ranges.set(start, new vscode.FoldingRange(start, end));
            i += end - start;
          }
        }
      }
    }
    return [...ranges.values()];
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const { t } = this;
    const results = this.resultsOf(document);
    if (results?.outcome === undefined) {
      return [];
    }
    const line = linesShownBy(results, document.uri).after + range.start.line + 1;
    const [index] = findingsAt(results.outcome.index, line);
    if (index === undefined) {
      return [];
    }
    const reference: FindingReference = { file: results.uri.toString(), finding: index };
    const actions: [string, string][] = [
      [t('Show in Context'), 'logcnn.showBlock'],
      [t('Find Lines Like This'), 'logcnn.findLikeThis'],
      [t('Copy Reason'), 'logcnn.copyReason'],
      [t('Copy as Markdown'), 'logcnn.copyMarkdown'],
    ];
    return actions.map(([title, command]) => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.command = { title, command, arguments: [reference] };
      return action;
    });
  }

  /** None in an edited document, in which a line may be another one than was scanned. */
  private resultsOf({ uri }: vscode.TextDocument): FileResults | undefined {
    const results = this.store.get(uri);
    return results?.staleness === 'edited' ? undefined : results;
  }
}

/** A pattern has no escape for its own signs; what `?` matches besides has no results, so nothing is offered there. */
function selectorOf(uri: vscode.Uri): vscode.DocumentFilter {
  const name = baseName(uri).replace(/[*?[\]{}]/g, '?');
  const folder = vscode.Uri.joinPath(uri, '..').with({ scheme: 'file' });
  return { scheme: uri.scheme, pattern: new vscode.RelativePattern(folder, name) };
}

/** Whether a word of a text covers a column. */
function isAt(text: string, word: string, column: number): boolean {
  for (let at = text.indexOf(word); at >= 0 && at <= column; at = text.indexOf(word, at + 1)) {
    if (column <= at + word.length) {
      return true;
    }
  }
  return false;
}

/** The last line of the stack trace that begins below a line; the line itself if none does. */
function traceEnd(document: vscode.TextDocument, start: number): number {
  let end = start;
  while (
    end + 1 < document.lineCount &&
    end - start < LONGEST_TRACE &&
    TRACE_LINE.test(document.lineAt(end + 1).text)
  ) {
    end++;
  }
  return end;
}
