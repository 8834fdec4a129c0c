import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';
import { UserError } from '../../../../src/core/errors/userError';
import { writeError } from '../../../../src/node/files/writeError';

describe('writeError', () => {
  const systemError = (code: string, errno: number): Error =>
    Object.assign(new Error(code), { code, errno, syscall: 'write' });
  const messageOf = (code: string, errno: number): string => {
    const meaning = writeError(systemError(code, errno), 'out.txt');
    assert.ok(meaning instanceof UserError, code);
    return meaning.message;
  };

  it('has one sentence for whatever the system says, with what to do, and never speaks of reading', () => {
    for (const [errno, [code]] of getSystemErrorMap()) {
      const message = messageOf(code, errno);
      assert.match(message, /^out\.txt [^;]+; [^;.]+\.$/, code);
      assert.ok(!/\bread\b(?!-only)/.test(message), message);
    }
    const { EFBIG, EIO, EDQUOT } = constants.errno;
    assert.equal(
      messageOf('EFBIG', -EFBIG),
      'out.txt cannot be written: file too large (EFBIG); choose another place.',
    );
    assert.equal(messageOf('EIO', -EIO), 'out.txt cannot be written because of a device error; check the disk.');
    if (EDQUOT !== undefined) {
      // Node has no name for it.
      assert.match(messageOf(`Unknown system error ${-EDQUOT}`, -EDQUOT), /because your disk quota is used up; free/);
    }
  });

  it('leaves every other error as it is', () => {
    for (const error of [new TypeError('x'), Object.assign(new Error('x'), { code: 'ERR_INVALID_ARG_TYPE' }), 'x']) {
      assert.equal(writeError(error, 'out.txt'), error);
    }
  });
});
