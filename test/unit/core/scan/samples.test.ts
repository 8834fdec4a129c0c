import assert from 'node:assert/strict';
import { BlockTable } from '../../../../src/core/blocks/blockTable';
import { compileSessionPattern } from '../../../../src/core/blocks/sessionKey';
import { unsupervisedScores } from '../../../../src/core/detect/unsupervised/unsupervisedScores';
import { UnsupervisedFindings } from '../../../../src/core/findings/unsupervisedFindings';
import { FEW } from '../../../../src/core/scan/entrySample';
import { SEGMENT } from '../../../../src/core/scan/segmentSample';
import type { RecordLog } from '../../../../src/core/scan/recordLog';
import { UnsupervisedLogScan } from '../../../../src/core/scan/unsupervisedLogScan';
import { openNextEventNet } from '../../../../src/node/models/onnxNextEventNet';
import { cut, utf8 } from '../../../support/bytes';
import { recordReading } from '../../../support/records';
import { findingText } from '../../../../src/core/findings/wording';

const MOST = 40_000;
const STEPS = ['opening a file', 'reading a part', 'reading a part', 'closing a file'];

function scan(lines: readonly string[], { most = MOST, pattern, table, pieces = [] }: Scanning = {}): RecordLog {
  const key = pattern === undefined ? undefined : compileSessionPattern(pattern);
  const bytes = utf8(`${lines.join('\n')}\n`);
  const unsupervisedLogScan = new UnsupervisedLogScan(recordReading(bytes, key), { entries: most, table });
  cut(bytes, pieces).forEach((chunk) => unsupervisedLogScan.push(chunk));
  return unsupervisedLogScan.end().log();
}

interface Scanning {
  most?: number;
  pattern?: string;
  table?: BlockTable;
  /** Where the bytes are cut. */
  pieces?: number[];
}

/** A log of so many records in which each that is rare stands at a line, from 1 on. */
function streamOf(records: number, rare: Record<number, string> = {}): string[] {
  return Array.from({ length: records }, (_, i) => `INFO ${rare[i + 1] ?? STEPS[i % STEPS.length]}`);
}

/** Sessions of four records, ten at a time interleaved. */
function sessionsOf(sessions: number, rare: Record<number, string> = {}): string[] {
  return Array.from({ length: 4 * sessions }, (_, i) => {
    const session = Math.floor(i / 40) * 10 + (i % 10);
    return `INFO req-${session} ${rare[i + 1] ?? STEPS[Math.floor(i / 10) % 4]}`;
  });
}

function columns({ eventLog, lines, outside, continuations, ...counts }: RecordLog): unknown[] {
  const { keyOf, ...others } = counts;
  const keys = keyOf && Array.from({ length: eventLog.blockCount }, (_, block) => keyOf(block));
  return [eventLog, lines, continuations.pairs(), keys, others, outside && [outside.eventLog, outside.lines]];
}

function textOf({ eventLog }: RecordLog, entry: number): string {
  return eventLog.templates[eventLog.events[entry]].text;
}

