import assert from 'node:assert/strict';
import type { Verdict } from '../../../../src/core/verdict/verdict';
import type { LogFollower } from '../../../../src/core/follow/logFollower';
import { WarmUp } from '../../../../src/core/follow/warmUp';
import { text, utf8 } from '../../../support/bytes';

describe('WarmUp', () => {
  /** What happened to each follower, and how many records it learns from: as many as it has bytes. */
  let followers: string[];
  let released: number;

  beforeEach(() => {
    followers = [];
    released = 0;
  });

  function begin(beginning: Uint8Array): LogFollower {
    const own = followers.push(`[${text(beginning).slice(0, 10)}]`) - 1;
    const note = (what: string): void => void (followers[own] += ` ${what}`);
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
      update: async () => {
        note('update');
        learned ||= size;
        return {} as Verdict;
      },
      release: async () => void released++,
    };
  }

  it('is learned anew with all that has come', async () => {
    const log = new WarmUp(begin);
    log.push(utf8('ab'));
    await log.update();
    log.push(utf8('c'));
    log.endLine();
    log.beginFile();
    log.push(utf8('d'));
    await log.update();
    assert.deepEqual(followers, ['[ab] ab update c end file d', '[abcd] ab c end file d update']);
    assert.equal(released, 1);
    await log.release();
    assert.equal(released, 2);
  });

  it('is learned anew also if it had no record at first', async () => {
    const log = new WarmUp(begin);
    await log.update();
    log.push(utf8('a'));
    await log.update();
    assert.deepEqual(followers, ['[] update a', '[a] a update']);
  });

  it('keeps what was learned from a thousand records', async () => {
    const log = new WarmUp(begin);
    log.push(utf8('x'.repeat(999)));
    await log.update();
    log.push(utf8('y'));
    await log.update();
    log.push(utf8('z'));
    await log.update();
    assert.deepEqual(followers, ['[xxxxxxxxxx] xxxxxxxxxx update y', '[xxxxxxxxxx] xxxxxxxxxx y update z update']);
  });

  it('is learned once more when it has a mebibyte, whatever it holds, and keeps that', async () => {
    const log = new WarmUp(begin);
    log.push(utf8('x'));
    await log.update();
    log.push(new Uint8Array(1 << 20).fill(0x79));
    log.push(utf8('z'));
    await log.update();
    log.push(utf8('!'));
    await log.update();
    assert.deepEqual(followers, ['[x] x update', '[xyyyyyyyyy] x yyyyyyyyyy z update ! update']);
    assert.equal(released, 1);
  });

  it('is learned once if it has a mebibyte at first', async () => {
    const log = new WarmUp(begin);
    log.push(new Uint8Array((1 << 20) + 1).fill(0x78));
    await log.update();
    log.push(utf8('y'));
    await log.update();
    assert.deepEqual(followers, ['[xxxxxxxxxx] xxxxxxxxxx update y update']);
  });

  it('gives back a follower that was replaced and not updated again', async () => {
    const log = new WarmUp(begin);
    await log.update();
    log.push(new Uint8Array((1 << 20) + 1));
    await log.release();
    assert.equal(released, 2);
  });
});
