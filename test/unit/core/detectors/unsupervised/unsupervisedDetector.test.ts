import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileSessionPattern, type SessionKeyFinder } from '../../../../../src/core/blocks/sessionKey';
import { unsupervisedScores } from '../../../../../src/core/detect/unsupervised/unsupervisedScores';
import type { OpenNextEventNet } from '../../../../../src/core/detect/unsupervised/nextEventNet';
import type { Finding } from '../../../../../src/core/findings/finding';
import { UnsupervisedFindings } from '../../../../../src/core/findings/unsupervisedFindings';
import { Suppression } from '../../../../../src/core/findings/suppression';
import { UnsupervisedDetector } from '../../../../../src/core/detectors/unsupervised/unsupervisedDetector';
import { DetectorFollower, type LogFollower } from '../../../../../src/core/follow/logFollower';
import { GrowingRecordLog } from '../../../../../src/core/scan/growingRecordLog';
import { CONTEXT } from '../../../../../src/core/model/nextEventCnn';
import type { RecordLog } from '../../../../../src/core/scan/recordLog';
import { Random } from '../../../../../src/core/numeric/random';
import { openNextEventNet } from '../../../../../src/node/models/onnxNextEventNet';
import { cut, places, utf8 } from '../../../../support/bytes';
import { listed } from '../../../../support/listed';
import { ciLog } from '../../../../support/serviceLogs';
import { recordLog, recordReading } from '../../../../support/records';
import { findingText } from '../../../../../src/core/findings/wording';

const SESSIONS = 'job-\\d+';

/** What was asked of the networks. */
let steps: number;
let judged: number;

/** Nets that count which event comes after which, and whose opinion depends a little on what was before. */
const countingNets: OpenNextEventNet = async (vocabulary) => {
  let counts = new Float32Array(vocabulary * vocabulary);
  return {
    start: (initial) => (counts = initial.length === counts.length ? initial.slice() : counts.fill(0)),
    step: async (contexts, next) => {
      steps++;
      next.forEach((event, i) => counts[contexts[i * CONTEXT + CONTEXT - 1] * vocabulary + event]++);
    },
    parameters: () => counts.slice(),
    logProbabilities: async (contexts, next) => {
      judged += next.length;
      return Float32Array.from(next, (wanted, i) => {
        const context = contexts.subarray(i * CONTEXT, (i + 1) * CONTEXT);
        const last = context[CONTEXT - 1];
        const seed = context.reduce((sum, event) => (31 * sum + event) % 9973, 7);
        const odds = counts.subarray(last * vocabulary, (last + 1) * vocabulary).map((n) => n + 1 + (seed % 7) / 9);
        const total = odds.reduce((sum, each) => sum + each, 0);
        return Math.log(odds[wanted] / total);
      });
    },
    release: async () => undefined,
  };
};
const counting = { openNextEventNet: countingNets, seed: 1 };
const real = { openNextEventNet, seed: 1 };

function line(second: number, level: string, message: string): string {
  return `${new Date(Date.UTC(2025, 0, 1, 0, 0, second)).toISOString().slice(0, 19)} ${level} app - ${message}\n`;
}

/** Jobs that take turns, and lines of no job; now and then something goes wrong. */
function jobs(count: number, seed: number): string[] {
  const random = new Random(seed);
  const lines: string[] = [];
  const say = (level: string, message: string): void => void lines.push(line(lines.length, level, message));
  const open: { id: number; left: number }[] = [];
  for (let id = 1; id <= count || open.length > 0;) {
    if (id <= count && (open.length < 5 || random.next() < 0.2)) {
      open.push({ id, left: 2 + random.below(3) });
      say('INFO', `open job-${id++}`);
      continue;
    }
    const job = open[random.below(open.length)];
    if (job.left-- > 0) {
      say('INFO', random.next() < 0.5 ? `read a part of job-${job.id}` : `write a part of job-${job.id}`);
    } else {
      if (job.id % 37 === 0) {
        say('ERROR', `job-${job.id} failed: disk is lost`);
        lines.push('java.io.IOException: broken\n', '\tat a.B.c(B.java:1)\n', '\tat a.B.d(B.java:2)\n');
      } else if (job.id % 41 !== 0) {
        say('INFO', `close job-${job.id}`);
      }
      open.splice(open.indexOf(job), 1);
    }
    if (random.next() < 0.3) {
      say('INFO', 'clock says tick');
      say('INFO', 'clock says tock');
    }
    if (lines.length % 97 === 0) {
      say('WARN', 'clock was late');
    }
  }
  return lines;
}

