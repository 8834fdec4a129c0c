import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { EventLog, EventTemplate } from '../../src/core/events/eventLog';
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
function windowLog(lines: readonly { source: string; text: string }[]): EventLog {
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

/** Per session of a table of labels whether it is anomalous. */
export function readLabels(relativePath: string): Map<string, boolean> {
  const rows = readLines(relativePath)
    .slice(1)
    .map((row) => row.split(','));
  return new Map(rows.map(([key, label]) => [key, label === 'Anomaly']));
}

function labelled(
  name: string,
  lines: readonly { key: string; text: string }[],
  anomalous: ReadonlyMap<string, boolean>,
): BlockSet {
  const { log, keys } = sessionLog(lines);
  return { name, log, labels: Uint8Array.from(keys, (key) => (anomalous.get(key) === true ? 1 : 0)) };
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
  return {
    name: title,
    log,
    labels: Uint8Array.from(keys.names, (session) => (anomalous.get(session) === true ? 1 : 0)),
  };
}

/** The log of Train Ticket on Kubernetes while faults were injected. */
interface NezhaFaults {
  lines: string[];
  /** Per line its pod, and its block: the pod and the minute. */
  pods: string[];
  blocks: string[];
  /** Per block whether it is anomalous: in the two minutes after a fault was injected into its pod. */
  labels: Map<string, boolean>;
}

export function faultsOfNezha(): NezhaFaults {
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
  const pods: string[] = [];
  const blocks: string[] = [];
  const labels = new Map<string, boolean>();
  let seconds = 0;
  for (const line of lines) {
    const [time, pod = ''] = line.split(' ', 2);
    const parsed = Date.parse(`${time.slice(0, 19)}Z`) / 1000;
    seconds = Number.isNaN(parsed) ? seconds : parsed;
    const block = `${pod} ${Math.floor(seconds / 60)}`;
    const isFault = faults.some(
      (fault) => fault.pod === pod && fault.time - 5 <= seconds && seconds < fault.time + 120,
    );
    pods.push(pod);
    blocks.push(block);
    labels.set(block, labels.get(block) === true || isFault);
  }
  return { lines, pods, blocks, labels };
}

/** Train Ticket on Kubernetes: blocks of a pod's minute; a sequence is what a pod writes. */
export function nezha(): BlockSet {
  const { lines, pods, blocks, labels } = faultsOfNezha();
  const sequences = new Numbering();
  const numbers = new Numbering();
  const log: EventLog = {
    ...parseLines(lines.map((line) => line.split(' ').slice(2).join(' '))),
    sequences: Uint32Array.from(pods, (pod) => sequences.of(pod)),
    sequenceCount: new Set(pods).size,
    blocks: Uint32Array.from(blocks, (block) => numbers.of(block)),
    blockCount: labels.size,
    kind: 'stream',
  };
  return { name: 'Nezha', log, labels: Uint8Array.from(numbers.names, (block) => (labels.get(block) ? 1 : 0)) };
}

/** Hadoop jobs: sessions are containers, given as the numbers of their templates; those of jobs that failed are anomalous. */
export function hadoop(): BlockSet {
  const templates = readLines('sequences/templates/Hadoop_templates.csv').map((text): EventTemplate => ({
    text,
    severity: 'unknown',
  }));
  const folder = 'sequences/hadoop_loghub';
  const sessions = ['hadoop_train', 'hadoop_test_normal', 'hadoop_test_abnormal'].flatMap((file) =>
    readLines(`${folder}/${file}`).map((line) => ({
      events: line
        .slice(line.lastIndexOf(',') + 1)
        .split(' ')
        .map((number) => Number(number) - 1),
      label: file === 'hadoop_test_abnormal' ? 1 : 0,
    })),
  );
  const sequences = Uint32Array.from(sessions.flatMap(({ events }, session) => events.map(() => session)));
  const log: EventLog = {
    templates,
    events: Uint32Array.from(sessions.flatMap(({ events }) => events)),
    sequences,
    sequenceCount: sessions.length,
    blocks: sequences,
    blockCount: sessions.length,
    kind: 'sessions',
  };
  return { name: 'Hadoop', log, labels: Uint8Array.from(sessions, ({ label }) => label) };
}

/** Requests of a scanner in the log of a web server, read as the programs do, in windows of 20 lines. */
export function apacheAttacks(): BlockSet {
  const { lines, labels } = attackedServer();
  const log = readRecords(lines, 'stream', (_, i) => ({ sequence: 0, block: Math.floor(i / WINDOW) }));
  const anomalous = new Uint8Array(Math.ceil(lines.length / WINDOW));
  labels.forEach((label, i) => (anomalous[Math.floor(i / WINDOW)] |= label ? 1 : 0));
  return { name: 'apache_attacks', log: { ...log, blockCount: anomalous.length }, labels: anomalous };
}

/** Single lines of fail2ban's tests, an attack or none: a block is a line, for they have no order. */
export function fail2ban(): BlockSet {
  const rows = readLines('formats/fail2ban_labelled.csv')
    .map((row) => /^[^,]*,(true|false),"?(.*?)"?$/.exec(row))
    .filter((row) => row !== null);
  const log = windowLog(rows.map(([, , text]) => ({ source: '', text })));
  return {
    name: 'fail2ban',
    log: { ...log, blocks: log.events.map((_, i) => i), blockCount: rows.length },
    labels: Uint8Array.from(rows, ([, label]) => (label === 'true' ? 1 : 0)),
  };
}

/** Bursts of attacks that are put into the log of a healthy server, and the requests of each. */
const BURSTS = 10;
const BURST = 20;

/**
 * The second half of a web server's log with the requests of a scanner for weaknesses: ten bursts of twenty, each from
 * another part of the scan. The first half is a log of the time before.
 */
export function attackedServer(): { lines: string[]; labels: boolean[]; good: string[] } {
  const server = readLines('formats/elastic_examples/apache_logs/apache_logs');
  const attacks = readLines('apache_attacks/acunetix.log.gz');
  const half = server.length >> 1;
  const gap = Math.floor((server.length - half) / (BURSTS + 1));
  const lines: string[] = [];
  const labels: boolean[] = [];
  const add = (more: readonly string[], isAttack: boolean): void => {
    lines.push(...more);
    labels.push(...more.map(() => isAttack));
  };
  for (let burst = 0; burst < BURSTS; burst++) {
    const start = half + burst * gap;
    const attack = Math.floor((burst * attacks.length) / BURSTS);
    add(server.slice(start, start + gap), false);
    add(attacks.slice(attack, attack + BURST), true);
  }
  add(server.slice(half + BURSTS * gap), false);
  return { lines, labels, good: server.slice(0, half) };
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
