import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BlockTable } from '../../../../src/core/blocks/blockTable';
import { SourceTable } from '../../../../src/core/blocks/sourceTable';
import { WINDOW_LINES } from '../../../../src/core/blocks/streamWindows';
import { compileSessionPattern } from '../../../../src/core/blocks/sessionKey';
import { UnsupervisedFindings } from '../../../../src/core/findings/unsupervisedFindings';
import { isoTime } from '../../../../src/core/formats/timeLayout';
import type { RecordLog } from '../../../../src/core/scan/recordLog';
import { UnsupervisedLogScan } from '../../../../src/core/scan/unsupervisedLogScan';
import type { UnsupervisedScores } from '../../../../src/core/detect/unsupervised/unsupervisedScores';
import { cut, places, utf8 } from '../../../support/bytes';
import { recordLog, recordReading } from '../../../support/records';
import { findingText } from '../../../../src/core/findings/wording';

const TRACE = ['java.lang.IllegalStateException: no', '\tat a.B.c(B.java:1)', '\tat a.B.d(B.java:2)'];

function line(second: number, level: string, message: string): string {
  return `2025-01-01 10:00:${String(second).padStart(2, '0')} ${level} app - ${message}`;
}

const LOG = [
  line(0, 'INFO', 'open job-1'),
  line(1, 'INFO', 'open job-2'),
  line(2, 'ERROR', 'job-1 failed'),
  ...TRACE,
  line(3, 'INFO', 'close job-2'),
  line(4, 'INFO', 'nobody’s line'),
].join('\n');

function scan(chunks: readonly Uint8Array[], pattern?: string): RecordLog {
  const key = pattern === undefined ? undefined : compileSessionPattern(pattern);
  const unsupervisedLogScan = new UnsupervisedLogScan(recordReading(Buffer.concat(chunks), key));
  chunks.forEach((chunk) => unsupervisedLogScan.push(chunk));
  return unsupervisedLogScan.end().log();
}

/** Scores that entries and blocks have by a rule. */
function scoresBy(log: RecordLog, entryScore: (entry: number) => number): UnsupervisedScores {
  const entries = Float64Array.from(log.eventLog.events, (_, entry) => entryScore(entry));
  const blocks = new Float64Array(log.eventLog.blockCount);
  entries.forEach((score, entry) => {
    blocks[log.eventLog.blocks[entry]] = Math.max(blocks[log.eventLog.blocks[entry]], score);
  });
  return {
    entries,
    blocks,
    cut: 2,
    slope: 1,
    usesSequence: false,
    lexical: new Float64Array(log.eventLog.templates.length),
  };
}

