import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { explain } from '../../../../src/node/models/onnxRuntime';

describe('explain', () => {
  const faultOf = (load: () => unknown): unknown => {
    try {
      return load();
    } catch (error) {
      return error;
    }
  };

  it('tells a missing package from a system that cannot run it', () => {
    const require = createRequire(__filename);
    const file = '/none/onnxruntime.js';
    const { message: missing } = explain(faultOf(() => require(file)));
    assert.match(missing, /is not installed completely on \S+: install LogCNN again.*Cannot find module/);
    assert.ok(!missing.includes('\n') && !missing.includes('glibc'));
    const { message: tooOld } = explain(
      Object.assign(new Error('version `GLIBC_2.28’ not found'), { code: 'ERR_DLOPEN_FAILED' }),
    );
    assert.match(tooOld, /cannot be loaded on \S+: .*GLIBC_2\.28/);
  });
});
