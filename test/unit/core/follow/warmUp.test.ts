import assert from 'node:assert/strict';
import type { Verdict } from '../../../../src/core/verdict/verdict';
import type { LogFollower } from '../../../../src/core/follow/logFollower';
import { WarmUp } from '../../../../src/core/follow/warmUp';
import { text, utf8 } from '../../../support/bytes';

describe('WarmUp', () => {
  /** What happened to each verdict, and how many records it learns from: as many as it has bytes. */
  let verdicts: string[];
  let released: number;

  beforeEach(() => {
    verdicts = [];
    released = 0;
  });

  function begin(beginning: Uint8Array): LogFollower {
    const own = verdicts.push(`[${text(beginning).slice(0, 10)}]`) - 1;
    const note = (what: string): void => void (verdicts[own] += ` ${what}`);
    let size = 0;
    let learned = 0;
    return {
      get learnedRecords() {
        return learned;
      },
      push: (bytes) => {
        size += bytes.length;
        note(text(bytes).slice(0, 10));
      },
      endLine: () => (note('end'), true),
      beginFile: () => note('file'),
      makeRoom: async () => note('room'),
      judge: async () => {
        note('judge');
        learned ||= size;
        return {} as Verdict;
      },
      release: async () => void released++,
    };
  }

  it('is learned anew with all that has come', async () => {
    const log = new WarmUp(begin);
    log.push(utf8('ab'));
    await log.judge();
    log.push(utf8('c'));
    log.endLine();
    log.beginFile();
    log.push(utf8('d'));
    await log.judge();
    assert.deepEqual(verdicts, ['[ab] ab judge c end file d', '[abcd] ab c end file d judge']);
    assert.equal(released, 1);
    await log.release();
    assert.equal(released, 2);
  });

  it('is learned anew also if it had no record at first', async () => {
    const log = new WarmUp(begin);
    await log.judge();
    log.push(utf8('a'));
    await log.judge();
    assert.deepEqual(verdicts, ['[] judge a', '[a] a judge']);
  });

  it('keeps what was learned from a thousand records', async () => {
    const log = new WarmUp(begin);
    log.push(utf8('x'.repeat(999)));
    await log.judge();
    log.push(utf8('y'));
    await log.judge();
    log.push(utf8('z'));
    await log.judge();
    assert.deepEqual(verdicts, ['[xxxxxxxxxx] xxxxxxxxxx judge y', '[xxxxxxxxxx] xxxxxxxxxx y judge z judge']);
  });

  it('is learned once more when it has a mebibyte, whatever it holds, and keeps that', async () => {
    const log = new WarmUp(begin);
    log.push(utf8('x'));
    await log.judge();
    log.push(new Uint8Array(1 << 20).fill(0x79));
    log.push(utf8('z'));
    await log.judge();
    log.push(utf8('!'));
    await log.judge();
    assert.deepEqual(verdicts, ['[x] x judge', '[xyyyyyyyyy] x yyyyyyyyyy z judge ! judge']);
    assert.equal(released, 1);
  });

  it('is learned once if it has a mebibyte at first', async () => {
    const log = new WarmUp(begin);
    log.push(new Uint8Array((1 << 20) + 1).fill(0x78));
    await log.judge();
    log.push(utf8('y'));
    await log.judge();
    assert.deepEqual(verdicts, ['[xxxxxxxxxx] xxxxxxxxxx judge y judge']);
  });

  it('gives back a verdict that was replaced and not judged again', async () => {
    const log = new WarmUp(begin);
    await log.judge();
    log.push(new Uint8Array((1 << 20) + 1));
    await log.release();
    assert.equal(released, 2);
  });
});
