import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { Random } from '../../src/core/numeric/random';
import { averagePrecision } from '../../src/core/evaluation/ranking';
import { runProgram } from '../support/runProgram';
import { sharedData, skipWithoutSharedData } from '../support/sharedData';
import { temporaryFolder } from '../support/temporaryFolder';

interface Report {
  model: string;
  lines: number;
  blocks: number;
  anomalous: number;
  notes: string[];
  findings: {
    block: string;
    score: number;
    anomalous: boolean;
    count: number;
    line: number;
    lines: number[];
    reason: string;
  }[];
}

/** A Spring Boot log of a shop that goes about its work, with one fault and its stack trace. */
function shopLog(): string[] {
  const lines: string[] = [];
  const at = (second: number): string =>
    new Date(Date.UTC(2025, 2, 1, 10, 0, second)).toISOString().slice(0, 23).replace('T', ' ');
  const say = (second: number, level: string, logger: string, message: string): number =>
    lines.push(
      `${at(second)}  ${level.padStart(5)} 4711 --- [nio-8080-exec-${second % 7}] ${logger.padEnd(40)} : ${message}`,
    );
  for (let i = 0; i < 400; i++) {
    say(3 * i, 'INFO', 'c.e.shop.CartController', `Added article ${1000 + i} to cart ${i % 37}`);
    say(3 * i + 1, 'INFO', 'c.e.shop.StockService', `Reserved ${1 + (i % 4)} of article ${1000 + i}`);
    say(3 * i + 2, 'INFO', 'c.e.shop.OrderService', `Order ${9000 + i} placed in ${20 + (i % 30)} ms`);
    if (i === 250) {
      say(3 * i + 2, 'ERROR', 'c.e.shop.PaymentClient', 'Payment of order 9250 failed');
      lines.push('java.net.SocketTimeoutException: Read timed out');
      lines.push('\tat java.base/sun.nio.ch.NioSocketImpl.timedRead(NioSocketImpl.java:278)');
      lines.push('\tat c.e.shop.PaymentClient.pay(PaymentClient.java:57)');
    }
  }
  return lines;
}

/** Pods of a shop, whose requests do what they need in an order of their own, some of it seldom; once one of them fails. */
function podLog(): string[] {
  const random = new Random(3);
  const pods = ['cart-6f6c8d7b9f-x2x4z', 'seat-5d5c95b49c-tdsdz', 'food-7b5756978c-k8vqf'];
  const verbs = ['read', 'wrote', 'checked', 'priced', 'reserved', 'sent', 'cached', 'dropped', 'listed', 'merged'];
  const things = ['order', 'article', 'voucher', 'address', 'seat', 'meal', 'invoice', 'ticket', 'route', 'station'];
  /** Requests under way. */
  let open: { id: string; left: number; isNew: boolean }[] = [];
  let time = Date.UTC(2025, 2, 1, 10);
  return Array.from({ length: 6000 }, (_, i) => {
    if (open.length < 8) {
      const id = Array.from({ length: 32 }, () => random.below(16).toString(16)).join('');
      open.push({ id, left: 5 + random.below(40), isNew: true });
    }
    const request = open[random.below(open.length)];
    // Few of the hundred messages are frequent, and no two have much in common.
    const k = Math.floor(100 * random.next() ** 4);
    const [verb, thing] = [verbs[k % 10], things[Math.floor(k / 10)]];
    const message = `${verb}${thing} ${thing}${verb} ${verb}-${thing} ${thing}-${verb}`;
    const [level, said] =
      i === 4000 ? ['ERROR', 'payment refused by the bank'] : ['INFO', request.isNew ? 'received' : message];
    request.isNew = false;
    request.left--;
    open = open.filter(({ left }) => left > 0);
    time += random.below(90);
    const at = new Date(time).toISOString().replace('Z', '000000Z');
    return `${at} ${pods[random.below(pods.length)]} ${level} TraceID: ${request.id} ${said}`;
  });
}