describe('UnsupervisedLogScan', () => {
  it('groups records by session, with their stack traces as events of their own', () => {
    const log = scan([utf8(LOG)], 'job-\\d+');
    const { blocks, events, templates, kind, blockCount } = log.eventLog;
    assert.equal(kind, 'sessions');
    assert.equal(blockCount, 2);
    assert.deepEqual([...blocks], [0, 1, 0, 0, 1]);
    assert.deepEqual([log.keyOf?.(0), log.keyOf?.(1)], ['job-1', 'job-2']);
    assert.deepEqual([...log.lines], [1, 2, 3, 4, 7]);
    assert.equal(log.continuations.countOf(3), 3);
    assert.match(templates[events[3]].text, /IllegalStateException/);
    assert.deepEqual([templates[events[0]].severity, templates[events[2]].severity], ['normal', 'error']);
    assert.equal(isoTime(log.times[4]), '2025-01-01T10:00:03');
    assert.equal(log.records, 5);
    assert.equal(log.lineCount, 8);
  });

  it('keeps records of no session as a stream of windows that are never empty', () => {
    const lines = Array.from({ length: 100 }, (_, i) =>
      line(i % 60, 'INFO', i < 5 || i > 84 ? 'nobody' : `open job-${i % 3}`),
    );
    const { outside, eventLog } = scan([utf8(lines.join('\n'))], 'job-\\d+');
    assert.equal(eventLog.events.length, 80);
    assert.deepEqual([outside?.eventLog.kind, outside?.eventLog.blockCount, outside?.keyOf], ['stream', 2, undefined]);
    assert.deepEqual(outside && [...outside.lines], [1, 2, 3, 4, 5, ...Array.from({ length: 15 }, (_, i) => 86 + i)]);
    assert.equal(scan([utf8(lines[50])], 'job-\\d+').outside, undefined);
  });

  describe('with several sources', () => {
    /** 450 records of two pods in turn, every 90th with a line of a trace behind it. */
    const podLines = Array.from({ length: 450 }, (_, i) => {
      const record = `2024-05-01T10:00:00.${String(i).padStart(9, '0')}Z shop-5c66d57d58-6mp2${'bc'[i % 2]} INFO step ${'abc'[i % 3]}`;
      return i % 90 === 5 ? [record, '\tat a.B.c(B.java:1)'] : [record];
    });

    it('takes what each wrote for a sequence, and windows of it for blocks', () => {
      const log = scan([utf8(podLines.flat().join('\n'))]);
      const { sequences, sequenceCount, blocks, blockCount } = log.eventLog;
      assert.deepEqual([log.sourceCount, sequenceCount], [3, 3]);
      const records = log.records;
      assert.equal(records, 450);
      const ofBlocks = Array.from({ length: blockCount }, () => new Set<number>());
      sequences.forEach((sequence, entry) => ofBlocks[blocks[entry]].add(sequence));
      assert.ok(ofBlocks.every(({ size }) => size === 1));
      assert.equal(blockCount, 2 * Math.ceil(sequences.length / 2 / WINDOW_LINES));
    });

    it('does not tell apart sources that wrote little, nor those of lines without any', () => {
      const few = scan([utf8(podLines.slice(0, 90).flat().join('\n'))]);
      assert.deepEqual([few.sourceCount, few.eventLog.sequenceCount], [1, 1]);
      assert.equal(scan([utf8(LOG)]).sourceCount, 1);
    });

    it('does not take lines without source for one more', () => {
      const lines = podLines.flat().filter((text) => !text.includes('6mp2c'));
      const log = scan([utf8([...lines, ...lines.map((text) => text.replace(/ shop\S+/, ''))].join('\n'))]);
      assert.equal(log.sourceCount, 1);
    });

    it('keeps the numbers of those it knows when there are too many', () => {
      const table = new SourceTable();
      const numberOf = (name: string): number => table.numberOf(utf8(name), 0, utf8(name).length);
      const first = Array.from({ length: 256 }, (_, i) => numberOf(`pod-${i}`));
      assert.deepEqual(
        [first[0], first[255], numberOf('one more'), numberOf('pod-3'), numberOf('')],
        [1, 256, 0, 4, 0],
      );
      assert.equal(table.count, 1);
    });

    it('does not tell apart hundreds of them', () => {
      const lines = Array.from({ length: 60_000 }, (_, i) => `May  1 10:00:00 host${i % 257} app[1]: step ${i % 3}`);
      assert.equal(scan([utf8(lines.join('\n'))]).sourceCount, 1);
    });
  });

  it('takes records of sessions for which there is no room for records of none, and counts them', () => {
    const sessionKey = compileSessionPattern('job-\\d+');
    const text = Array.from({ length: 12 }, (_, i) => `${line(i, 'INFO', `open job-${i % 4}`)}\n`).join('');
    const log = recordLog(text, sessionKey, { table: new BlockTable(2) });
    assert.equal(log.eventLog.blockCount, 2);
    assert.deepEqual([...log.lines], [1, 2, 5, 6, 9, 10]);
    assert.deepEqual([...log.outside!.lines], [3, 4, 7, 8, 11, 12]);
    assert.equal(log.refusedKeys, 6);
  });

  it('makes windows where there is no session key', () => {
    const many = Array.from({ length: 45 }, (_, i) => line(i, 'INFO', `tick ${i}`)).join('\n');
    const log = scan([utf8(many)]);
    assert.equal(log.eventLog.kind, 'stream');
    assert.equal(log.eventLog.blockCount, 3);
    assert.equal(log.keyOf, undefined);
    assert.deepEqual([log.eventLog.blocks[19], log.eventLog.blocks[20]], [0, 1]);
  });

  it('gives the same whatever the chunks', () => {
    const whole = scan([utf8(LOG)]);
    fc.assert(
      fc.property(places, (at) => {
        const { eventLog, lines } = scan(cut(utf8(LOG), at));
        assert.deepEqual([eventLog, lines], [whole.eventLog, whole.lines]);
      }),
      { seed: 21, numRuns: 60 },
    );
  });
});

