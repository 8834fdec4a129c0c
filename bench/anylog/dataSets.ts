import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { EventLog } from '../../src/core/detectors/labelFree/eventLog';
import { parseLines } from './parseLines';
import { readRecords } from './readRecords';

/** Folder of the real logs, which are never part of the project. */
export const DATA = path.resolve(process.env.LOGCNN_SHARED ?? '../shared', 'data');

/** A log whose blocks are labelled. */
export interface BlockSet {
  name: string;
  log: EventLog;
  /** Per block: 1 = anomalous. */
  labels: Uint8Array;
}

/** Lines of a stream's window. */
const WINDOW = 20;

/** Content of a data file; .gz and .xz are unpacked. */
export function readText(relativePath: string): string {
  const file = path.join(DATA, relativePath);
  if (file.endsWith('.xz')) {
    return execFileSync('xz', ['-dc', file], { maxBuffer: 2 ** 30, encoding: 'utf8' });
  }
  const bytes = readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

export function readLines(relativePath: string): string[] {
  const lines = readText(relativePath).split(/\r\n|\n/);
  if (lines.at(-1) === '') {
    lines.pop();
  }
  return lines;
}

/** Numbers names in order of appearance. */
class Numbering {
  readonly names: string[] = [];
  private readonly numbers = new Map<string, number>();

  of(name: string): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.names.push(name) - 1;
      this.numbers.set(name, number);
    }
    return number;
  }
}

/** A log of sessions; lines without key are left out. */
function sessionLog(lines: readonly { key: string; text: string }[]): { log: EventLog; keys: string[] } {
  const { templates, events } = parseLines(lines.map(({ text }) => text));
  const numbering = new Numbering();
  const sequences = Uint32Array.from(lines, ({ key }) => numbering.of(key));
  const count = numbering.names.length;
  const log = {
    templates,
    events,
    sequences,
    sequenceCount: count,
    blocks: sequences,
    blockCount: count,
    kind: 'sessions' as const,
  };
  return { log, keys: numbering.names };
}

/** A stream in windows of 20 lines. */
export function windowLog(lines: readonly { source: string; text: string }[]): EventLog {
  const { templates, events } = parseLines(lines.map(({ text }) => text));
  const numbering = new Numbering();
  const sequences = Uint32Array.from(lines, ({ source }) => numbering.of(source));
  return {
    templates,
    events,
    sequences,
    sequenceCount: numbering.names.length,
    blocks: events.map((_, entry) => Math.floor(entry / WINDOW)),
    blockCount: Math.ceil(lines.length / WINDOW),
    kind: 'stream',
  };
}

function readLabels(relativePath: string): Set<string> {
  const rows = readLines(relativePath).map((row) => row.split(','));
  return new Set(rows.filter(([, label]) => label === 'Anomaly').map(([key]) => key));
}

function labelled(name: string, lines: readonly { key: string; text: string }[], anomalous: Set<string>): BlockSet {
  const { log, keys } = sessionLog(lines);
  return { name, log, labels: Uint8Array.from(keys, (key) => (anomalous.has(key) ? 1 : 0)) };
}

/** HDFS: sessions of the block id (the first one that a line names). */
export function hdfs(): BlockSet {
  const lines = readLines('hdfs/HDFS_dev.log.gz').map((line) => ({
    key: /blk_-?\d+/.exec(line)?.[0] ?? '',
    text: line
      .split(' ')
      .slice(3)
      .join(' ')
      .replace(/blk_-?\d+/g, '<*>')
      .replace(/\/user\/\S+|\/mnt\/\S+/g, '<*>'),
  }));
  return labelled('HDFS_dev', lines, readLabels('hdfs/HDFS_dev_labels.csv'));
}

/** OpenStack nova: sessions of the instance id. */
export function nova(): BlockSet {
  const lines = readLines('openstack/nova_dev.log.gz').flatMap((text) => {
    const key = /\[instance: ([0-9a-f-]{36})\]/.exec(text)?.[1];
    return key === undefined ? [] : [{ key, text }];
  });
  return labelled('nova', lines, readLabels('openstack/nova_dev_labels.csv'));
}

/** BlueGene/L: windows of 20 lines, one with an alert in it is anomalous; a sequence is what a node writes. */
export function bgl(): BlockSet {
  const lines = readLines('bgl/BGL_dev.log.gz').map((line) => line.split(' '));
  const log = windowLog(lines.map((fields) => ({ source: fields[3], text: fields.slice(6).join(' ') })));
  const labels = new Uint8Array(log.blockCount);
  lines.forEach(([alert], entry) => {
    if (alert !== '-') {
      labels[log.blocks[entry]] = 1;
    }
  });
  return { name: 'BGL', log, labels };
}

