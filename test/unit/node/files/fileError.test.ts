import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';
import { UserError } from '../../../../src/core/errors/userError';
import { fileError, systemCode } from '../../../../src/node/files/fileError';

describe('fileError', () => {
  it('makes one sentence with a remedy of every error of the system', () => {
    for (const [name] of [...getSystemErrorMap().values(), ['Unknown system error -122']]) {
      const error = fileError(Object.assign(new Error(name), { code: name, syscall: 'read' }), '/a/b.log');
      assert.ok(error instanceof UserError, name);
      assert.match(error.message, /^\/a\/b\.log.* [a-z].*; .*\.$|^\/a\/b\.log.*: [^.]*; [^.]*\.$/);
      assert.doesNotMatch(error.message, /undefined|\n/);
    }
  });

  it('leaves errors of programs and libraries as they are', () => {
    for (const error of [
      new TypeError('x is not a function'),
      Object.assign(new Error('invalid'), { code: 'ERR_INVALID_ARG_VALUE' }),
      Object.assign(new Error('incorrect header check'), { code: 'Z_DATA_ERROR', errno: -3 }),
      'text',
    ]) {
      assert.equal(fileError(error, 'a.log'), error);
    }
  });

  it('knows the errors for which Node has no name', () => {
    for (const [name, number] of Object.entries(constants.errno).filter(([name]) => /^(ESTALE|EDQUOT)$/.test(name))) {
      // As Node tells them.
      const code = `Unknown system error ${-number}`;
      assert.equal(systemCode(Object.assign(new Error(code), { code, errno: -number, syscall: 'read' })), name);
    }
  });
});
