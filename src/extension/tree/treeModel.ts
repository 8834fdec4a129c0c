import type { Finding } from '../../core/findings/finding';
import { pageRows, rangesTo, type PageRange } from './paging';
import type { FileResults, ScanOutcome } from '../results/resultsStore';

/** What the blocks of a file are sorted by. */
export type SortOrder = 'score' | 'position';

export interface FileNode {
  kind: 'file';
  results: FileResults;
}

export interface BlockNode {
  kind: 'block';
  results: FileResults;
  outcome: ScanOutcome;
  /** Of the finding in the outcome. */
  index: number;
  finding: Finding;
}

/** Gathers the most suspicious blocks of a log in which nothing reaches the threshold. */
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

export type ResultNode = FileNode | BlockNode | RestNode | MostSuspiciousNode | LineNode | RangeNode;

/** Rows with lists below them that may be long. */
type Listing = FileNode | BlockNode | MostSuspiciousNode;

/** Gives the texts of lines of a file. */
export type LineTexts = (results: FileResults, lines: number[]) => Promise<string[]>;

/**
 * The rows of the results tree: file → block → line, long lists in ranges; below a file without findings the most
 * suspicious blocks, apart.
 */
export class TreeModel {
  sortOrder: SortOrder = 'score';

  constructor(
    private readonly files: () => FileResults[],
    private readonly lineTexts: LineTexts,
  ) {}

  /** The rows below a node, or the files. */
  async children(node?: ResultNode): Promise<ResultNode[]> {
    if (node === undefined) {
      return this.files().map((results) => ({ kind: 'file', results }));
    }
    switch (node.kind) {
      case 'file':
        return [...(await this.rows(node, { start: 0, end: blockCount(node) })), ...restOf(node)];
      case 'rest':
        return node.results.outcome!.suspects.map((finding, index) => suspect(node.results, index, finding));
      case 'block':
      case 'suspect':
        return this.rows(node, { start: 0, end: node.finding.lines.length });
      case 'range':
        return this.rows(node.of, node.range);
      case 'line':
        return [];
    }
  }

  /** The row above a node; `undefined` for a file. */
  parent(node: ResultNode): ResultNode | undefined {
    switch (node.kind) {
      case 'file':
        return undefined;
      case 'block': {
        const file: FileNode = { kind: 'file', results: node.results };
        return this.rangeAround(file, this.placeOf(node), blockCount(file));
      }
      case 'rest':
        return { kind: 'file', results: node.results };
      case 'suspect':
        return { kind: 'rest', results: node.results };
      case 'line':
        return this.rangeAround(
          node.block,
          node.block.finding.lines.indexOf(node.line),
          node.block.finding.lines.length,
        );
      case 'range': {
        const around = rangesTo(node.range.start, node.length);
        const above =
          around[around.findIndex(({ start, end }) => start === node.range.start && end === node.range.end) - 1];
        return above === undefined ? node.of : { ...node, range: above };
      }
    }
  }

  /** The row of a finding; `undefined` if the file has no such finding (any more). */
  block(results: FileResults, index: number): BlockNode | undefined {
    const finding = results.outcome?.findings[index];
    return finding && { kind: 'block', results, outcome: results.outcome, index, finding };
  }

  /** What the tree view knows a row by, the same for the same block after another scan. */
  id(node: ResultNode): string {
    switch (node.kind) {
      case 'file':
        return node.results.uri.toString();
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

  private async rows(of: Listing, range: PageRange): Promise<ResultNode[]> {
    const length = of.kind === 'file' ? blockCount(of) : of.finding.lines.length;
    const rows = pageRows(range);
    const leaves = rows.filter((row) => typeof row === 'number');
    const ranges = rows.filter((row) => typeof row !== 'number');
    return [
      ...(of.kind === 'file' ? this.blocks(of, leaves) : await this.lines(of, leaves)),
      ...ranges.map((each): RangeNode => ({ kind: 'range', of, range: each, length })),
    ];
  }

  private blocks({ results }: FileNode, places: number[]): BlockNode[] {
    return places.map((place) => {
      const index = this.sortOrder === 'score' ? place : results.outcome!.index.byPosition[place];
      return this.block(results, index)!;
    });
  }

  private async lines(block: BlockNode | MostSuspiciousNode, places: number[]): Promise<LineNode[]> {
    const lines = places.map((place) => block.finding.lines[place]);
    const texts = await this.lineTexts(block.results, lines);
    return lines.map((line, i) => ({ kind: 'line', block, line, text: texts[i] }));
  }

  private placeOf({ index, outcome }: BlockNode): number {
    return this.sortOrder === 'score' ? index : outcome.index.byPosition.indexOf(index);
  }

  private rangeAround(of: Listing, place: number, length: number): ResultNode {
    const range = rangesTo(place, length).at(-1);
    return range === undefined ? of : { kind: 'range', of, range, length };
  }
}

/** None while the file is scanned for the first time, nor where it has findings. */
function restOf({ results }: FileNode): RestNode[] {
  return (results.outcome?.suspects.length ?? 0) > 0 ? [{ kind: 'rest', results }] : [];
}

function suspect(results: FileResults, index: number, finding: Finding): MostSuspiciousNode {
  return { kind: 'suspect', results, index, finding };
}

function blockCount({ results }: FileNode): number {
  return results.outcome?.findings.length ?? 0;
}
