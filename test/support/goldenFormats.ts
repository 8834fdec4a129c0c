import { readFileSync } from 'node:fs';
import { LEVEL_NAMES } from '../../src/core/formats/level';
import { FNV_BASIS, fnvStep } from '../../src/core/numeric/hash';
import { RecordReader } from '../../src/core/records/recordReader';

/** Lines of each file of which the records are kept. */
const GOLDEN_LINES = 300;

/** What reading a file gives, without any of its text. */
export interface GoldenFile {
  path: string;
  /** Names of the formats found, the most frequent first. */
  formats: string[];
  lines: number;
  records: number;
  traces: number;
  /** First lines of the records within the first 300 lines, as ranges: `1-4 7 9-12`. */
  starts: string;
  /** How often each level occurs. */
  levels: Record<string, number>;
  /** Records that have a time, and how many of these times do not ascend. */
  times: number;
  descents: number;
  /** FNV-1a over the contents, components and times of all records and over the signatures of the stack traces. */
  hash: string;
}

/** Reads a file and describes what came of it. */
export function goldenFile(path: string, file: string): GoldenFile {
  const starts: number[] = [];
  const levels: Record<string, number> = {};
  const golden = { records: 0, traces: 0, times: 0, descents: 0 };
  let hash = FNV_BASIS;
  let lastTime = -Infinity;
  const add = (bytes: Uint8Array, start: number, end: number): void => {
    for (let i = start; i < end; i++) {
      hash = fnvStep(hash, bytes[i]);
    }
    hash = fnvStep(hash, 0x100);
  };
  const encoder = new TextEncoder();
  const addText = (text: string): void => {
    const bytes = encoder.encode(text);
    add(bytes, 0, bytes.length);
  };
  const reader = new RecordReader(
    {
      onRecord: (bytes, _start, _end, line, header) => {
        golden.records++;
        if (line <= GOLDEN_LINES) {
          starts.push(line);
        }
        const level = LEVEL_NAMES[header.level];
        levels[level] = (levels[level] ?? 0) + 1;
        if (!Number.isNaN(header.time)) {
          golden.times++;
          golden.descents += header.time < lastTime ? 1 : 0;
          lastTime = header.time;
        }
        add(bytes, header.contentStart, header.contentEnd);
        add(bytes, header.componentStart, header.componentEnd);
        addText(String(header.time));
      },
      onContinuation: () => undefined,
      onTrace: (signature) => {
        golden.traces++;
        addText(signature);
      },
    },
    { year: 2020 },
  );
  reader.push(readFileSync(file));
  reader.finish();
  return {
    path,
    formats: reader.format?.formats.map(({ name }) => name) ?? [],
    lines: reader.lines,
    ...golden,
    starts: ranges(starts),
    levels,
    hash: (hash >>> 0).toString(16),
  };
}

function ranges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < numbers.length;) {
    let j = i;
    while (numbers[j + 1] === numbers[j] + 1) {
      j++;
    }
    parts.push(j === i ? `${numbers[i]}` : `${numbers[i]}-${numbers[j]}`);
    i = j + 1;
  }
  return parts.join(' ');
}