/**
 * A set read as the programs read it, format, records and templates found by themselves; only the session key is given,
 * or the source of a stream's lines.
 */
export function readByItself(name: 'HDFS_dev' | 'nova' | 'BGL'): BlockSet {
  const title = `${name}, by itself`;
  if (name === 'BGL') {
    const lines = readLines('bgl/BGL_dev.log.gz');
    const sources = new Numbering();
    const labels = new Uint8Array(Math.ceil(lines.length / WINDOW));
    lines.forEach((line, i) => (labels[Math.floor(i / WINDOW)] |= line.startsWith('- ') ? 0 : 1));
    // The first column is the label.
    const unlabelled = lines.map((line) => line.slice(line.indexOf(' ') + 1));
    const place = (line: string, i: number) => ({
      sequence: sources.of(line.split(' ')[2]),
      block: Math.floor(i / WINDOW),
    });
    return { name: title, log: readRecords(unlabelled, 'stream', place), labels };
  }
  const [file, labelFile, key] =
    name === 'HDFS_dev'
      ? ['hdfs/HDFS_dev.log.gz', 'hdfs/HDFS_dev_labels.csv', /blk_-?\d+/]
      : ['openstack/nova_dev.log.gz', 'openstack/nova_dev_labels.csv', /(?<=\[instance: )[0-9a-f-]{36}/];
  const keys = new Numbering();
  const log = readRecords(readLines(file), 'sessions', (line) => {
    const found = key.exec(line)?.[0];
    return found === undefined ? undefined : { sequence: keys.of(found), block: keys.of(found) };
  });
  const anomalous = readLabels(labelFile);
  return { name: title, log, labels: Uint8Array.from(keys.names, (session) => (anomalous.has(session) ? 1 : 0)) };
}

/** Train Ticket on Kubernetes: blocks of a pod's minute, anomalous in the two minutes after a fault was injected. */
export function nezha(): BlockSet {
  const lines = readLines('nezha/nezha_trainticket_2023-01-29_faults.log.xz');
  const hours = Object.values(
    JSON.parse(readText('nezha/2023-01-29-fault_list.json')) as Record<
      string,
      { inject_time: string; inject_pod: string }[]
    >,
  );
  const faults = hours.flat().map((fault) => ({
    time: Date.parse(`${fault.inject_time.replace(' ', 'T')}Z`) / 1000,
    pod: fault.inject_pod,
  }));
  const pods = new Numbering();
  const blocks = new Numbering();
  const anomalous = new Set<number>();
  let seconds = 0;
  const entries = lines.map((line) => {
    const [time, pod = ''] = line.split(' ', 2);
    const parsed = Date.parse(`${time.slice(0, 19)}Z`) / 1000;
    seconds = Number.isNaN(parsed) ? seconds : parsed;
    const block = blocks.of(`${pod} ${Math.floor(seconds / 60)}`);
    if (faults.some((fault) => fault.pod === pod && fault.time - 5 <= seconds && seconds < fault.time + 120)) {
      anomalous.add(block);
    }
    return { pod: pods.of(pod), block, text: line.split(' ').slice(2).join(' ') };
  });
  const log: EventLog = {
    ...parseLines(entries.map(({ text }) => text)),
    sequences: Uint32Array.from(entries, ({ pod }) => pod),
    sequenceCount: pods.names.length,
    blocks: Uint32Array.from(entries, ({ block }) => block),
    blockCount: blocks.names.length,
    kind: 'stream',
  };
  return { name: 'Nezha', log, labels: Uint8Array.from(blocks.names, (_, block) => (anomalous.has(block) ? 1 : 0)) };
}

/** A CI log with the line range that explains the failure. */
interface CiLog {
  /** Repository. */
  repository: string;
  name: string;
  lines: string[];
  /** First and last line of the explanation, from 0. */
  first: number;
  last: number;
}

/** LogChunks: Travis logs of failed builds, unpacked once to a folder under out/. */
export function logChunks(): CiLog[] {
  const folder = unpack('ci_travis/logs.tar.xz');
  return readLines('ci_travis/labels.csv')
    .slice(1)
    .map((row) => {
      const [name, first, last] = row.split(',');
      const text = readFileSync(path.join(folder, name), 'utf8');
      return {
        repository: name.split('/').slice(0, 2).join('/'),
        name,
        lines: text.split(/\r\n|\r|\n/),
        first: Number(first) - 1,
        last: Number(last) - 1,
      };
    });
}

/** Folder with the content of a packed data file. */
export function unpack(relativePath: string): string {
  const folder = path.resolve('out/bench/data', path.basename(relativePath, '.tar.xz'));
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    execFileSync('tar', ['xJf', path.join(DATA, relativePath), '-C', folder]);
  }
  return folder;
}