describe('a log of more records than are judged', () => {
  it('is not sampled as long as there is room', () => {
    for (const [lines, pattern] of [[streamOf(39_000)], [sessionsOf(9_700), 'req-\\d+']] as const) {
      const log = scan(lines, { pattern });
      assert.equal(log.eventLog.leftOut, undefined);
      assert.deepEqual(columns(log), columns(scan(lines, { pattern, most: 1 << 23 })));
    }
  });

  it('is sampled the same whatever the pieces in which it comes', () => {
    const pieces = [1, 7, 12_345, 600_001, 600_002, 999_999, 2_000_000];
    for (const [lines, pattern] of [
      [streamOf(150_000, { 120_000: 'out of paper' })],
      [sessionsOf(40_000, { 120_000: 'out of paper' }), 'req-\\d+'],
    ] as const) {
      assert.deepEqual(columns(scan(lines, { pattern, pieces })), columns(scan(lines, { pattern })));
    }
  });

  it('keeps whole segments, tells where they begin and how many records there are of each form', () => {
    const log = scan(streamOf(300_000, { 250_000: 'out of paper', 250_500: 'out of paper' }));
    const { events, leftOut, templates } = log.eventLog;
    assert.ok(events.length <= MOST);
    assert.ok(leftOut !== undefined && leftOut.step >= 8 && leftOut.entries === 300_000);
    const expected = Array.from(events.keys()).filter(
      (entry) => entry > 0 && log.lines[entry] !== log.lines[entry - 1] + 1,
    );
    assert.deepEqual([...leftOut.gaps], expected);
    for (let entry = 0; entry < events.length; entry++) {
      const line = log.lines[entry];
      assert.equal(
        textOf(log, entry),
        line === 250_000 || line === 250_500 ? 'INFO out of paper' : `INFO ${STEPS[(line - 1) % 4]}`,
      );
    }
    const counts = Object.fromEntries(templates.map(({ text }, template) => [text, leftOut.counts[template]]));
    assert.equal(counts['INFO out of paper'], 2);
    assert.equal(
      counts['INFO reading a part'] + counts['INFO opening a file'] + counts['INFO closing a file'],
      299_998,
    );
    const segments = new Set(Array.from(log.lines, (line) => Math.floor((line - 1) / SEGMENT)));
    for (let segment = 0; segment < 300_000 / SEGMENT - 1; segment += leftOut.step) {
      assert.ok(segments.has(segment));
    }
  });

  it('keeps the first records of a form with those around them, and the last of the log', () => {
    const rare = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [200_011 + 500 * i, 'out of paper']));
    const log = scan(streamOf(300_001, rare));
    const kept = new Set(log.lines);
    for (let i = 0; i < FEW; i++) {
      for (let near = -10; near <= 5; near++) {
        assert.ok(kept.has(200_011 + 500 * i + near));
      }
    }
    assert.ok(kept.has(300_001));
  });

  it('keeps whole sessions, and those with something rare', () => {
    const log = scan(sessionsOf(60_000, { 200_001: 'out of paper' }), { pattern: 'req-\\d+' });
    const { blocks, blockCount, leftOut } = log.eventLog;
    assert.ok(blocks.length <= MOST && leftOut !== undefined);
    assert.equal(leftOut.unit, 'session');
    const lengths = new Uint32Array(blockCount);
    blocks.forEach((block, entry) => {
      lengths[block]++;
      const line = log.lines[entry];
      const session = Math.floor((line - 1) / 40) * 10 + ((line - 1) % 10);
      assert.equal(log.keyOf?.(block), `req-${session}`);
      assert.ok(session % leftOut.step === 0 || session < 10 || session === 50_000);
    });
    assert.ok(lengths.every((length) => length === 4));
    const texts = [log, log.outside].flatMap((each) => (each === undefined ? [] : each.eventLog.templates));
    assert.ok(texts.some(({ text }) => text.includes('out of paper')));
  });

  it('leaves sessions out that are too many to be told apart, but not what is rare in them', () => {
    const lines = sessionsOf(60_000, { 200_001: 'out of paper' });
    const log = scan(lines, { pattern: 'req-\\d+', table: new BlockTable(20_000) });
    assert.equal(log.refusedKeys, 4 * 40_000);
    assert.ok(log.lines.every((line) => line <= 4 * 20_000));
    assert.deepEqual([...log.outside!.lines], [200_001]);
  });

  it('cuts very long sessions, but not what is rare in them', () => {
    const lines = Array.from({ length: 200_000 }, (_, i) =>
      i === 190_000 ? 'INFO host-1 out of paper' : `INFO host-${i % 2} ${STEPS[Math.floor(i / 2) % 4]}`,
    );
    const log = scan(lines, { pattern: 'host-\\d' });
    assert.ok(log.eventLog.events.length <= MOST);
    const at = [log, log.outside].flatMap((each) => [...(each?.lines ?? [])]);
    assert.ok(at.includes(190_001));
  });

  it('forgets continuation lines only of records that were left out', () => {
    const lines = streamOf(100_000).flatMap((line, i) => (i % 50_000 === 5 ? [line, ' more', ' and more'] : [line]));
    const log = scan(lines);
    assert.equal(log.continuations.countOf(6), 2);
  });

  for (const [kind, of, pattern] of [
    ['a stream', (rare: Record<number, string>) => streamOf(200_000, rare), undefined],
    ['sessions', (rare: Record<number, string>) => sessionsOf(50_000, rare), 'req-\\d+'],
  ] as const) {
    it(`has its only error found in its last part, and nothing where ${kind} was cut`, async () => {
      const line = 199_003;
      const log = scan(of({ [line]: 'ERROR cannot write: disk failed' }), { pattern });
      const parts = { openNextEventNet, seed: 1 };
      const outside = log.outside && {
        log: log.outside,
        scores: await unsupervisedScores(log.outside.eventLog, parts),
      };
      const scores = await unsupervisedScores(log.eventLog, parts);
      const findings = new UnsupervisedFindings(log, scores, 0.5, outside);
      const found = findings.findings(0, findings.anomalous);
      assert.deepEqual(
        found.map((finding) => finding.line),
        [line],
      );
      assert.match(findingText(found[0]), /it is in this log only once/);
      assert.doesNotMatch(findingText(found[0]), /silence/);
      assert.ok(findings.total < 200_000 / 20 + 50_000);
    });
  }
});
