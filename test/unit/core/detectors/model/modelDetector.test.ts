import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding } from '../../../../../src/core/findings/finding';
import { ModelScorer } from '../../../../../src/core/findings/findings';
import { Suppression } from '../../../../../src/core/findings/suppression';
import { ModelDetector } from '../../../../../src/core/detectors/model/modelDetector';
import { DetectorFollower, type LogFollower } from '../../../../../src/core/follow/logFollower';
import { GrowingModelLog } from '../../../../../src/core/scan/growingModelLog';
import { grouped } from '../../../../../src/core/scan/modelLog';
import { ModelLogScan } from '../../../../../src/core/scan/modelLogScan';
import { frozenReading } from '../../../../../src/core/scan/frozenReading';
import { cut, places, utf8 } from '../../../../support/bytes';
import { listed } from '../../../../support/listed';
import { classifierOfCounts, smallProfile } from '../../../../support/profiles';

const PROFILE = smallProfile();

/** Sequences that were scored so far. */
let scored: number;

/** Scores a block by its share of events `fail` and `retry`. */
const classifier = classifierOfCounts((counts) => {
  const sum = counts.reduce((total, count) => total + count, 0);
  return sum === 0 ? 0 : (counts[3] + 0.5 * counts[4]) / sum + 0.3;
});
const scorer = new ModelScorer(PROFILE, {
  ...classifier,
  score: (images, count) => {
    scored += count;
    return classifier.score(images, count);
  },
});

const detector = new ModelDetector(PROFILE, scorer, { threshold: 0.5, notes: () => ['a note'] });

function growing(suppression?: Suppression, keptRecords?: number): LogFollower {
  return new DetectorFollower(new GrowingModelLog(frozenReading(PROFILE), keptRecords), detector, suppression);
}

function line(second: number, text: string): string {
  return `081109 2035${String(second).padStart(2, '0')} 1 INFO job: ${text}`;
}

const LINES = [
  line(1, 'open job-1'),
  line(2, 'open job-2'),
  line(3, 'read job-1'),
  line(4, 'job-2 failed:'),
  'java.io.IOException: broken',
  '\tat job.Runner(job-3)',
  line(5, 'retry job-2 instead of job-4'),
  line(6, 'close job-1'),
  line(7, 'something new of job-4'),
  line(8, 'noise job-5'),
  line(9, 'job-4 failed for ever'),
  'Caused by: a disk',
];
const LOG = LINES.join('\r\n') + '\r\n';

async function whole(text: string): Promise<Listed> {
  const follower = growing();
  follower.push(utf8(text));
  return listed(await follower.update());
}

function comparable(findings: readonly Finding[]): unknown[] {
  return findings.map((finding) => ({ ...finding, lines: [...finding.lines] }));
}

type Listed = Awaited<ReturnType<typeof listed>>;