/** A stream in which the same four events follow each other, until one does not. */
function rounds(count: number): string[] {
  return Array.from({ length: count }, (_, round) => [
    line(4 * round, 'INFO', 'begin a round'),
    line(4 * round + 1, 'INFO', 'ask the first'),
    ...(round % 89 === 88 ? [line(4 * round + 2, 'ERROR', `the first of ${round} cannot be reached, it failed`)] : []),
    line(4 * round + 2, 'INFO', 'ask the second'),
    line(4 * round + 3, 'INFO', 'end a round'),
  ]).flat();
}

/** What two pods write in turn, later joined by a third. */
function pods(count: number): string[] {
  const of = (pod: string, text: string): string => text.replace(/^(\S+) /, `$1.000000000Z shop-5c66d57d58-${pod} `);
  const [first, second] = [rounds(count), rounds(count + 50).slice(200)];
  return first.flatMap((text, i) => [
    of('6mp2b', text),
    of('6mp2c', second[i]),
    ...(i > count * 3 ? [of('6mp2d', second[i])] : []),
  ]);
}

interface Case {
  lines: string[];
  pattern?: string;
  /** Lines that are there at first. */
  first: number;
}

const CASES: Record<string, Case> = {
  'a log of sessions, with records of none': { lines: jobs(120, 3), pattern: SESSIONS, first: 500 },
  'a log of sessions whose records of none come later': {
    lines: [
      ...jobs(60, 4).filter((text) => !text.includes('clock')),
      line(900, 'ERROR', 'clock is broken'),
      ...jobs(9, 5),
    ],
    pattern: SESSIONS,
    first: 200,
  },
  'a stream': { lines: rounds(180), first: 450 },
  'a stream of several sources': { lines: pods(160), first: 700 },
  'a short stream': { lines: rounds(100), first: 90 },
  'the console output of a run': {
    lines: ciLog(3).text.split(/(?<=\n)/),
    first: 200,
  },
};

function detectorWith(parts = counting, mayBeUnlike = false): UnsupervisedDetector {
  return new UnsupervisedDetector(parts, {
    threshold: 0.5,
    mayBeUnlike,
    describe: (_, { records }) => ({ model: 'label-free', format: 'some', notes: [`${records} records`] }),
  });
}

function growing(own: Partial<Case>, parts = counting, suppression?: Suppression, log = growingLog(own)): LogFollower {
  return new DetectorFollower(log, detectorWith(parts), suppression);
}

/** @param lines of the beginning that was looked at */
function growingLog(
  { pattern, lines = [line(0, 'INFO', 'begin a round')], first }: Partial<Case>,
  keptRecords?: number,
): GrowingRecordLog {
  return new GrowingRecordLog(recordReading(lines.slice(0, first).join(''), keyOf(pattern)), keptRecords);
}

function keyOf(pattern: string | undefined): SessionKeyFinder | undefined {
  return pattern === undefined ? undefined : compileSessionPattern(pattern);
}

/** What a scan finds. */
async function scanned(
  { pattern }: Case,
  text: string,
  parts = counting,
): Promise<{ log: RecordLog; found: Finding[] }> {
  const log = recordLog(text, keyOf(pattern));
  const scores = await unsupervisedScores(log.eventLog, parts);
  const { outside } = log;
  const judgedOutside = outside && { log: outside, scores: await unsupervisedScores(outside.eventLog, parts) };
  const findings = new UnsupervisedFindings(log, scores, 0.5, judgedOutside);
  return { log, found: findings.findings(0, findings.anomalous) };
}

