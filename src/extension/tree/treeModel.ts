import type { Finding } from '../../core/findings/finding';
import { pageRows, rangesTo, type PageRange } from './paging';
import { findingGroups, type FindingGroup, type Grouping } from './findingGroups';
import type { FileResults, ScanOutcome } from '../results/resultsStore';
import type { ShownFindings } from '../results/shownFindings';

/** What the blocks of a file are sorted by. */
export type SortOrder = 'score' | 'position';

export interface FileNode {
  kind: 'file';
  results: FileResults;
}

/** Gathers the files without findings. */
export interface CleanNode {
  kind: 'clean';
}

/** Findings of all files that have something in common. */
export interface GroupNode {
  kind: 'group';
  group: FindingGroup;
}

export interface BlockNode {
  kind: 'block';
  results: FileResults;
  outcome: ScanOutcome;
  /** Of the finding in the outcome. */
  index: number;
  finding: Finding;
}

/** Gathers the most suspicious blocks of a log below the threshold. */
export interface RestNode {
  kind: 'rest';
  results: FileResults;
}

/** One of those blocks; it is no finding. */
export interface MostSuspiciousNode {
  kind: 'suspect';
  results: FileResults;
  /** Among the suspects of the outcome. */
  index: number;
  finding: Finding;
}

export interface LineNode {
  kind: 'line';
  block: BlockNode | MostSuspiciousNode;
  /** Physical line number, from 1. */
  line: number;
  text: string;
}

/** Some of the blocks of a file, or of the lines of a block: places in the order in which they are shown. */
export interface RangeNode {
  kind: 'range';
  of: Listing;
  range: PageRange;
  /** How many the whole list has. */
  length: number;
}

export type ResultNode =
  FileNode | CleanNode | GroupNode | BlockNode | RestNode | MostSuspiciousNode | LineNode | RangeNode;

/** Rows with lists below them that may be long. */
type Listing = FileNode | GroupNode | BlockNode | MostSuspiciousNode;

/** Gives the texts of lines of a file. */
export type LineTexts = (results: FileResults, lines: number[]) => Promise<string[]>;

/**
 * The rows of the results tree: file → block → line, or group → block → line, long lists in ranges; below a file the most
 * suspicious blocks that are no findings, apart; files without findings in one row at the end.
 */
export class TreeModel {
  sortOrder: SortOrder = 'score';
  grouping: Grouping = 'file';

  constructor(
    private readonly files: () => FileResults[],
    private readonly shown: ShownFindings,
    private readonly lineTexts: LineTexts,
  ) {}

  /** The rows below a node, or the top ones. */
  async children(node?: ResultNode): Promise<ResultNode[]> {
    if (node === undefined) {
      return this.top();
    }
    switch (node.kind) {
      case 'file':
        return [...(await this.rows(node, { start: 0, end: this.lengthOf(node) })), ...this.restOf(node)];
      case 'clean':
        return this.cleanFiles().map(fileNode);
      case 'rest':
        return this.shown
          .suspectsOf(node.results.outcome!)
          .map((index) => ({ kind: 'suspect', results: node.results, index, finding: suspectOf(node.results, index) }));
      case 'group':
      case 'block':
      case 'suspect':
        return this.rows(node, { start: 0, end: this.lengthOf(node) });
      case 'range':
        return this.rows(node.of, node.range);
      case 'line':
        return [];
    }
  }

  /** The row above a node; `undefined` for a top one. */
  parent(node: ResultNode): ResultNode | undefined {
    switch (node.kind) {
      case 'file':
        return isClean(node.results) && this.gathersClean ? { kind: 'clean' } : undefined;
      case 'clean':
      case 'group':
        return undefined;
      case 'block': {
        const above = this.above(node);
        return above && this.rangeAround(above.of, above.place);
      }
      case 'rest':
        return { kind: 'file', results: node.results };
      case 'suspect':
        return { kind: 'rest', results: node.results };
      case 'line':
        return this.rangeAround(node.block, node.block.finding.lines.indexOf(node.line));
      case 'range': {
        const around = rangesTo(node.range.start, node.length);
        const above =
          around[around.findIndex(({ start, end }) => start === node.range.start && end === node.range.end) - 1];
        return above === undefined ? node.of : { ...node, range: above };
      }
    }
  }

  /** The row of a finding; `undefined` if the file has no such finding (any more), or it is not shown. */
  block(results: FileResults, index: number): BlockNode | undefined {
    const { outcome } = results;
    const finding = outcome?.findings[index];
    return outcome === undefined || finding === undefined || !this.shown.has(outcome, index)
      ? undefined
      : { kind: 'block', results, outcome, index, finding };
  }

  /** What the tree view knows a row by, the same for the same block after another scan. */
  id(node: ResultNode): string {
    switch (node.kind) {
      case 'file':
        return node.results.uri.toString();
      case 'clean':
        return 'clean';
      case 'group':
        return `${this.grouping}:${node.group.key}`;
      case 'block':
        return `${node.results.uri.toString()}#${node.finding.block}`;
      case 'rest':
        return `${node.results.uri.toString()}#rest`;
      case 'suspect':
        return `${node.results.uri.toString()}#rest:${node.index}#${node.finding.block}`;
      case 'line':
        return `${this.id(node.block)}#${node.line}`;
      case 'range': {
        const order = node.of.kind === 'file' ? this.sortOrder : 'lines';
        return `${this.id(node.of)}#${order}:${node.range.start}-${node.range.end}`;
      }
    }
  }