describe('ModelDetector', () => {
  beforeEach(() => (scored = 0));

  it('finds what a scan finds', async () => {
    const scan = new ModelLogScan(frozenReading(PROFILE));
    scan.push(utf8(LOG));
    const log = grouped(scan.finish());
    const judged = await scorer.score(log, 0.5);
    const { findings, summary } = await whole(LOG);
    const { timeline, ...totals } = summary;
    assert.equal(timeline?.width, 1000);
    assert.deepEqual(comparable(findings), comparable(await scorer.findings(judged, 0, judged.anomalous)));
    assert.deepEqual(totals, {
      model: 'small',
      threshold: 0.5,
      lines: 12,
      blocks: 4,
      anomalous: judged.anomalous,
      unknownRecords: 1,
      clippedLines: 0,
      format: PROFILE.format.header,
      notes: ['a note'],
    });
    assert.deepEqual(
      findings.map(({ block }) => block),
      ['job-4', 'job-2'],
    );
  });

  it('scans a log with what it follows it with', async () => {
    const scan = new ModelLogScan(frozenReading(PROFILE));
    scan.push(utf8(LOG));
    const verdict = await (await detector.learn(scan.finish())).verdict();
    const { findings, summary } = await whole(LOG);
    assert.deepEqual(verdict.summary, summary);
    assert.equal(verdict.total, 4);
    assert.deepEqual(comparable((await listed(verdict)).findings), comparable(findings));
    assert.ok((await verdict.findings(2, 4)).every(({ anomalous }) => !anomalous));
  });

  it('tells of a new file what is in it, also if the old one was never judged', async () => {
    const follower = growing();
    follower.push(utf8([line(1, 'open job-1'), line(2, 'job-2 failed'), line(3, 'job-3 failed')].join('\n')));
    follower.beginFile();
    follower.push(utf8(`${line(5, 'retry job-3')}\n`));
    const { findings, summary } = await listed(await follower.update());
    assert.deepEqual(
      findings.map(({ block, lines }) => [block, ...lines]),
      [['job-3', 1]],
    );
    assert.deepEqual([summary.lines, summary.blocks], [1, 1]);
  });

  it('finds the same in the end, whatever the pieces in which the log came', async () => {
    const expected = await whole(LOG);
    await fc.assert(
      fc.asyncProperty(places, fc.constantFrom('utf8' as const, 'utf16le' as const), async (at, encoding) => {
        const follower = growing();
        let last = await listed(await follower.update());
        for (const piece of cut(Buffer.from(encoding === 'utf8' ? LOG : `\ufeff${LOG}`, encoding), at)) {
          follower.push(piece);
          // Of one or three bytes of UTF-16 nobody can tell what they are.
          if (encoding === 'utf8' || piece.length > 4) {
            last = await listed(await follower.update());
          }
        }
        last = await listed(await follower.update());
        assert.deepEqual(last.summary, expected.summary);
        assert.deepEqual(comparable(last.findings), comparable(expected.findings));
      }),
      { seed: 8, numRuns: 150 },
    );
  });

  it('judges again only the blocks that have changed, and keeps the findings of the others', async () => {
    const follower = growing();
    follower.push(utf8(LINES.slice(0, 9).join('\n') + '\n'));
    const before = await listed(await follower.update());
    scored = 0;
    assert.deepEqual(await listed(await follower.update()), before);
    assert.equal(scored, 0);
    follower.push(utf8(`${line(10, 'job-4 failed')}\n`));
    const after = await listed(await follower.update());
    const found = (block: string, { findings }: Listed) => findings.find((finding) => finding.block === block);
    assert.equal(found('job-2', after), found('job-2', before));
    assert.notEqual(found('job-2', after), undefined);
    assert.deepEqual([...found('job-4', after)!.lines], [7, 9, 10]);
    // Once for the score, and then for the explanation: all of it, without either of its two events.
    assert.equal(scored, 4);
  });

  it('takes a block out that is no longer anomalous', async () => {
    const follower = growing();
    follower.push(utf8(`${line(1, 'job-1 failed')}\n`));
    assert.equal((await listed(await follower.update())).findings.length, 1);
    follower.push(utf8(Array.from({ length: 9 }, (_, i) => `${line(i, 'read job-1')}\n`).join('')));
    const { findings, summary } = await listed(await follower.update());
    assert.deepEqual(findings, []);
    assert.equal(summary.anomalous, 0);
  });

  it('gives continuation lines that come later to their block', async () => {
    const follower = growing();
    follower.push(utf8(`${line(1, 'job-1 failed')}\n`));
    await listed(await follower.update());
    follower.push(utf8('java.io.IOException\n'));
    const { findings } = await listed(await follower.update());
    assert.deepEqual([...findings[0].lines], [1, 2]);
  });

  it('takes a last line without end when it is told to', async () => {
    const follower = growing();
    follower.push(utf8(line(1, 'job-1 failed')));
    assert.equal((await listed(await follower.update())).summary.lines, 0);
    assert.equal(follower.endLine(), true);
    assert.equal((await listed(await follower.update())).findings.length, 1);
    follower.push(utf8(`, which was read job-7 known\n${line(2, 'open job-1')}\n`));
    const { findings, summary } = await listed(await follower.update());
    assert.equal(summary.lines, 2);
    assert.deepEqual([...findings[0].lines], [1, 2]);
  });

  it('goes on in a new file: lines are counted from its beginning, sessions are not cut', async () => {
    const follower = growing();
    follower.push(utf8([line(1, 'open job-1'), line(2, 'job-2 failed'), line(3, 'job-3 failed')].join('\n')));
    assert.equal((await listed(await follower.update())).findings.length, 1);
    follower.beginFile();
    const empty = await listed(await follower.update());
    assert.deepEqual(empty.findings, []);
    assert.deepEqual([empty.summary.lines, empty.summary.blocks, empty.summary.anomalous], [0, 0, 0]);
    follower.push(Buffer.from(`\ufeffstranger\r\n${line(4, 'read job-1')}\n${line(5, 'retry job-3')}\n`, 'utf16le'));
    const { findings, summary } = await listed(await follower.update());
    assert.deepEqual(
      findings.map(({ block, lines, line: suspicious }) => ({ block, lines: [...lines], suspicious })),
      [{ block: 'job-3', lines: [3], suspicious: 3 }],
    );
    assert.deepEqual([summary.lines, summary.blocks], [3, 2]);
    // It began in the old file, and its first event is known there.
    assert.ok(findings[0].firstTime!.endsWith('20:35:03'));
  });

  it('drops the records of older files once there are too many, and says so', async () => {
    const follower = growing(undefined, 3);
    const note = 'rotated: sessions that began in an older file are judged by their lines in this one';
    follower.push(utf8([line(1, 'open job-1'), line(2, 'job-2 failed'), line(3, 'job-3 failed')].join('\n')));
    await listed(await follower.update());
    follower.beginFile();
    follower.push(utf8(`${line(4, 'retry job-3')}\n`));
    const kept = await listed(await follower.update());
    assert.ok(kept.findings[0].firstTime!.endsWith('20:35:03'));
    assert.deepEqual(kept.summary.notes, ['a note']);
    follower.beginFile();
    follower.push(utf8(`${line(5, 'job-3 failed')}\n${line(6, 'open job-1')}\nstranger\n`));
    const { findings, summary } = await listed(await follower.update());
    assert.deepEqual(
      findings.map(({ block, lines, firstTime }) => [block, ...lines, firstTime!.slice(-8)]),
      [['job-3', 1, '20:35:05']],
    );
    assert.deepEqual([summary.lines, summary.blocks, summary.notes[0]], [3, 2, 'a note']);
    assert.ok(summary.notes[1].startsWith(note));
  });

  it('drops records of a file that goes on for ever, wherever it was judged, counts its lines on, and says so', async () => {
    const learned = [line(1, 'open job-1'), line(2, 'job-2 failed'), line(3, 'open job-3')];
    const dropped = [4, 5, 6, 7].map((second) => line(second, `job-${second} failed`));
    const last = [line(8, 'job-2 failed'), line(9, 'open job-8')];
    for (const isJudgedOften of [false, true]) {
      const follower = growing(undefined, 3);
      const push = async (lines: readonly string[]): Promise<void> => {
        for (const each of lines) {
          follower.push(utf8(`${each}\n`));
          if (isJudgedOften) {
            await listed(await follower.update());
          }
        }
      };
      follower.push(utf8(`${learned.join('\n')}\n`));
      await listed(await follower.update());
      await push(dropped.slice(0, 2));
      await follower.makeRoom();
      assert.deepEqual((await listed(await follower.update())).summary.notes, ['a note']);
      await push(dropped.slice(2));
      await follower.makeRoom();
      await push(last);
      const { findings, summary } = await listed(await follower.update());
      assert.deepEqual(
        findings.map(({ block, lines, firstTime }) => [block, ...lines, firstTime!.slice(-8)]),
        [['job-2', 8, '20:35:08']],
      );
      assert.deepEqual([summary.lines, summary.blocks, summary.notes.length], [9, 2, 2]);
      assert.match(summary.notes[1], /^long log: what was found in its first 7 lines is not kept/);
      follower.beginFile();
      await push([line(10, 'open job-9')]);
      const next = (await listed(await follower.update())).summary;
      assert.deepEqual([next.lines, next.blocks, next.notes], [1, 1, ['a note']]);
    }
  });

  it('makes no more findings than wanted, and tells none that is suppressed', async () => {
    const limited = growing();
    limited.push(utf8(LOG));
    const { findings, summary } = await listed(await limited.update(), 1);
    assert.deepEqual(
      findings.map(({ block }) => block),
      ['job-4'],
    );
    assert.equal(summary.anomalous, 2);
    const quiet = growing(new Suppression([findings[0].fingerprint]));
    quiet.push(utf8(LOG));
    const rest = await listed(await quiet.update());
    assert.equal(rest.summary.suppressed, 2 - rest.summary.anomalous);
    assert.ok(!rest.findings.some(({ fingerprint }) => fingerprint === findings[0].fingerprint));
  });
});
