import * as vscode from 'vscode';
import type { Finding } from '../../core/findings/finding';
import { findingsAt } from '../results/lineLookup';
import { linesShownBy } from '../results/logPlaces';
import type { FileResults, ResultsStore } from '../results/resultsStore';
import type { FindingReference } from '../tree/navigation';
import type { ResultsTree } from '../tree/resultsTree';
import type { ResultNode } from '../tree/treeModel';

/** A finding, or one of the most suspicious blocks of a log without any. */
export interface TargetFinding {
  results: FileResults;
  finding: Finding;
  /** Among the findings of the log; undefined if it is none of them. */
  index: number | undefined;
}

/** Tells which finding a command is about. */
export class FindingTarget {
  constructor(
    private readonly store: ResultsStore,
    private readonly tree: ResultsTree,
  ) {}

  /**
   * The finding of a row or a link.
   * @param named if none, that of the line under the cursor, the best of several; else the one selected in the results
   */
  of(named?: ResultNode | FindingReference): TargetFinding | undefined {
    return named === undefined ? (this.atCursor() ?? this.selected()) : this.named(named);
  }

  private selected(): TargetFinding | undefined {
    const [row] = this.tree.view.selection;
    return row && this.named(row);
  }

  private atCursor(): TargetFinding | undefined {
    const editor = vscode.window.activeTextEditor;
    const results = editor && this.store.get(editor.document.uri);
    if (editor === undefined || results?.outcome === undefined) {
      return undefined;
    }
    const line = linesShownBy(results, editor.document.uri).after + editor.selection.active.line + 1;
    const [index] = findingsAt(results.outcome.index, line);
    return index === undefined ? undefined : { results, finding: results.outcome.findings[index], index };
  }

  private named(named: ResultNode | FindingReference): TargetFinding | undefined {
    if ('finding' in named && 'file' in named) {
      const results = this.store.get(vscode.Uri.parse(named.file));
      const finding = results?.outcome?.findings[named.finding];
      return finding && { results, finding, index: named.finding };
    }
    const node = named.kind === 'line' ? named.block : named;
    switch (node.kind) {
      case 'block':
        return { results: node.results, finding: node.finding, index: node.index };
      case 'suspect':
        return { results: node.results, finding: node.finding, index: undefined };
      default:
        return undefined;
    }
  }
}
