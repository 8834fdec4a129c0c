import assert from 'node:assert/strict';
import { Stats } from 'node:fs';
import { strangersHand, strangersOwn } from '../../../../src/node/files/fileOwnership';

const USER = 1000;
const FOLDER = 0o040_000;
const FILE = 0o100_000;

describe('the hand of a stranger on a file', () => {
  const status = (mode: number, uid = USER, gid = 50): Stats =>
    Object.assign(Object.create(Stats.prototype) as Stats, { mode, uid, gid });
  const said = (mode: number, uid?: number, gid?: number): string | undefined =>
    strangersHand(status(mode, uid, gid), 'it', USER);

  it('is not on what belongs to the user or root, and only they can write', () => {
    for (const uid of [USER, 0]) {
      assert.equal(said(FILE | 0o644, uid), undefined);
      assert.equal(said(FOLDER | 0o755, uid), undefined);
      assert.equal(strangersOwn(status(FILE | 0o777, uid), 'it', USER), undefined);
    }
  });

  it('is on what belongs to somebody else, of whatever mode', () => {
    assert.equal(said(FILE | 0o600, 1001), 'it belongs to another user (uid 1001)');
    assert.equal(said(FOLDER | 0o1777, 1001), 'it belongs to another user (uid 1001)');
    assert.equal(strangersHand(status(FILE | 0o600, USER), 'it', 0), 'it belongs to another user (uid 1000)');
    assert.equal(strangersOwn(status(FILE | 0o777, 1001), 'it', USER), 'it belongs to another user (uid 1001)');
  });

  it('is on what others can write to, but for folders in which nobody replaces what belongs to another', () => {
    assert.equal(said(FILE | 0o664), 'others can write to it (mode 664)');
    assert.equal(said(FILE | 0o646), 'others can write to it (mode 646)');
    assert.equal(said(FOLDER | 0o775), 'others can write to it (mode 775)');
    assert.equal(said(FOLDER | 0o1777, 0), undefined);
    assert.equal(said(FILE | 0o1666), 'others can write to it (mode 1666)');
  });

  it("is not on what the user's own group can write to, which root's is not", () => {
    assert.equal(said(FILE | 0o664, USER, USER), undefined);
    assert.equal(said(FOLDER | 0o775, USER, USER), undefined);
    assert.equal(said(FILE | 0o666, USER, USER), 'others can write to it (mode 666)');
    assert.equal(said(FILE | 0o664, 0, 0), 'others can write to it (mode 664)');
  });

  it('is not asked for on Windows, which has no such owners and modes', () => {
    const windows = Object.getOwnPropertyDescriptor(process, 'geteuid')!;
    Object.defineProperty(process, 'geteuid', { ...windows, value: undefined });
    try {
      assert.equal(strangersHand(status(FILE | 0o666, 1001), 'it'), undefined);
    } finally {
      Object.defineProperty(process, 'geteuid', windows);
    }
  });
});
