import { attackedServer, faultsOfNezha, readLabels, readLines } from './dataSets';
import { writeLog } from './listed';
import { evaluateListed, type LabelledLog } from './listedBlocks';

/** Lines of a window. */
const WINDOW = 20;
/** Every which normal session is given as the good log. */
const GOOD = 3;

/** HDFS, nova and BGL as the programs list them without any knowledge, none but that of the log. */
export async function evaluateListedSets(): Promise<void> {
  const unsupervised = { unsupervised: true };
  const hdfs = readLines('hdfs/HDFS_dev.log.gz');
  const hdfsLabels = readLabels('hdfs/HDFS_dev_labels.csv');
  await evaluateListed(
    'as the programs list it',
    { set: 'HDFS_dev', file: writeLog('hdfs.log', hdfs), labels: hdfsLabels },
    unsupervised,
  );
  await evaluateHdfsAgainstGood(hdfs, hdfsLabels);
  const nova = readLines('openstack/nova_dev.log.gz');
  const seen = new Set(nova.map((line) => /\[instance: ([0-9a-f-]{36})\]/.exec(line)?.[1]));
  const novaLabels = [...readLabels('openstack/nova_dev_labels.csv')].filter(([key]) => seen.has(key));
  await evaluateListed(
    'as the programs list it',
    { set: 'nova', file: writeLog('nova.log', nova), labels: new Map(novaLabels) },
    unsupervised,
  );
  const bgl = readLines('bgl/BGL_dev.log.gz');
  // The first column is the label.
  const file = writeLog(
    'bgl.log',
    bgl.map((line) => line.slice(line.indexOf(' ') + 1)),
  );
  const labels = bgl.map((line) => !line.startsWith('- '));
  await evaluateListed('as the programs list it', { set: 'BGL', file, ...windows(labels) }, unsupervised);
}

/** HDFS without a third of its normal sessions, which is the good log: every third one, from the first, second or third on. */
async function evaluateHdfsAgainstGood(lines: readonly string[], labels: ReadonlyMap<string, boolean>): Promise<void> {
  const normal = [...labels].filter(([, anomalous]) => !anomalous).map(([key]) => key);
  for (let third = 0; third < GOOD; third++) {
    const good = new Set(normal.filter((_, i) => i % GOOD === third));
    const isGood = (line: string): boolean => good.has(/blk_-?\d+/.exec(line)?.[0] ?? '');
    const baseline = writeLog('hdfs.good.log', lines.filter(isGood));
    const rest = lines.filter((line) => !isGood(line));
    const log = {
      set: 'HDFS_dev',
      file: writeLog('hdfs.rest.log', rest),
      labels: new Map([...labels].filter(([key]) => !good.has(key))),
    };
    await evaluateListed(`listed, against third ${third + 1} good`, log, { baseline: [baseline] });
  }
}

/** Nezha as the programs list it, without and with the log of the time before the faults. */
export async function evaluateListedNezha(): Promise<void> {
  const { lines, blocks, labels } = faultsOfNezha();
  const log = { set: 'Nezha', file: writeLog('nezha.log', lines), labels, blockOf: blocks };
  await evaluateListed('as the programs list it', log, { unsupervised: true });
  const good = readLines('nezha/nezha_trainticket_2023-01-29_normal.log.xz');
  await evaluateListed('listed, against the good log', log, { baseline: [writeLog('nezha.good.log', good)] });
}

/** The attacked server's log as the programs list it, without and with the log of the time before. */
export async function evaluateListedAttacks(): Promise<void> {
  const { lines, labels, good } = attackedServer();
  const log = { set: 'apache_attacks', file: writeLog('attacked.log', lines), ...windows(labels) };
  await evaluateListed('as the programs list it', log, { unsupervised: true });
  await evaluateListed('listed, against the good log', log, { baseline: [writeLog('server.good.log', good)] });
}

/** Windows of 20 lines, anomalous where one of their lines is. */
function windows(anomalous: readonly boolean[]): Pick<LabelledLog, 'labels' | 'blockOf'> {
  const blockOf = anomalous.map((_, i) => String(Math.floor(i / WINDOW)));
  const labels = new Map<string, boolean>();
  blockOf.forEach((block, i) => labels.set(block, labels.get(block) === true || anomalous[i]));
  return { labels, blockOf };
}
