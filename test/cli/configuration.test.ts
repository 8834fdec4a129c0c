import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runProgram, type Run } from '../support/runProgram';
import { temporaryFolder } from '../support/temporaryFolder';

interface Report {
  model: string;
  format: string;
  threshold: number;
  lines: number;
  blocks: number;
  anomalous: number;
  suppressed?: number;
  notes: string[];
  findings: {
    block: string;
    anomalous: boolean;
    line: number;
    lines: number[];
    first_time: string | null;
    last_time: string | null;
    reason: string;
    template: string;
    fingerprint: string;
    new?: boolean;
  }[];
}

const SAMPLE = resolve('samples', 'hdfs-small.log');

/** A quiet log of an application with a failed payment at 10:05 and a failed mail at 10:15. */
function appLog({ before = [] as string[], mail = true } = {}): string {
  const lines = [...before];
  for (let i = 0; i < 1200; i++) {
    const time = new Date(Date.UTC(2025, 2, 1, 10, 0, i)).toISOString().slice(0, 19).replace('T', ' ');
    lines.push(`${time} INFO app - ${['open cart', 'add article', 'close cart'][i % 3]} ${1000 + i}`);
    if (i === 300) {
      lines.push(`${time} ERROR app - Payment of order ${i} failed`);
    }
    if (i === 900 && mail) {
      lines.push(`${time} ERROR app - Mail server refused order ${i}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

describe('the configuration of detect-anomalies', () => {
  const at = temporaryFolder();
  const detect = (...args: string[]): Run => runProgram('detect-anomalies', args, at());
  const report = (...args: string[]): Report => {
    const { code, stdout, stderr } = detect(...args, '--format', 'json', '--output', '-');
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as Report;
  };
  const refused = (...args: string[]): string => {
    const { code, stdout, stderr } = detect(...args, '--output', '-');
    assert.equal(code, 2, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, /^detect-anomalies: [^\n]+\n$/);
    return stderr;
  };
  const templates = ({ findings }: Report): string[] => findings.map(({ template }) => template);

  beforeEach(() => writeFileSync(at('app.log'), appLog()));

  describe('the log format', () => {
    it('is a name, a pattern or an expression, and no bundled model is looked for', () => {
      for (const format of [
        'hdfs',
        '<Date> <Time> <Pid> <Level> <Component>: <Content>',
        '^(?P<time>\\d{6} \\d{6}) \\d+ (?P<level>\\w+) (?P<component>\\S+): (?P<content>.*)$',
      ]) {
        const { model, format: read, blocks } = report('--input', SAMPLE, '--log-format', format);
        assert.equal(model, 'label-free');
        assert.equal(read, format === 'hdfs' ? 'Hadoop HDFS' : format);
        assert.equal(blocks, report('--input', SAMPLE, '--unsupervised').blocks);
      }
    });

    it('is refused where it is unknown, contradicts a model or is not that of the log', () => {
      assert.match(refused('--input', SAMPLE, '--log-format', 'nothing'), /is not known; give .*spring-boot/);
      assert.match(refused('--input', SAMPLE, '--log-format', '<Date><Content>'), /log format/);
      assert.match(refused('--input', SAMPLE, '--log-format', '(?<time>x)'), /\(\?<content>…\)/);
      assert.match(refused('--input', SAMPLE, '--log-format', 'hdfs', '--model', 'm'), /contradict each other/);
      assert.match(refused('--input', 'app.log', '--log-format', 'hdfs'), /app\.log: no line at its beginning has/);
    });

    it('is listed on demand', () => {
      const { code, stdout } = detect('--log-format', 'list');
      assert.equal(code, 0);
      assert.match(stdout, /^spring-boot +Spring Boot$/m);
    });

    it('without year takes that of the file, or the one before where it would lie ahead', () => {
      const lines = (month: string): string =>
        Array.from({ length: 30 }, (_, i) => `${month} 20 10:00:${i + 10} host app[1]: tick ${i}\n`).join('');
      writeFileSync(at('sys.log'), lines('Dec') + lines('Jan') + 'Jan 21 10:00:00 host app[1]: fatal error: panic\n');
      utimesSync(at('sys.log'), new Date(), new Date('2023-01-21T12:00:00Z'));
      const [first, ...others] = report('--input', 'sys.log', '--all-blocks').findings;
      assert.match(first.reason, /fatal error/);
      assert.equal(first.last_time, '2023-01-21T10:00:00');
      assert.ok(others.some(({ first_time: time }) => time?.startsWith('2022-12-20')));
    });
  });

  describe('logcnn.config.json', () => {
    const configure = (config: object, ...folder: string[]): void => {
      writeFileSync(at(...folder, 'logcnn.config.json'), JSON.stringify(config));
      chmodSync(at(...folder, 'logcnn.config.json'), 0o644);
    };

    it('is taken from beside the log, else from the current folder, and report and stderr say so', () => {
      mkdirSync(at('logs'), { mode: 0o755 });
      writeFileSync(at('logs', 'app.log'), appLog());
      configure({ threshold: 0.4 });
      assert.equal(report('--input', 'logs/app.log').threshold, 0.4);
      configure({ threshold: 0.3, mask: 'cart' }, 'logs');
      const { threshold, notes } = report('--input', 'logs/app.log');
      assert.equal(threshold, 0.3);
      const used = 'mask, threshold if below the usual one';
      assert.ok(notes.includes(`configuration: logs/logcnn.config.json (${used})`), notes.join('\n'));
      const { stdout, stderr } = detect('--input', 'logs/app.log', '--output', '-');
      assert.match(stdout, /^# configuration: logs\/logcnn/m);
      assert.equal(stderr, `configuration: logs/logcnn.config.json sets ${used}\n`);
      assert.equal(report('--input', 'logs/app.log', '--no-config').threshold, 0.5);
      writeFileSync(at('mine.json'), '{"threshold": 0.8}');
      assert.equal(report('--input', 'logs/app.log', '--config', 'mine.json').threshold, 0.8);
    });

    describe('found beside a log that a model knows', () => {
      const SET = 'threshold if below the usual one';
      let usual: Report;
      const failing = (...args: string[]): Run =>
        detect('--input', 'hdfs.log', '--fail-on-anomaly', '--output', 'out.txt', ...args);
      /** What is told beside the last line. */
      const told = (...args: string[]): string => failing(...args).stderr.replace(/.* written to out\.txt\n$/, '');

      beforeEach(() => {
        copyFileSync(SAMPLE, at('hdfs.log'));
        usual = report('--input', 'hdfs.log');
        assert.ok(usual.model === 'hdfs' && usual.anomalous > 0);
      });

      it('hides nothing before it is named: it can neither raise the threshold nor suppress', () => {
        configure({ threshold: 1, suppress: ['<*>block<*>', '<*>blk<*>'], maxFindings: 0, exclude: ['*'] });
        const leftOut = 'not used without --config: maxFindings, suppress, exclude';
        const { code, stderr } = failing();
        assert.equal(code, 1, stderr);
        assert.equal(
          stderr,
          `configuration: logcnn.config.json sets ${SET}; ${leftOut}\n` +
            `${usual.anomalous} of ${usual.blocks} blocks are anomalous (${usual.lines} lines, model hdfs); written to out.txt\n`,
        );
        const { findings, notes, threshold } = report('--input', 'hdfs.log');
        assert.deepEqual([findings.length, threshold], [usual.anomalous, usual.threshold]);
        assert.ok(notes.includes(`${leftOut} of logcnn.config.json`), notes.join('\n'));
        assert.equal(failing('--config', 'logcnn.config.json').code, 0);
      });

      it('lowers the threshold', () => {
        configure({ threshold: usual.threshold / 2 });
        assert.equal(report('--input', 'hdfs.log').threshold, usual.threshold / 2);
      });

      it('is not told where it is named, or makes no difference', () => {
        configure({ threshold: 0.4 });
        assert.equal(told(), `configuration: logcnn.config.json sets ${SET}\n`);
        assert.equal(told('--threshold', '0.3'), '');
        assert.equal(told('--no-config'), '');
        assert.equal(told('--config', 'logcnn.config.json'), '');
      });

      it('names neither a model nor good logs without --config', () => {
        copyFileSync(at('hdfs.log'), at('good.log'));
        configure({ baseline: 'good.log' });
        assert.equal(failing().code, 1);
        assert.equal(failing('--config', 'logcnn.config.json').code, 0);
        configure({ model: 'no-such-model' });
        assert.equal(failing().code, 1);
        assert.equal(told(), 'configuration: logcnn.config.json not used without --config: model\n');
        assert.match(failing('--config', 'logcnn.config.json').stderr, /no-such-model/);
      });

      it('is not taken at all where others can write to it or its folder', () => {
        configure({ sessionKey: 'no such key' });
        chmodSync(at('logcnn.config.json'), 0o666);
        const refusal =
          'logcnn.config.json is not used, since others can write to it (mode 666); give --config logcnn.config.json to use it all the same.';
        assert.equal(failing().code, 1);
        assert.equal(told(), `configuration: ${refusal}\n`);
        assert.ok(report('--input', 'hdfs.log').notes.includes(refusal));
        assert.equal(report('--input', 'hdfs.log', '--config', 'logcnn.config.json').blocks, 0);
        chmodSync(at('logcnn.config.json'), 0o644);
        chmodSync(at(), 0o777);
        assert.match(told(), /others can write to its folder \(mode 777\); give --config/);
        const piped = runProgram('detect-anomalies', ['--input', '-', '--output', '-'], at(), readFileSync(SAMPLE));
        assert.match(piped.stderr, /^configuration: .* others can write to its folder/);
      });

      if (process.geteuid?.() === 0) {
        // Only root can give files to another user.
        it('is not taken from another user, by root neither', () => {
          configure({ sessionKey: 'no such key' });
          chownSync(at('logcnn.config.json'), 1000, 1000);
          assert.match(told(), /is not used, since it belongs to another user \(uid 1000\); give --config/);
          assert.equal(failing().code, 1);
        });
      }
    });

    it('is not read by --map and --reduce', () => {
      copyFileSync(SAMPLE, at('app.log'));
      const rows = (): string => detect('--map', '--input', 'app.log').stdout.split('\n').sort().join('\n').trim();
      const reduced = (): Run =>
        runProgram('detect-anomalies', ['--reduce', '--output', '-', '--fail-on-anomaly'], at(), rows() + '\n');
      const { code, stdout, stderr } = reduced();
      assert.equal(code, 1, stderr);
      configure({ threshold: 1, maxFindings: 0, model: 'no-such-model', nothing: 1 });
      assert.deepEqual(reduced(), { code, stdout, stderr });
    });

    it('is refused, and not waited for, if it is a pipe', () => {
      execFileSync('mkfifo', ['-m', '644', at('logcnn.config.json')]);
      assert.match(refused('--input', 'app.log'), /logcnn\.config\.json is a pipe or a device/);
      assert.match(refused('--input', 'app.log', '--known', 'logcnn.config.json'), /is a pipe or a device/);
    });

    it('is refused in one sentence if it is nested without end', () => {
      writeFileSync(at('deep.json'), `{"mask":${'['.repeat(5000)}${']'.repeat(5000)}}`);
      assert.match(
        refused('--input', 'app.log', '--config', 'deep.json'),
        /"mask" is \[…\]; it must be a regular expression/,
      );
      writeFileSync(at('deep.json'), `${'['.repeat(5000)}${']'.repeat(5000)}`);
      assert.match(refused('--input', 'app.log', '--config', 'deep.json'), /it must be one object/);
    });

    it('loses to flags', () => {
      configure({ threshold: 0.7, logFormat: 'nginx-error', maxFindings: 1 });
      const named = ['--input', 'app.log', '--config', 'logcnn.config.json'];
      assert.match(refused(...named), /has the format "nginx-error"/);
      const { threshold, findings } = report(
        ...[...named, '--threshold', '0.1', '--log-format', 'iso-level', '--max-findings', '2'],
      );
      assert.equal(threshold, 0.1);
      assert.equal(findings.length, 2);
    });

    it('is refused with file, key and remedy', () => {
      configure({ treshold: 1 });
      assert.match(
        refused('--input', 'app.log'),
        /logcnn\.config\.json: the key "treshold" is not known; the keys are/,
      );
      configure({ threshold: 'high' });
      assert.match(refused('--input', 'app.log'), /"threshold" is "high"; it must be a number from 0 to 1/);
      assert.match(refused('--input', 'app.log', '--config', 'none.json'), /none\.json does not exist/);
      assert.match(refused('--input', 'app.log', '--config', 'c', '--no-config'), /contradict each other/);
    });

    it('scans a log that it excludes if it is named, and says so', () => {
      configure({ exclude: ['*.log'] });
      assert.match(
        report('--input', 'app.log', '--config', 'logcnn.config.json').notes.join('\n'),
        /"\*\.log" of logcnn\.config\.json excludes this log/,
      );
    });
  });

  it('masks make parts of messages variable', () => {
    const users = ['alice', 'bob', 'carol', 'dave'];
    const text = Array.from(
      { length: 8 },
      (_, i) => `2025-03-01 10:00:0${i} ERROR app - no key of ${users[i % 4]} here\n`,
    );
    writeFileSync(at('users.log'), text.join(''));
    const all = (...args: string[]): string[] => templates(report('--input', 'users.log', '--all-blocks', ...args));
    assert.ok(all('--mask', 'of (\\w+) here').every((template) => template === 'no key of <*> here'));
    assert.match(report('--input', 'users.log', '--mask', 'alice').notes.join('\n'), /^masks: alice$/m);
    assert.match(refused('--input', 'users.log', '--mask', '('), /The mask "\(" is no valid regular expression/);
  });

  describe('a costly pattern', () => {
    const HUGE = '(?:a?a?a?a?a?a?a?a?a?a?a?a?){1000}[b!]';

    it('is refused if it is too large, wherever it is given', () => {
      for (const args of [
        ['--session-key', HUGE],
        ['--mask', HUGE],
        ['--log-format', `(?<content>${HUGE})`],
        ['--log-format', `<Date> ${' x'.repeat(500)}<Content>`],
      ]) {
        assert.match(refused('--input', 'app.log', ...args), / and 1000 are the most; /);
      }
      for (const config of [{ sessionKey: HUGE }, { mask: [HUGE] }, { exclude: [`${'a'.repeat(1001)}.log`] }]) {
        writeFileSync(at('own.json'), JSON.stringify(config));
        assert.match(refused('--input', 'app.log', '--config', 'own.json'), / cannot be used: .* 1000 are the most; /);
      }
    });

    it('stops on lines that would cost too much, and the report counts them', () => {
      const line = `2025-03-01 10:00:00 INFO app - ${'a'.repeat(60_000)}\n`;
      writeFileSync(at('long.log'), appLog() + line.repeat(3));
      const note = /^lines of which patterns saw only the beginning, .*: 3$/m;
      for (const args of [
        ['--session-key', 'a[^y]*y|a{2}'],
        ['--mask', 'a[^y]*y|a{2}'],
        ['--log-format', '(?<content>(?:a?){470}[!]|INFO app - [b-z].*)'],
      ]) {
        assert.match(report('--input', 'long.log', ...args).notes.join('\n'), note, args.join(' '));
      }
      assert.doesNotMatch(report('--input', 'app.log', '--mask', 'a[^y]*y|a{2}').notes.join('\n'), /of which patterns/);
    });
  });

  it('suppressed findings are counted, not told', () => {
    const all = report('--input', 'app.log');
    assert.deepEqual(templates(all).sort(), ['Mail server refused order', 'Payment of order <*> failed']);
    const fingerprint = all.findings.find(({ template }) => template.startsWith('Mail'))!.fingerprint;
    for (const entry of ['Mail server refused order', 'Mail <*>', fingerprint]) {
      const some = report('--input', 'app.log', '--suppress', entry);
      assert.deepEqual(templates(some), ['Payment of order <*> failed'], entry);
      assert.deepEqual([some.anomalous, some.suppressed], [1, 1]);
      assert.ok(some.notes.includes('1 of 2 findings suppressed by --suppress'));
    }
    const both = ['--suppress', 'Mail <*>', '--suppress', 'Payment <*>'];
    const hidden = detect('--input', 'app.log', '--fail-on-anomaly', ...both);
    assert.equal(hidden.code, 0);
    assert.match(hidden.stderr, /^0 of \d+ blocks are anomalous .*, and 2 of 2 findings were suppressed; written to /);
    assert.match(report('--input', 'app.log', ...both).notes.join('\n'), /^2 of 2 findings suppressed .* nearly all/m);
    const blocks = report('--input', 'app.log', '--all-blocks', '--suppress', 'Mail <*>').findings;
    assert.deepEqual(
      blocks.slice(0, 2).map(({ template, anomalous }) => [template, anomalous]),
      [
        ['Payment of order <*> failed', true],
        ['Mail server refused order', false],
      ],
    );
    assert.equal(blocks.filter(({ anomalous }) => anomalous).length, 1);
    const lines = blocks.flatMap((f) => f.lines);
    assert.deepEqual(
      lines.sort((a, b) => a - b),
      Array.from({ length: 1202 }, (_, i) => i + 1),
    );
    const { findings } = report('--input', SAMPLE);
    const fewer = report('--input', SAMPLE, '--suppress', findings[0].fingerprint);
    assert.equal(fewer.anomalous + fewer.suppressed!, findings.length);
    assert.ok(fewer.findings.every((finding) => finding.fingerprint !== findings[0].fingerprint));
  });

  describe('what is known', () => {
    it('has fingerprints that stay when unrelated lines come', () => {
      const before = Array.from({ length: 40 }, (_, i) => `2025-03-01 09:00:${i + 10} INFO app - starting part ${i}`);
      writeFileSync(at('later.log'), appLog({ before }));
      const prints = (log: string): Record<string, string> =>
        Object.fromEntries(report('--input', log).findings.map(({ template, fingerprint }) => [template, fingerprint]));
      const first = prints('app.log');
      assert.equal(new Set(Object.values(first)).size, 2);
      const later = prints('later.log');
      assert.deepEqual(
        Object.keys(first).map((template) => later[template]),
        Object.values(first),
      );
    });

    it('is a JSON report of an earlier run: only new findings fail', () => {
      writeFileSync(at('app.log'), appLog({ mail: false }));
      assert.equal(detect('--input', 'app.log', '--output', 'known.json').code, 0);
      const known = ['--known', 'known.json', '--fail-on-anomaly'];
      assert.equal(detect('--input', 'app.log', ...known).code, 0);
      writeFileSync(at('app.log'), appLog());
      const { code, stdout } = detect('--input', 'app.log', ...known, '--format', 'json', '--output', '-');
      assert.equal(code, 1);
      const { findings, notes } = JSON.parse(stdout) as Report;
      assert.deepEqual(findings.map((finding) => [finding.template, finding.new]).sort(), [
        ['Mail server refused order', true],
        ['Payment of order <*> failed', false],
      ]);
      assert.ok(notes.includes('new findings: 1 of 2, the others are known from known.json'));
      const sarif = detect('--input', 'app.log', ...known, '--format', 'sarif', '--output', '-');
      const { results } = (
        JSON.parse(sarif.stdout) as {
          runs: { results: { partialFingerprints: Record<string, string>; baselineState: string }[] }[];
        }
      ).runs[0];
      assert.deepEqual(results.map(({ baselineState }) => baselineState).sort(), ['new', 'unchanged']);
      assert.deepEqual(
        results.map(({ partialFingerprints }) => partialFingerprints['finding/v1']),
        findings.map(({ fingerprint }) => fingerprint),
      );
    });

    it('is not what an earlier report calls no anomaly', () => {
      assert.equal(detect('--input', 'app.log', '--output', 'all.json', '--all-blocks', '--threshold', '1').code, 0);
      const all = JSON.parse(readFileSync(at('all.json'), 'utf8')) as Report;
      assert.ok(all.findings.length > 0 && all.findings.every(({ anomalous }) => !anomalous));
      assert.equal(detect('--input', 'app.log', '--known', 'all.json', '--fail-on-anomaly').code, 1);
    });

    it('is a text of fingerprints, one a line', () => {
      const [first] = report('--input', 'app.log').findings;
      writeFileSync(at('known.txt'), `# accepted\n\n${first.fingerprint}  # for now\n`);
      const { findings } = report('--input', 'app.log', '--known', 'known.txt');
      assert.deepEqual(
        findings.map((finding) => finding.new),
        [false, true],
      );
      writeFileSync(at('known.txt'), 'blk_1\n');
      assert.match(refused('--input', 'app.log', '--known', 'known.txt'), /known\.txt: line 1 is no fingerprint/);
      writeFileSync(at('known.txt'), '{"findings": [{}]}');
      assert.match(refused('--input', 'app.log', '--known', 'known.txt'), /is no JSON report with fingerprints/);
    });
  });

  describe('a time range', () => {
    it('leaves the other records out and keeps the line numbers', () => {
      const { findings, notes, lines } = report('--input', 'app.log', '--since', '2025-03-01T10:10');
      assert.deepEqual(
        findings.map(({ template, line }) => [template, line]),
        [['Mail server refused order', 903]],
      );
      assert.equal(lines, 1202);
      assert.ok(notes.includes('time: from 2025-03-01T10:10; 601 records were left out'), notes.join('\n'));
      const early = report('--input', 'app.log', '--until', '2025-03-01 10:09:59', '--all-blocks');
      assert.match(early.findings[0].template, /^Payment/);
      assert.ok(early.findings.every(({ lines: own }) => own.every((line) => line <= 601)));
      assert.equal(report('--input', 'app.log', '--since', '2025-03-01', '--until', '2025-03-01').anomalous, 2);
    });

    it('holds for logs that a model reads', () => {
      const times = readFileSync(SAMPLE, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => line.slice(0, 13));
      const whole = report('--input', SAMPLE, '--all-blocks');
      const middle = whole.findings.map((finding) => finding.first_time!).sort()[50];
      const { findings, notes, model } = report('--input', SAMPLE, '--all-blocks', '--since', middle);
      assert.equal(model, 'hdfs');
      assert.ok(findings.length < whole.findings.length && findings.length > 0);
      assert.ok(findings.every(({ first_time: first }) => first! >= middle));
      const written = middle.slice(2).replace(/[-:]/g, '').replace('T', ' ');
      const leftOut = times.filter((time) => time < written).length;
      assert.ok(notes.includes(`time: from ${middle}; ${leftOut} records were left out`), notes.join('\n'));
    });

    it('is refused where it is none, or the log has no times', () => {
      assert.match(refused('--input', 'app.log', '--since', 'yesterday'), /"yesterday" is no time; give one such as/);
      assert.match(refused('--input', 'app.log', '--since', '2025-03-02', '--until', '2025-03-01'), /is empty/);
      writeFileSync(at('words.log'), 'one word\n'.repeat(50));
      assert.match(refused('--input', 'words.log', '--since', '2025-03-01'), /The records of words\.log have no times/);
    });
  });
});
