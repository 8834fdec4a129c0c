import * as vscode from 'vscode';
import { baseName } from '../base/baseName';
import { escapeControls } from '../../core/findings/escapeControls';
import {
  blockHead,
  blockPage,
  FIRST_SURROUNDINGS,
  MORE_LINES,
  pageWithoutLines,
  shownLines,
  type BlockPage,
  type Side,
  type Surroundings,
} from './blockPage';
import { BLOCK_SCHEME, blockOf } from '../base/blockUri';
import { Disposable } from '../base/disposable';
import { headedTextsOf, placeLabel, placeOf, type LogPlace } from '../results/logPlaces';
import type { FileResults, ResultsStore } from '../results/resultsStore';
import type { ResultMessages } from '../results/resultMessages';
import { CancelledError } from '../../core/cancellation';
import type { WorkerClient } from '../engine/workerClient';
import { shownError } from '../base/shownError';

/**
 * Shows a block in the log around it, in a read-only document: its lines and those around the most suspicious one, with their
 * numbers in the log, which are links to it.
 */
export class BlockDocuments
  extends Disposable
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider
{
  private readonly changes = this.register(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.changes.event;
  /** Pages of the open documents. */
  private readonly pages = new Map<string, BlockPage>();
  /** How much of the log around the blocks the open documents show, where that is not as at first. */
  private readonly surroundings = new Map<string, Surroundings>();

  constructor(
    private readonly store: ResultsStore,
    private readonly client: WorkerClient,
    private readonly messages: ResultMessages,
    private readonly t: typeof vscode.l10n.t,
  ) {
    super();
    this.register(vscode.workspace.registerTextDocumentContentProvider(BLOCK_SCHEME, this));
    this.register(vscode.languages.registerDocumentLinkProvider({ scheme: BLOCK_SCHEME }, this));
    this.register(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.pages.delete(uri.toString());
        this.surroundings.delete(uri.toString());
      }),
    );
    this.register(
      store.onDidChange(({ kind, results }) => {
        if (kind === 'completed' || kind === 'staleness') {
          this.refresh(results.uri);
        }
      }),
    );
  }

  /** What a document shows; `undefined` if it is no page of a block. */
  page(document: vscode.Uri): BlockPage | undefined {
    return this.pages.get(document.toString());
  }

  /** Shows more of the log around a block, on one side or on both. */
  showMore(document: vscode.Uri, side?: Side): void {
    const key = document.toString();
    if (this.pages.has(key)) {
      const { before, after } = this.around(key);
      this.surroundings.set(key, {
        before: before + (side === 'after' ? 0 : MORE_LINES),
        after: after + (side === 'before' ? 0 : MORE_LINES),
      });
      this.changes.fire(document);
    }
  }

  /** The row of a page that shows a line of the log; undefined if none does. */
  rowOf(document: vscode.Uri, line: number): number | undefined {
    const row = this.page(document)?.lines.indexOf(line) ?? -1;
    return row < 0 ? undefined : row;
  }

  private around(key: string): Surroundings {
    return this.surroundings.get(key) ?? FIRST_SURROUNDINGS;
  }

  /** Where the line of a row is, or that of the next row that shows one. */
  placeOf(document: vscode.Uri, row: number): LogPlace | undefined {
    const results = this.resultsOf(document);
    const lines = this.page(document)?.lines ?? [];
    const line = lines.slice(row).find((each) => each > 0) ?? lines.findLast((each) => each > 0);
    return results && line !== undefined ? placeOf(results, line) : undefined;
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const page = await this.read(uri);
    this.pages.set(uri.toString(), page);
    return page.text;
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const page = this.page(document.uri);
    const results = this.resultsOf(document.uri);
    if (page === undefined || results === undefined) {
      return [];
    }
    const end = page.numberEnd;
    const numbers = page.lines.flatMap((line, row) => {
      const start = end - placeLabel(results, line).length;
      return line === 0 ? [] : [new LineLink(new vscode.Range(row, start, row, end), document.uri, line)];
    });
    const more = page.more.map(({ row, start, end: last, side }) => {
      const link = new vscode.DocumentLink(new vscode.Range(row, start, row, last));
      const args = encodeURIComponent(JSON.stringify([document.uri.toString(), side]));
      link.target = vscode.Uri.parse(`command:logcnn.showMoreContext?${args}`);
      return link;
    });
    return [...numbers, ...more];
  }

  /** A page may have thousands of links: where one leads is worked out when it is followed. */
  resolveDocumentLink(link: vscode.DocumentLink): vscode.DocumentLink {
    const results = link instanceof LineLink ? this.resultsOf(link.page) : undefined;
    if (link instanceof LineLink && results !== undefined) {
      const { documentUri, line } = placeOf(results, link.line);
      link.target = documentUri.with({ fragment: `L${line}` });
    }
    return link;
  }

  private resultsOf(document: vscode.Uri): FileResults | undefined {
    const name = blockOf(document);
    return name && this.store.get(name.file);
  }

  private async read(uri: vscode.Uri): Promise<BlockPage> {
    const { t, messages } = this;
    const name = blockOf(uri);
    const results = this.resultsOf(uri);
    const shown = [...(results?.outcome?.findings ?? []), ...(results?.outcome?.suspects ?? [])];
    const finding = shown.find(({ block }) => block === name?.block);
    if (results?.outcome === undefined || finding === undefined) {
      const file = name === undefined ? uri.path : baseName(name.file);
      return pageWithoutLines([
        t('{0} is not among the anomalous blocks of {1}; scan it again.', name?.block ?? '', escapeControls(file)),
      ]);
    }
    const log = results.uri.fsPath;
    const around = this.around(uri.toString());
    const lineCount = results.outcome.summary.lines;
    const { lines, length } = shownLines(finding, around, lineCount);
    try {
      const texts = await headedTextsOf(this.client, results, lines, length + 1);
      const notes = results.staleness === 'changed' ? [t('The log has grown since it was scanned.')] : [];
      const labelOf = (line: number): string => placeLabel(results, line);
      return blockPage({ finding, path: log, lineCount, around, labelOf, notes }, texts, messages, t);
    } catch (error) {
      if (!(error instanceof Error) || error instanceof CancelledError) {
        throw error;
      }
      return pageWithoutLines([...blockHead(finding, log, messages, t), '', escapeControls(shownError(error, t))]);
    }
  }

  /** Lets the open pages of a log be read again. */
  private refresh(file: vscode.Uri): void {
    for (const key of this.pages.keys()) {
      const uri = vscode.Uri.parse(key);
      if (blockOf(uri)?.file.toString() === file.toString()) {
        this.changes.fire(uri);
      }
    }
  }
}

/** The link of a line's number. */
class LineLink extends vscode.DocumentLink {
  constructor(
    range: vscode.Range,
    readonly page: vscode.Uri,
    readonly line: number,
  ) {
    super(range);
  }
}
