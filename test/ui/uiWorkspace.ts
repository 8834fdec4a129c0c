import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { hdfsLog } from '../support/hdfsLog';

/** What the command line finds in a log: the editor has to show the same. */
export interface ExpectedFindings {
  lines: number;
  blocks: number;
  findings: { block: string; line: number; lines: number[]; reason: string }[];
  most_suspicious: { line: number }[];
}

/** A temporary folder with logs to scan. */
export class UiWorkspace {
  readonly folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'workspace-')), 'logs');

  constructor() {
    mkdirSync(this.folder);
  }

  /** Adds a copy of a sample. */
  addSample(name: string): void {
    copyFileSync(path.join('samples', name), this.path(name));
  }

  /** Adds a file with this text; a name that ends in `.gz` compresses it. */
  addText(name: string, text: string): void {
    writeFileSync(this.path(name), name.endsWith('.gz') ? gzipSync(text) : text);
  }

  /** Adds a generated log of this many blocks. */
  addGenerated(name: string, seed: number, blocks: number, anomalousShare: number): void {
    const file = openSync(this.path(name), 'w');
    let chunk: string[] = [];
    for (const line of hdfsLog({ seed, blocks, anomalousShare })) {
      chunk.push(line, '\n');
      if (chunk.length > 20_000) {
        writeSync(file, chunk.join(''));
        chunk = [];
      }
    }
    writeSync(file, chunk.join(''));
    closeSync(file);
  }

  /** Adds a file that repeats another one. */
  addRepeated(name: string, source: string, times: number): void {
    const bytes = readFileSync(this.path(source));
    for (let i = 0; i < times; i++) appendFileSync(this.path(name), bytes);
  }

  /** Gives the workspace settings of its own. */
  addSettings(settings: Record<string, unknown>): void {
    mkdirSync(this.path('.vscode'));
    writeFileSync(this.path('.vscode/settings.json'), JSON.stringify(settings));
  }

  /** The text of a file. */
  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** Absolute path of a file. */
  path(name: string): string {
    return path.join(this.folder, name);
  }

  /** What the command line finds in a file. */
  expect(name: string): ExpectedFindings {
    const program = path.resolve('dist/cli/detect-anomalies.js');
    const args = [program, '--input', this.path(name), '--output', '-', '--format', 'json', '--no-config'];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e9 })) as ExpectedFindings;
  }
}