describe('UnsupervisedFindings', () => {
  it('ranks sessions, ½ at the cut', () => {
    const log = scan([utf8(LOG)], 'job-\\d+');
    const findings = new UnsupervisedFindings(
      log,
      scoresBy(log, (entry) => [0, 1, 5, 2, 2][entry]),
      0.5,
    );
    assert.deepEqual([findings.anomalous, findings.total], [2, 2]);
    const [first, second] = findings.findings(0, 9);
    assert.deepEqual(
      { block: first.block, line: first.line, lines: [...first.lines], anomalous: first.anomalous },
      { block: 'job-1', line: 3, lines: [1, 3, 4, 5, 6], anomalous: true },
    );
    assert.equal(findingText(first), 'Error "failed": logged as an error');
    assert.equal(second.score, 0.5);
    // A score of 3 above the cut with a slope of 2 has log odds of 6; a threshold is turned into a raw score likewise.
    const steep = { ...scoresBy(log, (entry) => [0, 1, 5, 2, 2][entry]), slope: 2 };
    assert.equal(new UnsupervisedFindings(log, steep, 0.5).findings(0, 1)[0].score, 1 / (1 + Math.exp(-6)));
    assert.equal(new UnsupervisedFindings(log, steep, 0.997).anomalous, 1);
    assert.equal(new UnsupervisedFindings(log, steep, 0.998).anomalous, 0);
    assert.equal(
      new UnsupervisedFindings(
        log,
        scoresBy(log, () => 0),
        0.5,
      ).anomalous,
      0,
    );
    assert.equal(
      new UnsupervisedFindings(
        log,
        scoresBy(log, () => 0),
        0,
      ).anomalous,
      2,
    );
  });

  it('explains by the silence around a line, by the order of a session and by what it lacks', () => {
    const ordinary = Array.from({ length: 59 }, (_, i) => [line(i, 'INFO', 'all is well')]).flat();
    const late = line(0, 'INFO', 'awake again').replace('10:00', '10:45');
    const stream = scan([
      utf8([...ordinary, ...ordinary.map((one) => one.replace('10:00', '10:01')), late].join('\n')),
    ]);
    const [first] = new UnsupervisedFindings(
      stream,
      scoresBy(stream, (entry) => (entry === 118 ? 5 : 0)),
      0.5,
    ).findings(0, 1);
    assert.match(findingText(first), /^Silence "awake again": the first line after 43 min of silence/);

    const jobs = Array.from({ length: 30 }, (_, i) => [
      'open',
      ...(i === 7 ? [] : ['read']),
      'close',
      ...(i === 9 ? [] : ['free']),
    ]);
    const sessions = scan(
      [utf8(jobs.flatMap((all, i) => all.map((each) => line(1, 'INFO', `${each} job-${i}`))).join('\n'))],
      'job-\\d+',
    );
    const surprisal = { entries: new Float64Array(120), ends: new Float64Array(30), shortened: 0 };
    const of = (job: number): number[] =>
      [...sessions.eventLog.blocks.keys()].filter((entry) => sessions.eventLog.blocks[entry] === job);
    surprisal.entries[of(7)[1]] = 9;
    const scores = scoresBy(sessions, (entry) => (entry === of(7)[1] ? 9 : entry === of(9)[0] ? 5 : 0));
    const reasons = new UnsupervisedFindings(sessions, { ...scores, surprisal }, 0.5)
      .findings(0, 2)
      .map((finding) => findingText(finding));
    assert.deepEqual(reasons, [
      'Step missing "close": "read" usually comes before it, and does not here',
      'Step missing "open": "free" is missing, which nearly all others have',
    ]);
  });

  it('ranks what belongs to no session among the sessions, each of its lines once', () => {
    const lines = Array.from({ length: 60 }, (_, i) =>
      i % 4 === 0 ? line(i, 'INFO', `open job-${i}`) : line(i, 'INFO', `tick of ${'abc'[i % 3]}`),
    );
    const log = scan([utf8(lines.join('\n'))], 'job-\\d+');
    assert.ok(log.outside);
    const outside = log.outside;
    const findings = new UnsupervisedFindings(
      log,
      scoresBy(log, (entry) => entry % 4),
      0.5,
      { log: outside, scores: scoresBy(outside, (entry) => (entry % 9) / 2) },
    );
    const all = findings.findings(0, findings.total);
    const windows = all.filter(({ block }) => block.startsWith('L'));
    assert.deepEqual(
      windows.flatMap((finding) => [...finding.lines]).sort((a, b) => a - b),
      [...outside.lines],
    );
    assert.equal(all.length - windows.length, 15);
    [all.slice(0, findings.anomalous), all.slice(findings.anomalous)].forEach((part, i) => {
      assert.ok(part.some(({ block }) => block.startsWith('L')) && part.some(({ block }) => block.startsWith('job')));
      assert.deepEqual(
        part.map(({ score }) => score),
        part.map(({ score }) => score).sort((a, b) => b - a),
      );
      assert.ok(part.every(({ anomalous }) => anomalous === (i === 0)));
    });
  });

  it('lists every line of a stream once, whatever is suspicious in it', () => {
    const content = Array.from({ length: 130 }, (_, i) =>
      i % 17 === 3 ? ['  continued', '  again'].join('\n') : line(i % 60, 'INFO', `step ${'abc'[i % 3]} of ${i}`),
    ).join('\n');
    const log = scan([utf8(content)]);
    fc.assert(
      fc.property(
        fc.array(fc.nat(9), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0, 0.3, 0.5, 0.9, 1),
        (scores, threshold) => {
          const findings = new UnsupervisedFindings(
            log,
            scoresBy(log, (entry) => scores[entry % scores.length]),
            threshold,
          );
          const all = findings.findings(0, findings.total);
          const lines = all.flatMap((finding) => [...finding.lines]).sort((a, b) => a - b);
          assert.deepEqual(
            lines,
            Array.from({ length: log.lineCount }, (_, i) => i + 1),
          );
          all.forEach(({ anomalous, score, line: place, lines: own }, rank) => {
            assert.equal(anomalous, rank < findings.anomalous);
            assert.ok(own.includes(place));
            assert.ok(anomalous === score >= threshold || threshold === 1 || threshold === 0);
          });
        },
      ),
      { seed: 22, numRuns: 200 },
    );
  });
});
