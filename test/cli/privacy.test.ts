import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { runProgram } from '../support/runProgram';
import { temporaryFolder } from '../support/temporaryFolder';

describe('what a scan leaves behind', () => {
  const at = temporaryFolder();

  it('is nothing in the temporary folder: the telemetry of ONNX Runtime is off', () => {
    mkdirSync(at('tmp'));
    const log = resolve('samples', 'hdfs-small.log');
    const { code, stderr } = runProgram('detect-anomalies', ['-i', log], at(), '', { TMPDIR: at('tmp') });
    assert.equal(code, 0, stderr);
    assert.match(stderr, /model hdfs/);
    assert.deepEqual(readdirSync(at('tmp')), []);
  });
});
