import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { npyHeader, readNpy } from '../../src/node/tables/npy';
import { temporaryFolder } from '../support/temporaryFolder';
import { runProgram, type Run } from '../support/runProgram';

const SAMPLE = resolve('samples', 'hdfs-small.log');

function npy(shape: readonly number[], data: Float32Array): Uint8Array {
  return Buffer.concat([npyHeader(shape), new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]);
}

describe('predict-anomalies', () => {
  const at = temporaryFolder();
  const predict = (...args: string[]): Run => runProgram('predict-anomalies', args, at());
  let shape: number[];
  let data: Float32Array;

  beforeEach(() => {
    const { code, stderr } = runProgram('detect-anomalies', ['-i', SAMPLE, '--save-features', '.'], at());
    assert.equal(code, 0, stderr);
    ({ shape, data } = readNpy(readFileSync(at('x_hdfs-small.npy')), 'x'));
  });

  function indices(file: string): number[] {
    const { code, stderr } = predict('--input', file);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /images are anomalous \(model hdfs\); written to anomaly_indices\.txt/);
    const text = readFileSync(at('anomaly_indices.txt'), 'utf8');
    assert.match(text, /^(\d+\n)*$/);
    return text.split('\n').filter(Boolean).map(Number);
  }

  it('judges features of every allowed shape alike', () => {
    const expected = indices('x_hdfs-small.npy');
    assert.ok(expected.length > 0 && expected.length < shape[0]);
    const [n, rows, events] = shape;
    writeFileSync(at('rank4.npy'), npy([n, 1, rows, events], data));
    const padded = new Float32Array(n * (rows + 2) * (events + 2));
    for (let i = 0; i < n * rows; i++) {
      const row = Math.floor(i / rows) * (rows + 2) + (i % rows) + 1;
      padded.set(data.subarray(i * events, (i + 1) * events), row * (events + 2) + 1);
    }
    writeFileSync(at('padded.npy'), npy([n, rows + 2, events + 2], padded));
    writeFileSync(at('padded4.npy'), npy([n, 1, rows + 2, events + 2], padded));
    for (const name of ['rank4.npy', 'padded.npy', 'padded4.npy']) {
      assert.deepEqual(indices(name), expected, name);
    }
    const { stdout } = predict('--input', 'rank4.npy', '--output', '-');
    assert.equal(stdout, expected.map((index) => `${index}\n`).join(''));
  });

  it('exits with 1 for anomalies only if asked', () => {
    assert.equal(predict('--input', 'x_hdfs-small.npy', '--fail-on-anomaly').code, 1);
    writeFileSync(at('nothing.npy'), npy([2, shape[1], shape[2]], new Float32Array(2 * shape[1] * shape[2])));
    assert.equal(predict('--input', 'nothing.npy', '--fail-on-anomaly').code, 0);
    assert.equal(readFileSync(at('anomaly_indices.txt'), 'utf8'), '');
  });

  const faults: [string, () => Uint8Array | undefined, RegExp][] = [
    ['a missing file', () => undefined, /bad\.npy does not exist/],
    ['an empty file', () => new Uint8Array(0), /bad\.npy is empty/],
    ['no images', () => npy([0, shape[1], shape[2]], new Float32Array(0)), /holds no images/],
    ['another file', () => Buffer.from('PK\x03\x04 not an array'), /is no \.npy file/],
    ['a cut file', () => npy(shape, data).subarray(0, 5000), /is damaged/],
    [
      'another width',
      () => npy([1, shape[1], 3], new Float32Array(3 * shape[1])),
      /has the shape \(1, \d+, 3\), but the model wants \(N, /,
    ],
    ['another rank', () => npy([shape[1], shape[2]], new Float32Array(shape[1] * shape[2])), /has the shape/],
    ['NaN', () => npy([1, shape[1], shape[2]], new Float32Array(shape[1] * shape[2]).fill(NaN)), /holds NaN/],
  ];
  for (const [name, content, message] of faults) {
    it(`refuses ${name} in one line`, () => {
      const bytes = content();
      if (bytes !== undefined) {
        writeFileSync(at('bad.npy'), bytes);
      }
      const before = readdirSync(at()).sort();
      const { code, stdout, stderr } = predict('--input', 'bad.npy');
      assert.equal(code, 2, stderr);
      assert.equal(stdout, '');
      assert.match(stderr, message);
      assert.match(stderr, /^predict-anomalies: [^\n]+\n$/);
      assert.deepEqual(readdirSync(at()).sort(), before);
    });
  }

  it('explains itself', () => {
    assert.match(predict('--help').stdout, /Examples:/);
    assert.match(predict().stderr, /--input is missing/);
  });
});
