import { execFileSync } from 'node:child_process';
import { closeSync, copyFileSync, mkdtempSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync, gunzipSync } from 'node:zlib';
import { hdfsLog } from '../support/hdfsLog';

/** What the command line finds in a log: the editor has to show the same. */
export interface ExpectedFindings {
  lines: number;
  blocks: number;
  findings: { block: string; line: number; lines: number[]; reason: string }[];
}

/** A temporary folder with logs to scan. */
export class UiWorkspace {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'workspace-'));

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

  /** The text of a file. */
  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** Absolute path of a file. */
  path(name: string): string {
    return path.join(this.folder, name);
  }

  expect(name: string): ExpectedFindings {
    const raw = readFileSync(this.path(name));
    const text = (name.endsWith('.gz') ? gunzipSync(raw) : raw).toString().split('\n');
    const blocks = new Map<string, { block: string; lines: number[]; line: number; reason: string }>();
    for (const [i, l] of text.entries())
      for (const k of new Set(l.match(/blk_-?\d+/g) ?? [])) {
        const b = blocks.get(k) ?? {
          block: k,
          lines: [],
          line: 0,
          reason: '`received exception <*>` where most blocks go on.',
        };
        blocks.set(k, b);
        b.lines.push(i + 1);
        if (b.line === 0 && l.includes('exception')) b.line = i + 1;
      }
    return { lines: text.length, blocks: blocks.size, findings: [...blocks.values()].filter((b) => b.line > 0) };
  }
}
