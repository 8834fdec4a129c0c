import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { UserError } from '../../../src/core/errors/userError';
import { CancelledError } from '../../../src/core/cancellation';
import type { Finding } from '../../../src/core/findings/finding';
import { Fault } from '../../../fuzz/fault';
import { checkFindings, type WholeVerdict } from '../../../fuzz/oracles/findings';
import { checkRefusal, refusable } from '../../../fuzz/oracles/refusal';
import { REPORT_CHECKS, reportText } from '../../../fuzz/oracles/reports';
import { runCase } from '../../../fuzz/runCase';
import { checkRun } from '../../../fuzz/targets/program';
import { temporaryFolder } from '../../support/temporaryFolder';

function finding(changes: Partial<Finding> = {}): Finding {
  return {
    block: 'blk_1',
    score: 0.9,
    anomalous: true,
    count: 1,
    lines: Uint32Array.of(1, 2, 5),
    line: 2,
    firstTime: null,
    lastTime: null,
    time: null,
    kind: 'unusual',
    parts: [],
    template: 'read <*>',
    fingerprint: '0123456789abcdef',
    ...changes,
  };
}

function verdict(findings: Finding[] = [finding()], summary: Partial<WholeVerdict['summary']> = {}): WholeVerdict {
  return {
    summary: {
      model: 'm',
      threshold: 0.5,
      lines: 10,
      blocks: 3,
      anomalous: findings.filter(({ anomalous }) => anomalous).length,
      unknownRecords: 0,
      clippedLines: 0,
      format: 'f',
      notes: [],
      ...summary,
    },
    findings,
  };
}

function isFault(kind: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof Fault, String(error));
    assert.match(error.kind, kind);
    return true;
  };
}