function comparable(findings: readonly Finding[]): unknown[] {
  return findings.map((finding) => ({ ...finding, lines: [...finding.lines] }));
}

function finding(part: string, { findings }: Listed): Finding {
  const found = findings.find((finding) => findingText(finding).includes(part));
  assert.ok(found, `no finding says "${part}" among ${findings.map((finding) => findingText(finding)).join('; ')}`);
  return found;
}

type Listed = Awaited<ReturnType<typeof listed>>;

describe('UnsupervisedDetector', () => {
  beforeEach(() => (steps = judged = 0));

  for (const [name, own] of Object.entries(CASES)) {
    const first = own.lines.slice(0, own.first).join('');
    const rest = own.lines.slice(own.first).join('');

    it(`finds at first what a scan finds in ${name}`, async () => {
      const text = own.lines.join('');
      const { log, found } = await scanned(own, text);
      const follower = growing(own);
      follower.push(utf8(text));
      const { findings, summary } = await listed(await follower.update());
      assert.deepEqual(comparable(findings), comparable(found));
      assert.ok(found.length > 0);
      assert.deepEqual(
        [summary.lines, summary.blocks, summary.anomalous],
        [log.lineCount, log.eventLog.blockCount + (log.outside?.eventLog.blockCount ?? 0), found.length],
      );
    });

    it(`finds the same in the end, whatever the pieces in which ${name} came`, async () => {
      const begun = async (): Promise<LogFollower> => {
        const follower = growing(own);
        follower.push(utf8(first));
        await listed(await follower.update());
        return follower;
      };
      const whole = await begun();
      whole.push(utf8(rest));
      const expected = await listed(await whole.update());
      assert.ok(expected.findings.length > 0);
      await fc.assert(
        fc.asyncProperty(places, async (at) => {
          const follower = await begun();
          for (const piece of cut(utf8(rest), at)) {
            follower.push(piece);
            await listed(await follower.update());
          }
          const last = await listed(await follower.update());
          assert.deepEqual(last.summary, expected.summary);
          assert.deepEqual(comparable(last.findings), comparable(expected.findings));
        }),
        { seed: 11, numRuns: 15 },
      );
    });
  }

  it('finds the same in the end with networks that have learned', async () => {
    const own = CASES['a log of sessions, with records of none'];
    const results: Listed[] = [];
    for (const pieces of [1, 40]) {
      const follower = growing(own, real);
      try {
        follower.push(utf8(own.lines.slice(0, own.first).join('')));
        await listed(await follower.update());
        const rest = own.lines.slice(own.first);
        const size = Math.ceil(rest.length / pieces);
        for (let start = 0; start < rest.length; start += size) {
          follower.push(utf8(rest.slice(start, start + size).join('')));
          await listed(await follower.update());
        }
        results.push(await listed(await follower.update()));
      } finally {
        await follower.release();
      }
    }
    assert.deepEqual(comparable(results[1].findings), comparable(results[0].findings));
    // Those that fail, two before and one after what was learned.
    assert.deepEqual(results[0].findings.map(({ block }) => block).sort(), ['job-111', 'job-37', 'job-74']);
  });

  describe('of sessions that are too unlike each other', () => {
    const any = [
      ...['reads disk', 'asks for a lock', 'writes', 'sends mail to all', 'waits', 'sleeps well', 'ends', 'walks'],
      ...['jumps up and down', 'rests', 'turns left now', 'sings aloud', 'eats'],
    ];

    /** Pairs of jobs in turn that do now this, now that; and lines of no job. */
    function unlike(pairs: number): string {
      const random = new Random(1);
      let second = 0;
      const say = (job: number, i: number): string =>
        line(second++, 'INFO', `job-${job} ${i === 0 ? 'opened' : any[random.below(any.length)]}`);
      const pair = (job: number): string =>
        Array.from({ length: 8 }, (_, i) => say(job, i) + say(job + 1, i)).join('') +
        line(second++, 'INFO', 'clock says tick');
      return Array.from({ length: pairs }, (_, i) => pair(2 * i)).join('') + line(second, 'ERROR', 'clock is broken');
    }

    function following(pattern: string | undefined): LogFollower {
      const log = growingLog({ pattern });
      return new DetectorFollower(log, detectorWith(real, pattern !== undefined));
    }

    it('judges the stream that they are part of, in a scan and as the log goes on', async () => {
      const text = unlike(20);
      const verdict = await (await detectorWith(real, true).learn(recordLog(text, keyOf(SESSIONS)))).verdict();
      const { findings } = await listed(verdict);
      assert.ok(findings.some((each) => each.block.startsWith('L') && findingText(each).includes('clock is broken')));
      const followed = following(SESSIONS);
      const plain = following(undefined);
      for (const each of [followed, plain]) {
        each.push(utf8(text));
      }
      assert.deepEqual(comparable((await listed(await followed.update())).findings), comparable(findings));
      await plain.update();
      const more = line(900, 'INFO', 'job-900 rests') + line(901, 'ERROR', 'clock failed of job-901 with a bang');
      for (let round = 0; round < 3; round++) {
        const [own, others] = await Promise.all(
          [followed, plain].map(async (each) => {
            each.push(utf8(more));
            if (round === 1) {
              each.beginFile();
            }
            return listed(await each.update());
          }),
        );
        assert.deepEqual(comparable(own.findings), comparable(others.findings), `round ${round}`);
        assert.deepEqual(own.summary, others.summary);
        assert.equal(
          own.findings.some((finding) => findingText(finding).includes('with a bang')),
          round !== 1,
        );
      }
    });

    it('judges them as sessions where they were asked for', async () => {
      const followed = new DetectorFollower(growingLog({ pattern: SESSIONS }), detectorWith(real));
      followed.push(utf8(unlike(20)));
      // Forty sessions, and windows of what belongs to none.
      assert.ok((await followed.update()).summary.blocks > 40);
    });
  });

  it('learns once, and then looks at what comes alone', async () => {
    const own = CASES['a stream'];
    const follower = growing(own);
    follower.push(utf8(own.lines.slice(0, own.first).join('')));
    await listed(await follower.update());
    assert.ok(steps > 0);
    steps = judged = 0;
    follower.push(utf8(line(2000, 'INFO', 'begin a round')));
    await listed(await follower.update());
    assert.equal(steps, 0);
    // Six networks, each shown the one new window and no more than is shown at least.
    assert.ok(judged > 0 && judged <= 6 * 16, String(judged));
  });

  it('knows no template of what comes later but those of the log, and says so', async () => {
    for (const own of [CASES['a stream'], CASES['a log of sessions, with records of none']]) {
      const follower = growing(own, real);
      try {
        follower.push(utf8(own.lines.join('')));
        await listed(await follower.update());
        const at = own.lines.length + 1;
        const key = own.pattern === undefined ? '' : ' of job-9000';
        follower.push(utf8(line(5000, 'ERROR', `emergency${key}: the pump failed`)));
        const found = finding('emergency', await listed(await follower.update()));
        assert.equal(found.line, at);
        assert.ok(found.score > 0.5 && found.anomalous);
        assert.match(findingText(found), /^New error "emergency.*": .*nothing like it came before/);
      } finally {
        await follower.release();
      }
    }
  });

  it('finds in what comes later to a stream a step that is left out, and what is new after a long time', async () => {
    const lines = rounds(400);
    const follower = growing({}, real);
    try {
      follower.push(utf8(lines.join('')));
      const before = await listed(await follower.update());
      const healthy = rounds(40);
      const at = lines.length + healthy.length;
      follower.push(utf8(healthy.join('')));
      assert.deepEqual((await listed(await follower.update())).findings, before.findings);
      follower.push(utf8(line(900, 'INFO', 'begin a round') + line(901, 'INFO', 'end a round') + healthy.join('')));
      const leftOut = (await listed(await follower.update())).findings.find(({ lines }) => lines.includes(at + 2));
      assert.match(
        leftOut === undefined ? '' : findingText(leftOut),
        /^Step missing "end a round": "ask the first" usually follows "begin a round"/,
      );
      follower.push(utf8(line(950, 'INFO', 'a stranger says hello') + line(951, 'INFO', 'one more says so too')));
      const { findings } = await listed(await follower.update());
      const stranger = finding('a stranger says hello', { ...before, findings });
      assert.match(findingText(stranger), /^New message .*: .*nothing like it came before/);
      assert.ok(stranger.parts.some(({ part }) => part === 'news'));
      // One new thing after another is a program that starts.
      assert.ok(!findings.some((finding) => findingText(finding).includes('one more says so')));
    } finally {
      await follower.release();
    }
  });

  it('keeps the findings that have not changed', async () => {
    for (const own of [CASES['a stream'], CASES['a log of sessions, with records of none']]) {
      const follower = growing(own);
      follower.push(utf8(own.lines.join('')));
      const { findings } = await listed(await follower.update());
      follower.push(utf8(line(5000, 'INFO', own.pattern === undefined ? 'begin a round' : 'open job-8000')));
      const after = await listed(await follower.update());
      const kept = after.findings.filter((each) => findings.includes(each));
      assert.ok(kept.length >= findings.length - 1 && kept.length > 0);
    }
  });

  it('looks at the records of a finding again only where it may have changed', async () => {
    const own = CASES['a stream'];
    const log = growingLog(own);
    const follower = growing(own, counting, undefined, log);
    follower.push(utf8(own.lines.join('')));
    await listed(await follower.update());
    const strange = line(4000, 'ERROR', 'the pump failed') + rounds(10).join('');
    follower.push(utf8(strange.repeat(20)));
    const { findings } = await listed(await follower.update());
    const most = Math.max(...findings.map(({ lines }) => lines.length));
    const { continuations } = log.soFar();
    const countOf = continuations.countOf.bind(continuations);
    let asked = 0;
    continuations.countOf = (line) => (asked++, countOf(line));
    follower.push(utf8(line(5000, 'INFO', 'begin a round')));
    const after = await listed(await follower.update());
    assert.ok(findings.length > 0 && after.findings.every((each, i) => each === findings[i]));
    // Of the last record, and of the one that was the last when each finding was made.
    assert.equal(asked, 1 + findings.length);
    assert.ok(most > 1 + findings.length, String(most));
  });

  it('gives continuation lines that come later to their record', async () => {
    for (const own of [CASES['a stream'], CASES['a log of sessions, with records of none']]) {
      const follower = growing(own);
      const at = own.lines.length + 1;
      follower.push(utf8(own.lines.join('') + line(5000, 'ERROR', 'job-7 failed, crashed and was lost')));
      assert.ok(!finding('crashed', await listed(await follower.update())).lines.includes(at + 1));
      follower.push(utf8('\tat a.B.c(B.java:1)\n'));
      const lines = [...finding('crashed', await listed(await follower.update())).lines];
      assert.deepEqual(lines.slice(-2), [at, at + 1]);
    }
  });

  it('waits for a stack trace to end, until it is told that nothing comes', async () => {
    const own = CASES['a log of sessions, with records of none'];
    const follower = growing(own);
    follower.push(utf8(own.lines.slice(0, 300).join('')));
    await listed(await follower.update());
    follower.push(
      utf8(`${line(5000, 'INFO', 'close job-3000')}java.lang.OutOfMemoryError: no\n\tat a.B.c(B.java:1)\n`),
    );
    const before = await listed(await follower.update());
    assert.ok(!before.findings.some((finding) => findingText(finding).includes('OutOfMemoryError')));
    assert.equal(follower.endLine(), true);
    const { block, lines } = finding('OutOfMemoryError', await listed(await follower.update()));
    assert.deepEqual([block, lines.length], ['job-3000', 3]);
    assert.equal(follower.endLine(), false);
  });

  it('goes on in a new file: lines are counted from its beginning, and what was learned is kept', async () => {
    for (const own of [CASES['a stream'], CASES['a log of sessions, with records of none']]) {
      const follower = growing(own);
      follower.push(utf8(own.lines.join('') + line(5000, 'INFO', 'open job-9000').trimEnd()));
      assert.ok((await listed(await follower.update())).findings.length > 0);
      follower.beginFile();
      const empty = await listed(await follower.update());
      assert.deepEqual(empty.findings, []);
      assert.deepEqual([empty.summary.lines, empty.summary.blocks, empty.summary.anomalous], [0, 0, 0]);
      steps = 0;
      follower.push(utf8(line(5001, 'INFO', 'begin a round') + line(5002, 'ERROR', 'job-9000 failed and was lost')));
      const { findings, summary } = await listed(await follower.update());
      assert.equal(steps, 0);
      assert.deepEqual([summary.lines, summary.blocks], [2, own.pattern === undefined ? 1 : 2]);
      const found = finding('was lost', { findings, summary });
      assert.equal(found.line, 2);
      assert.ok(found.lines.every((each) => each <= 2));
      assert.equal(found.block, own.pattern === undefined ? 'L2-L2' : 'job-9000');
    }
  });

  it('counts a window that goes on in a new file beside those that begin there', async () => {
    const own = CASES['a stream of several sources'];
    const log = growingLog(own);
    const follower = growing(own, counting, undefined, log);
    follower.push(utf8(own.lines.slice(0, 730).join('')));
    const { summary } = await listed(await follower.update());
    assert.equal(summary.blocks, log.soFar().eventLog.blockCount);
    follower.beginFile();
    const firstBlock = log.soFar().eventLog.blockCount;
    const ofFirst = own.lines.slice(730).filter((text) => text.includes('-6mp2b '));
    // At first only one of the three sources goes on.
    for (const lines of [ofFirst.slice(0, 2), ofFirst.slice(2, 40), own.lines.slice(0, 60)]) {
      follower.push(utf8(lines.join('')));
      const { blocks } = (await listed(await follower.update())).summary;
      const windows = new Set(log.soFar().eventLog.blocks.subarray(730));
      assert.equal(blocks, windows.size);
      assert.ok([...windows].some((window) => window < firstBlock));
    }
  });

  it('learns from what it has of two files, and tells of the second', async () => {
    const own = CASES['a log of sessions, with records of none'];
    const follower = growing(own);
    follower.push(utf8(own.lines.slice(0, -60).join('')));
    follower.beginFile();
    follower.push(utf8(own.lines.slice(-60).join('')));
    const { findings, summary } = await listed(await follower.update());
    assert.equal(summary.lines, 60);
    assert.ok(findings.every(({ lines }) => lines.every((each) => each >= 1 && each <= 60)));
    assert.ok(follower.learnedRecords > 300);
  });

  it('drops the records of older files once there are too many, keeps what was learned, and says so', async () => {
    for (const own of [CASES['a stream'], CASES['a log of sessions, with records of none']]) {
      const log = growingLog(own, own.lines.length + 200);
      const dropping = growing(own, counting, undefined, log);
      const keeping = growing(own);
      const before = jobs(30, 17).join('');
      const after = rounds(100).slice(-60).join('') + jobs(80, 19).join('').replaceAll('job-', 'job-9');
      const results: Listed[] = [];
      for (const follower of [dropping, keeping]) {
        follower.push(utf8(own.lines.join('')));
        await listed(await follower.update());
        follower.beginFile();
        follower.push(utf8(before.repeat(2)));
        const { summary } = await listed(await follower.update());
        assert.equal(summary.notes.length, 1);
        follower.beginFile();
        follower.push(utf8(after));
        results.push(await listed(await follower.update()));
      }
      const [{ findings, summary }, kept] = results;
      assert.equal(summary.notes.length, 2);
      assert.match(summary.notes[1], /^rotated: sessions that began in an older file/);
      assert.ok(log.soFar().lines.length < after.split('\n').length);
      assert.equal(summary.lines, kept.summary.lines);
      assert.ok(findings.length > 0);
      // Those of jobs that began in this file, and of the stream behind its beginning, are the same.
      const withoutOld = (all: readonly Finding[]): unknown[] =>
        comparable(
          all.filter(({ block, line }) => (own.pattern === undefined ? line > 30 : block.startsWith('job-9'))),
        );
      assert.deepEqual(withoutOld(findings), withoutOld(kept.findings));
      assert.ok(withoutOld(findings).length > 0);
      dropping.beginFile();
      dropping.push(utf8(line(9000, 'ERROR', 'job-37 failed and was lost')));
      const last = await listed(await dropping.update());
      assert.equal(last.summary.notes.length, 1);
      assert.equal(finding('was lost', last).line, 1);
    }
  });

  it('drops records of a file that goes on for ever, wherever it was judged, keeps what was learned, and says so', async () => {
    const cases = ['a stream', 'a stream of several sources', 'a log of sessions, with records of none'] as const;
    for (const own of cases.map((name) => CASES[name])) {
      const more = own.lines.slice(own.first);
      const rest = more.slice(-60).join('') + line(9000, 'ERROR', 'job-37 failed and was lost');
      const results: unknown[] = [];
      for (const isJudgedOften of [false, true]) {
        const log = growingLog(own, 200);
        const follower = growing(own, counting, undefined, log);
        follower.push(utf8(own.lines.slice(0, own.first).join('')));
        await listed(await follower.update());
        const learned = follower.learnedRecords;
        // As much as many times what is kept, with room made each hundred lines.
        let lines = own.first;
        for (let round = 0; round < 6; round++) {
          for (let start = 0; start < more.length; start += 100) {
            const piece = more.slice(start, start + 100);
            follower.push(utf8(piece.join('')));
            if (isJudgedOften) {
              await listed(await follower.update());
            }
            lines += piece.length;
            await follower.makeRoom();
            // A record may have several entries.
            const { lines: entries, outside } = log.soFar();
            const kept = entries.length + (outside?.lines.length ?? 0);
            assert.ok(kept <= learned + 200 + (round === 0 ? 2 * own.first : 200), `${kept} in round ${round}`);
          }
        }
        follower.push(utf8(rest));
        const { findings, summary } = await listed(await follower.update());
        assert.equal(follower.learnedRecords, learned);
        assert.equal(summary.lines, lines + 61);
        assert.equal(summary.notes.length, 2);
        const dropped = Number(/^long log: what was found in its first (\d+) lines/.exec(summary.notes[1])?.[1]);
        assert.ok(findings.length > 0);
        assert.ok(findings.every((each) => each.lines.every((at) => at > dropped - 100 && at <= summary.lines)));
        results.push([comparable(findings), summary]);
      }
      assert.deepEqual(results[1], results[0]);
    }
  });

  it('makes no more findings than wanted, and tells none that is suppressed', async () => {
    const own = CASES['a log of sessions, with records of none'];
    const limited = growing(own);
    limited.push(utf8(own.lines.join('')));
    const { findings, summary } = await listed(await limited.update(), 1);
    assert.equal(findings.length, 1);
    assert.ok(summary.anomalous > 1);
    const quiet = growing(own, counting, new Suppression([findings[0].fingerprint]));
    quiet.push(utf8(own.lines.join('')));
    const rest = await listed(await quiet.update());
    assert.equal(rest.summary.suppressed, summary.anomalous - rest.summary.anomalous);
    assert.ok(rest.summary.suppressed > 0);
    assert.ok(!rest.findings.some(({ fingerprint }) => fingerprint === findings[0].fingerprint));
  });
});
