import { mkdirSync, writeFileSync } from 'node:fs';

/** A row of the table: what was measured by its name; a figure is absent where it is not defined. */
export interface Row {
  set: string;
  detector: string;
  [figure: string]: string | number | undefined;
}

/** The columns that every set may have; other figures stand behind them with their names. */
const COLUMNS = [
  'AP',
  'AUC',
  'best F1',
  'P',
  'R',
  'hit@1',
  'hit@3',
  'hit@10',
  'recall@10',
  'findings',
  'seconds',
  'lines/s',
] as const;

const rows: Row[] = [];

/** Prints a row of the one table that all sets share, under its header where it is the first. */
export function report(row: Row): void {
  if (rows.length === 0) {
    console.log(line('set', 'detector', [...COLUMNS]));
  }
  rows.push(row);
  const { set, detector, ...figures } = row;
  const others = Object.keys(figures).filter((name) => !(COLUMNS as readonly string[]).includes(name));
  console.log(
    line(
      set,
      detector,
      COLUMNS.map((name) => textOf(figures[name])),
    ) + others.map((name) => `  ${name} ${textOf(figures[name])}`).join(''),
  );
}

/** Writes all rows so far as JSON to `out/bench/anylog.json`. */
export function writeReport(): void {
  mkdirSync('out/bench', { recursive: true });
  writeFileSync('out/bench/anylog.json', JSON.stringify(rows, undefined, 2));
}

function line(set: string, detector: string, cells: readonly string[]): string {
  return `${set.padEnd(20)} ${detector.padEnd(36)}${cells.map((cell) => cell.padStart(10)).join('')}`;
}

function textOf(value: string | number | undefined): string {
  if (typeof value !== 'number') {
    return value ?? '–';
  }
  return Number.isNaN(value) ? '–' : Number.isInteger(value) ? String(value) : value.toFixed(3);
}