describe('the oracles of the fuzzer', () => {
  it('take sound findings', () => {
    checkFindings(verdict());
    checkFindings(verdict([finding(), finding({ score: 0.2, anomalous: false })]));
    checkFindings(verdict([finding({ score: 0.2 + 0.3 }), finding({ anomalous: false })], { suppressed: 1 }));
  });

  const UNSOUND: [kind: RegExp, verdict: WholeVerdict][] = [
    [/score that is no number/, verdict([finding({ score: NaN })])],
    [/score that is no number/, verdict([finding({ score: 1.1 })])],
    [/anomalous below the threshold/, verdict([finding({ score: 0.4 })])],
    [/anomalous below the threshold/, verdict([finding({ anomalous: false })])],
    [/do not ascend/, verdict([finding({ lines: Uint32Array.of(2, 2) })])],
    [/outside the log/, verdict([finding({ lines: Uint32Array.of(0, 2) })])],
    [/outside the log/, verdict([finding({ lines: Uint32Array.of(2, 11) })])],
    [/without lines/, verdict([finding({ lines: new Uint32Array(0) })])],
    [/suspicious line outside/, verdict([finding({ line: 3 })])],
    [/fingerprint/, verdict([finding({ fingerprint: 'x' })])],
    [/without name/, verdict([finding({ block: '' })])],
    [/count that is none/, verdict([finding({ count: 0 })])],
    [/order of their scores/, verdict([finding({ score: 0.6 }), finding({ score: 0.7 })])],
    [/as many as the summary/, verdict([finding()], { anomalous: 2 })],
    [/more anomalous blocks/, verdict([finding(), finding()], { blocks: 1 })],
    [/more clipped lines/, verdict([finding()], { clippedLines: 11 })],
    [/no counts/, verdict([finding()], { lines: NaN })],
    [
      /line in two entries/,
      verdict([
        finding({ block: 'L1-L5' }),
        finding({ block: 'L2-L5', lines: Uint32Array.of(2, 5), score: 0.2, anomalous: false }),
      ]),
    ],
  ];
  UNSOUND.forEach(([kind, unsound]) => {
    it(`see findings with ${kind.source}`, () => assert.throws(() => checkFindings(unsound), isFault(kind)));
  });

  it('take the reports as they are written', async () => {
    for (const form of ['text', 'json', 'csv', 'sarif'] as const) {
      REPORT_CHECKS[form](await reportText(form, 'app.log', verdict()), verdict());
    }
  });

  it('see a report that says something else, cannot be parsed or would harm', async () => {
    const one = verdict();
    const [text, json, csv, sarif] = await Promise.all(
      (['text', 'json', 'csv', 'sarif'] as const).map((form) => reportText(form, 'app.log', one)),
    );
    const bites = (form: keyof typeof REPORT_CHECKS, report: string, kind: RegExp): void =>
      assert.throws(() => REPORT_CHECKS[form](report, one), isFault(kind));
    bites('text', text.replace('unusual', '\x1b[2J'), /control/);
    bites('text', text.replace('unusual', 'x\u202ey'), /control/);
    bites('text', text.replace('blk_1', '#blk_1'), /comment/);
    bites('text', text.replace('blk_1', 'blk\t1'), /cells/);
    bites('text', text.replace('0.9', '0.8'), /other numbers/);
    bites('text', text.replace(/^blk_1.*\n/m, ''), /row a finding/);
    bites('text', text.trimEnd(), /without end/);
    for (const formula of ['=1+1', ' =1+1', '-05-3', '-1e5', '＝1']) {
      bites('csv', csv.replace('blk_1', formula), /formula/);
    }
    for (const number of ['-05', '-0.5', '+7']) {
      REPORT_CHECKS.csv(csv.replace('blk_1', number), one);
    }
    bites('csv', csv.replace('blk_1', '"'), /parsed/);
    bites('csv', csv.replace('unusual', 'a\u009bb'), /control/);
    bites('json', json.slice(0, -3), /parsed/);
    bites('json', json.replace('"score":0.9', '"score":null'), /score/);
    bites('json', json.replace('[1,2,5]', '[1,2]'), /other lines/);
    bites('json', json.replace('"blocks":3', '"blocks":4'), /other totals/);
    bites('sarif', sarif.replace('unusual', '[a](https://b.example)'), /link/);
    bites('sarif', sarif.replace('unusual', '{0}'), /placeholder/);
    bites('sarif', sarif.replace('"rank":90', '"rank":null'), /rank/);
  });

  it('take refusals in a sentence, and see all other errors', async () => {
    checkRefusal(new UserError('missing', { path: 'a.log' }));
    checkRefusal(new CancelledError());
    assert.equal(await refusable(async () => 1), 'accepted');
    assert.equal(await refusable(() => Promise.reject(new UserError('changed', { path: 'a.log' }))), 'refused');
    const saying = (message: string): Error => Object.assign(new UserError('output-unnamed'), { message });
    const rejecting = (error: Error): Promise<unknown> => refusable(() => Promise.reject(error));
    await assert.rejects(rejecting(new TypeError('x is not a function')), isFault(/unexpected TypeError/));
    await assert.rejects(rejecting(saying('')), isFault(/without a sentence/));
    await assert.rejects(rejecting(saying('no end')), isFault(/without a sentence/));
    await assert.rejects(rejecting(saying(`${'x'.repeat(1 << 17)}.`)), isFault(/very long/));
    await assert.rejects(rejecting(saying('x at f (a.js:1:2).')), isFault(/stack trace/));
    await assert.rejects(rejecting(new Fault('kind', 'seen')), isFault(/^kind$/));
  });

  it('see what a program may not print, and how it may not end', () => {
    const end = { code: 0, signal: null, stdout: '', stderr: '' };
    assert.equal(checkRun(end, false), 'accepted');
    assert.equal(checkRun({ ...end, code: 2, stderr: 'detect-anomalies: It is broken.\n' }, false), 'refused');
    const bites = (changes: Partial<Parameters<typeof checkRun>[0]>, kind: RegExp): void =>
      assert.throws(() => checkRun({ ...end, ...changes }, false), isFault(kind));
    bites({ signal: 'SIGSEGV', code: null }, /signal/);
    bites({ code: 1 }, /exit code/);
    bites({ code: 2, stderr: 'detect-anomalies: unexpected error: x\n' }, /fault of its own/);
    bites({ code: 2, stderr: 'detect-anomalies: One.\nTwo.\n' }, /several lines/);
    bites({ code: 2, stderr: 'It is broken.\n' }, /without its name/);
    bites({ stdout: '\x1b]0;x\x07' }, /control/);
    bites({ stderr: '\u009b2J' }, /control/);
  });
});

describe('a run of an input', () => {
  const at = temporaryFolder();
  const base = { description: '', files: [{ name: 'app.log', bytes: Uint8Array.of(1, 2) }] };

  it('gives a folder with its files, and removes it', async () => {
    const end = await runCase({ ...base, run: async () => 'accepted' }, at('run'));
    assert.equal(end, 'accepted');
  });

  it('sees an input that is overwritten or removed, and files that are left behind', async () => {
    const running = (write: (path: (name: string) => string) => void, more = {}): Promise<unknown> =>
      runCase(
        {
          ...base,
          ...more,
          run: async (place) => {
            write((name) => place.path(name));
            return 'accepted';
          },
        },
        at('run'),
      );
    await assert.rejects(
      running((path) => writeFileSync(path('app.log'), 'x')),
      isFault(/destroyed/),
    );
    await assert.rejects(
      running((path) => writeFileSync(path('.out.tmp'), '')),
      isFault(/left behind/),
    );
    await assert.rejects(
      running(() => writeFileSync(`${process.env.TMPDIR}/x`, '')),
      isFault(/left behind/),
    );
    await running((path) => writeFileSync(path('out.txt'), ''), { outputs: ['out.txt'] });
    await running((path) => writeFileSync(path('app.log'), 'x'), { outputs: ['app.log'] });
  });
});