describe('detect-anomalies without labels', () => {
  const at = temporaryFolder();

  function detect(name: string, ...args: string[]): Report {
    const { code, stdout, stderr } = runProgram(
      'detect-anomalies',
      ['-i', name, '-o', '-', '--format', 'json', ...args],
      at(),
    );
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as Report;
  }

  it('judges traces that are unlike each other as what each pod writes', () => {
    writeFileSync(at('pods.log'), podLog().join('\n'));
    const { findings, anomalous, notes } = detect('pods.log', '--all-blocks');
    assert.ok(notes.some((note) => /^blocks: windows of the log\. .*`TraceID:`.* too unlike each other/.test(note)));
    assert.ok(notes.some((note) => /^sources: 3 /.test(note)));
    assert.ok(anomalous <= 1);
    assert.equal(findings[0].line, 4001);
    assert.match(findings[0].reason, /error ".*payment refused.*": /i);
    const given = detect('pods.log', '--session-key', 'TraceID: ([0-9a-f]+)');
    assert.ok(given.notes.includes('blocks: sessions by the given pattern TraceID: ([0-9a-f]+)'));
  });

  it('judges against good logs: what these have is no news', () => {
    const lines = shopLog();
    const isFault = (line: string): boolean => /ERROR|^\s|^java/.test(line);
    const refusal = lines[100].replace(/INFO(.*) : .*/, 'ERROR$1 : Payment refused by the bank');
    const healthy = lines.filter((line) => !isFault(line));
    writeFileSync(at('good.log.gz'), gzipSync([...healthy.slice(0, 500), refusal].join('\n')));
    writeFileSync(at('healthy.log'), [...healthy.slice(500), refusal].join('\n'));
    writeFileSync(at('shop.log'), [...lines, refusal].join('\n'));
    const run = (...args: string[]) => runProgram('detect-anomalies', [...args, '-o', 'o.json'], at());
    const read = (): Report => JSON.parse(readFileSync(at('o.json'), 'utf8')) as Report;
    assert.equal(run('-i', 'healthy.log', '--baseline', 'good.log.gz').code, 0);
    assert.equal(read().anomalous, 0);
    assert.equal(run('-i', 'shop.log', '--baseline', 'good.log.gz', '--baseline', 'healthy.log').code, 0);
    const report = read();
    assert.match(report.findings[0].reason, /the good log has nothing like it/);
    assert.ok(report.findings.every(({ reason }) => !reason.includes('refused')));
    assert.ok(report.notes.some((note) => /good: .*good\.log\.gz \(501 lines\), .*healthy\.log/.test(note)));
    writeFileSync(at('empty.log'), '\n');
    for (const [args, fault] of [
      [['--baseline', 'empty.log'], /empty\.log is empty/],
      [['--baseline', 'shop.log'], /good log for itself/],
      [['--baseline', 'none.log'], /none\.log does not exist/],
      [['--baseline', 'healthy.log', '--model', 'm'], /contradict/],
    ] as const) {
      const { code, stderr } = run('-i', 'shop.log', ...args);
      assert.equal(code, 2);
      assert.match(stderr, fault);
    }
  });

  it('reads a rotated log as one and says where a line is', () => {
    const lines = shopLog();
    const fault = lines.findIndex((line) => line.includes('ERROR'));
    writeFileSync(at('shop.log.2.gz'), gzipSync(lines.slice(0, 300).join('\n')));
    writeFileSync(at('shop.log.1'), lines.slice(300, fault - 7).join('\n'));
    writeFileSync(at('shop.log'), lines.slice(fault - 7).join('\n'));
    const args = ['-i', 'shop.log', '--unsupervised', '-o', 'o.json'];
    const { code, stderr } = runProgram('detect-anomalies', [...args, '--rotated'], at());
    assert.equal(code, 0, stderr);
    const report = JSON.parse(readFileSync(at('o.json'), 'utf8')) as Report;
    assert.equal(report.lines, lines.length);
    assert.match(report.findings[0].reason, /^shop\.log line \d+: /);
    assert.ok(report.notes.some((note) => note.endsWith('shop.log.2.gz, shop.log.1, shop.log')));
    const piped = runProgram('detect-anomalies', ['-i', '-', '--rotated'], at(), 'x');
    assert.equal(piped.code, 2);
  });

  it('saves the parsed records with the columns of the LogPAI tools', () => {
    writeFileSync(at('shop.log'), shopLog().join('\n'));
    const args = ['-i', 'shop.log', '--unsupervised', '--save-parsed', 'parsed'];
    const { code, stderr } = runProgram('detect-anomalies', args, at());
    assert.equal(code, 0, stderr);
    const rowsOf = (name: string): Record<string, string>[] =>
      parse<Record<string, string>>(readFileSync(at('parsed', name)), { columns: true });
    const records = rowsOf('shop_structured.csv');
    const templates = rowsOf('shop_templates.csv');
    assert.equal(records.length, shopLog().filter((line) => line.startsWith('2025-')).length);
    assert.equal(records[0].LineId, '1');
    assert.equal(records[0].Content, 'Added article 1000 to cart 0');
    assert.equal(records[0].EventTemplate, 'Added article <*> to cart <*>');
    assert.equal(records[0].ParameterList, "['1000', '0']");
    assert.deepEqual(
      templates.map(({ EventId, Occurrences }) => [EventId, Number(Occurrences)]),
      templates.map(({ EventId }) => [EventId, records.filter((record) => record.EventId === EventId).length]),
    );
    const piped = runProgram('detect-anomalies', ['-i', '-', '--save-parsed', 'parsed'], at(), shopLog().join('\n'));
    assert.equal(piped.code, 2);
    assert.match(piped.stderr, /which standard input does not allow; save it to a file first/);
  });

  it('lists the most suspicious blocks of a healthy log apart', () => {
    writeFileSync(
      at('shop.log'),
      shopLog()
        .filter((line) => !/ERROR|^\s|^java/.test(line))
        .join('\n'),
    );
    const { code, stderr } = runProgram('detect-anomalies', ['-i', 'shop.log', '--unsupervised'], at());
    assert.equal(code, 0, stderr);
    const text = readFileSync(at('anomalies.txt'), 'utf8');
    assert.match(text, /^# anomalous blocks: 0$/m);
    const [, apart] = text.split('# nothing above the threshold; the most suspicious blocks below it:\n');
    assert.ok(apart.startsWith('# L'));
    runProgram('detect-anomalies', ['-i', 'shop.log', '--unsupervised', '-o', 'o.json'], at());
    const report = JSON.parse(readFileSync(at('o.json'), 'utf8')) as Report & {
      most_suspicious: { score: number; count: number; fingerprint: string }[];
    };
    const apartOnes = report.most_suspicious;
    assert.equal(apart.trimEnd().split('\n').length, apartOnes.length);
    assert.ok(apartOnes.length > 0 && apartOnes.every(({ score }) => score < 0.5));
    assert.equal(new Set(apartOnes.map(({ fingerprint }) => fingerprint)).size, apartOnes.length);
    assert.ok(apartOnes.some(({ count }) => count > 1));
    assert.deepEqual(report.findings, []);
  });

  it('finds the fault of an application log, says why, and how the log was read', () => {
    const lines = shopLog();
    const fault = lines.findIndex((line) => line.includes('Payment of order')) + 1;
    writeFileSync(at('shop.log'), `${lines.join('\n')}\n`);
    const { model, notes, findings } = detect('shop.log');
    assert.equal(model, 'label-free');
    assert.match(notes.join('\n'), /format: .*Spring Boot/);
    assert.match(notes.join('\n'), /blocks: no session key found/);
    assert.ok(findings.length >= 1 && findings.length <= 3, JSON.stringify(findings, undefined, 1));
    const [first] = findings;
    assert.ok(first.lines.includes(fault) && first.lines.includes(fault + 3), 'the stack trace belongs to the finding');
    assert.match(first.reason, /^New error "Payment of order … failed": the only error in this log/);
  });

  it('lists every line of a log without sessions once', () => {
    const lines = shopLog();
    writeFileSync(at('shop.log'), `${lines.join('\n')}\n`);
    const { findings, anomalous } = detect('shop.log', '--all-blocks');
    assert.deepEqual(
      findings.map(({ anomalous: is }) => is),
      findings.map((_, rank) => rank < anomalous),
    );
    const all = findings.flatMap(({ lines: own }) => own).sort((a, b) => a - b);
    assert.deepEqual(
      all,
      lines.map((_, i) => i + 1),
    );
  });

  it('gives the same findings every time, also of what has no structure at all', () => {
    writeFileSync(
      at('words.log'),
      Array.from({ length: 300 }, (_, i) => `some text ${'ab'.repeat(i % 9)} ${i}`).join('\n'),
    );
    for (const name of ['words.log', resolve('samples', 'hdfs-small.log')]) {
      assert.deepEqual(detect(name, '--unsupervised', '--all-blocks'), detect(name, '--unsupervised', '--all-blocks'));
    }
  });

  it('finds the session key of an HDFS log and ranks its blocks without labels', function () {
    skipWithoutSharedData(this);
    writeFileSync(at('hdfs.log'), gunzipSync(readFileSync(sharedData('hdfs/HDFS_dev.log.gz')!)));
    const labels: Record<string, string>[] = parse(readFileSync(sharedData('hdfs/HDFS_dev_labels.csv')!), {
      columns: true,
    });
    const anomalies = new Set(labels.filter(({ Label }) => Label === 'Anomaly').map(({ BlockId }) => BlockId));
    const { findings, notes, blocks } = detect('hdfs.log', '--unsupervised', '--all-blocks');
    assert.equal(blocks, 5781);
    assert.match(notes.join('\n'), /blk_/);
    const precision = averagePrecision({
      scores: findings.map(({ score }) => score),
      labels: findings.map(({ block }) => (anomalies.has(block) ? 1 : 0)),
    });
    assert.ok(precision >= 0.95, `average precision is ${precision}`);
  });
});