  /** Files without findings; what is scanned or followed, or has failed, is looked at by itself. */
  cleanFiles(): FileResults[] {
    return this.files().filter(isClean);
  }

  /** Whether a file is among those without findings. */
  isClean(results: FileResults): boolean {
    return isClean(results);
  }

  /** How many rows of findings a file has. */
  shownCount({ outcome }: FileResults): number {
    return outcome === undefined ? 0 : this.shown.of(outcome).length;
  }

  private top(): ResultNode[] {
    const files = this.files();
    const clean = files.filter(isClean);
    const others = files.filter((results) => !isClean(results));
    const findings: ResultNode[] =
      this.grouping === 'file'
        ? others
            .filter((results) => !this.shown.isFiltered || isBusy(results) || this.shownCount(results) > 0)
            .map(fileNode)
        : [
            ...this.groups().map((group) => ({ kind: 'group' as const, group })),
            ...others.filter(isBusy).map(fileNode),
          ];
    return [...findings, ...(this.gathersClean ? [{ kind: 'clean' as const }] : clean.map(fileNode))];
  }

  /** One file without findings has a row of its own. */
  private get gathersClean(): boolean {
    return this.cleanFiles().length > 1;
  }

  private groups(): FindingGroup[] {
    return this.grouping === 'file' ? [] : findingGroups(this.grouping, this.files(), this.shown);
  }

  private restOf({ results }: FileNode): RestNode[] {
    const { outcome } = results;
    return outcome !== undefined && this.shown.suspectsOf(outcome).length > 0 ? [{ kind: 'rest', results }] : [];
  }

  private async rows(of: Listing, range: PageRange): Promise<ResultNode[]> {
    const rows = pageRows(range);
    const leaves = rows.filter((row) => typeof row === 'number');
    const ranges = rows.filter((row) => typeof row !== 'number');
    const length = this.lengthOf(of);
    return [
      ...(of.kind === 'block' || of.kind === 'suspect' ? await this.lines(of, leaves) : this.blocks(of, leaves)),
      ...ranges.map((each): RangeNode => ({ kind: 'range', of, range: each, length })),
    ];
  }

  private lengthOf(of: Listing): number {
    switch (of.kind) {
      case 'file':
        return this.shownCount(of.results);
      case 'group':
        return of.group.members.length;
      case 'block':
      case 'suspect':
        return of.finding.lines.length;
    }
  }

  private blocks(of: FileNode | GroupNode, places: number[]): BlockNode[] {
    if (of.kind === 'group') {
      return places.map((place) => {
        const { results, index } = of.group.members[place];
        return this.block(results, index)!;
      });
    }
    const order = this.orderOf(of.results);
    return places.map((place) => this.block(of.results, order[place])!);
  }

  /** The findings of a file as they are shown one below the other. */
  private orderOf({ outcome }: FileResults): readonly number[] {
    if (outcome === undefined) {
      return [];
    }
    const shown = this.shown.of(outcome);
    if (this.sortOrder === 'score') {
      return shown;
    }
    const isShown = new Set(shown);
    return Array.from(outcome.index.byPosition).filter((index) => isShown.has(index));
  }

  private async lines(block: BlockNode | MostSuspiciousNode, places: number[]): Promise<LineNode[]> {
    const lines = places.map((place) => block.finding.lines[place]);
    const texts = await this.lineTexts(block.results, lines);
    return lines.map((line, i) => ({ kind: 'line', block, line, text: texts[i] }));
  }

  private above({ results, index }: BlockNode): { of: FileNode | GroupNode; place: number } | undefined {
    if (this.grouping === 'file') {
      return { of: { kind: 'file', results }, place: this.orderOf(results).indexOf(index) };
    }
    for (const group of this.groups()) {
      const place = group.members.findIndex((each) => each.results === results && each.index === index);
      if (place >= 0) {
        return { of: { kind: 'group', group }, place };
      }
    }
    return undefined;
  }

  private rangeAround(of: Listing, place: number): ResultNode {
    const length = this.lengthOf(of);
    const range = rangesTo(place, length).at(-1);
    return range === undefined ? of : { kind: 'range', of, range, length };
  }
}

function fileNode(results: FileResults): FileNode {
  return { kind: 'file', results };
}

function suspectOf({ outcome }: FileResults, index: number): Finding {
  return outcome!.suspects[index];
}

/** What is scanned or followed, or has failed, is looked at by itself. */
function isBusy({ scanning, following, failure }: FileResults): boolean {
  return scanning || following !== undefined || failure !== undefined;
}

/** Whether a file was scanned and has no findings. */
function isClean(results: FileResults): boolean {
  return !isBusy(results) && (results.outcome?.findings.length ?? 0) === 0;
}
