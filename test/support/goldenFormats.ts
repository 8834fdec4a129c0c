import { readFileSync } from 'node:fs';
import { LEVEL_NAMES } from '../../src/core/formats/level';
import { FNV_BASIS, fnvStep } from '../../src/core/numeric/hash';
import { recordReader } from './records';

/** Records of each file that are described one by one. */
const DESCRIBED = 40;
/** Records that have one checksum together after these. */
const CHECKED = 100;

/** What reading a file gives, without any of its text. */
export interface GoldenFile {
  path: string;
  /** Names of the formats found, the most frequent first. */
  formats: string[];
  lines: number;
  records: number;
  traces: number;
  /** How often each level occurs. */
  levels: Record<string, number>;
  /** Records that have a time, and how many of these times do not ascend. */
  times: number;
  descents: number;
  /**
   * The first records, one a row: lines, level, time, and where component and content stand in the first line, for example
   * `4-6 warn 2015-10-18T18:01:47.978Z component 30-42 content 44-96`; a row for each stack trace after its record.
   */
  first: string[];
  /** Checksums (FNV-1a) over the same values and the contents of the records after these, by the numbers of the records. */
  rest: Record<string, string>;
}

/** Reads a file and describes what came of it. */
export function goldenFile(path: string, file: string): GoldenFile {
  const levels: Record<string, number> = {};
  const golden = { records: 0, traces: 0, times: 0, descents: 0 };
  const rows: { first: number; last: number; text: string; content: string }[] = [];
  let lastTime = -Infinity;
  const bytes = readFileSync(file);
  const reader = recordReader(
    bytes,
    {
      onRecord: (bytes, start, _end, line, header) => {
        golden.records++;
        const level = LEVEL_NAMES[header.level];
        levels[level] = (levels[level] ?? 0) + 1;
        if (!Number.isNaN(header.time)) {
          golden.times++;
          golden.descents += header.time < lastTime ? 1 : 0;
          lastTime = header.time;
        }
        const time = Number.isNaN(header.time) ? 'no time' : new Date(header.time).toISOString();
        const place = (from: number, to: number): string => (from === to ? 'none' : `${from - start}-${to - start}`);
        const component = place(header.componentStart, header.componentEnd);
        const content = place(header.contentStart, header.contentEnd);
        rows.push({
          first: line,
          last: line,
          text: `${level} ${time} component ${component} content ${content}`,
          content: Buffer.from(bytes.subarray(header.contentStart, header.contentEnd)).toString('latin1'),
        });
      },
      onContinuation: () => rows[rows.length - 1].last++,
      onTrace: (signature, line) => {
        golden.traces++;
        const record = rows[rows.length - 1];
        record.text += `, trace from line ${line}`;
        record.content += signature;
      },
    },
    { year: 2020 },
  );
  reader.push(bytes);
  reader.finish();
  const row = ({ first, last, text }: (typeof rows)[number]): string =>
    `${first === last ? first : `${first}-${last}`} ${text}`;
  const rest: Record<string, string> = {};
  for (let from = DESCRIBED; from < rows.length; from += CHECKED) {
    const some = rows.slice(from, from + CHECKED);
    rest[`${from + 1}-${from + some.length}`] = checksum(
      some.map((each) => `${row(each)}\n${each.content}`).join('\n'),
    );
  }
  return {
    path,
    formats: reader.format.formats.map(({ name }) => name),
    lines: reader.lines,
    ...golden,
    levels,
    first: rows.slice(0, DESCRIBED).map((each) => `${row(each)} #${checksum(each.content)}`),
    rest,
  };
}

/** What differs between two readings of a file, one sentence each, the records by their numbers; nothing if they are the same. */
export function goldenDifferences(actual: GoldenFile, expected: GoldenFile): string[] {
  const differences: string[] = [];
  const compare = (what: string, is: unknown, was: unknown): void => {
    const [now, before] = [JSON.stringify(is), JSON.stringify(was)];
    if (now !== before) differences.push(`${expected.path}: ${what} ${now ?? 'missing'}, expected ${before ?? 'none'}`);
  };
  for (const key of ['formats', 'lines', 'records', 'traces', 'levels', 'times', 'descents'] as const) {
    compare(`${key} are`, actual[key], expected[key]);
  }
  for (let i = 0; i < Math.max(actual.first.length, expected.first.length); i++) {
    compare(`record ${i + 1} is`, actual.first[i], expected.first[i]);
  }
  for (const numbers of new Set([...Object.keys(actual.rest), ...Object.keys(expected.rest)])) {
    compare(`records ${numbers} have the checksum`, actual.rest[numbers], expected.rest[numbers]);
  }
  return differences;
}

function checksum(text: string): string {
  let hash = FNV_BASIS;
  for (let i = 0; i < text.length; i++) {
    hash = fnvStep(hash, text.charCodeAt(i));
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
