import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { imageSize } from '../../src/core/features/blockImage';
import { parseProfile } from '../../src/core/model/profile';
import { networkHash } from '../../src/node/models/modelBundle';
import { runProgram, type Run } from '../support/runProgram';
import { network, rawModel, rawNode } from '../support/storedNetworks';
import { temporaryFolder } from '../support/temporaryFolder';

const SAMPLE = resolve('samples', 'hdfs-small.log');
const HDFS = parseProfile(JSON.parse(readFileSync('models/hdfs/profile.json', 'utf8')), 'profile.json');
const SHAPE = { ...imageSize(HDFS.features), classes: 2 };

describe('detect-anomalies with a network of others', () => {
  const at = temporaryFolder();
  const detect = (...args: string[]): Run =>
    runProgram('detect-anomalies', ['--no-config', '--input', SAMPLE, '--output', '-', ...args], at());
  /** Writes a bundle of the HDFS profile, which names the network as its own. */
  const writeBundle = (onnx: Uint8Array): void => {
    mkdirSync(at('foreign'));
    writeFileSync(at('foreign', 'model.onnx'), onnx);
    writeFileSync(at('foreign', 'profile.json'), JSON.stringify({ ...HDFS, networkSha256: networkHash(onnx) }));
  };
  const refuses = ({ code, stdout, stderr }: Run, message: RegExp): void => {
    assert.equal(code, 2, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, message);
    assert.match(stderr, /^detect-anomalies: [^\n]+\n$/);
  };

  const networks: [string, () => Uint8Array, RegExp][] = [
    ['never ends', () => network(SHAPE, (graph, x) => graph.op('Loop', [x])), /has the operator Loop, where/],
    [
      'needs all memory',
      () => network(SHAPE, (graph) => graph.op('ConstantOfShape', [graph.integers([1 << 20, 1 << 20])])),
      /element type of weights is 7/,
    ],
    [
      'always answers the same',
      () => network(SHAPE, (graph) => graph.op('Identity', [graph.weights('w', [1, 2], new Float32Array(2))])),
      /works on something else than the image/,
    ],
    ['has no input and output', () => rawModel({ nodes: [rawNode('Relu', ['a'], ['b'])] }), /its input is not x/],
    [
      'gives NaN for some blocks only',
      () =>
        network(SHAPE, (graph, x) => {
          const size = SHAPE.height * SHAPE.width;
          const weights = Float32Array.from({ length: 2 * size }, (_, i) => (i % 2 === 0 ? 3e38 : -3e38));
          const bias = graph.weights('b', [2], new Float32Array(2));
          const flat = graph.op('Flatten', [x], { axis: 1 });
          return graph.gemm(flat, graph.weights('w', [2, size], weights), bias, { b: true });
        }),
      /model\.onnx gives values that are not finite \(.*\), so nothing can be judged by it/,
    ],
  ];
  for (const [name, make, message] of networks) {
    it(`refuses one that ${name}`, () => {
      writeBundle(make());
      refuses(detect('--model', 'foreign'), message);
    });
  }

  it('refuses one that was exchanged, also by the path of the network', () => {
    cpSync(resolve('models/hdfs'), at('mine'), { recursive: true });
    const onnx = readFileSync(at('mine', 'model.onnx'));
    onnx[onnx.length >> 1] ^= 1;
    writeFileSync(at('mine', 'model.onnx'), onnx);
    for (const model of ['mine', 'mine/model.onnx']) {
      refuses(detect('--model', model), /is not a model that .*profile\.json was written for; .* if you exchanged/);
    }
  });
});

describe('an installation that is not complete', () => {
  const at = temporaryFolder();
  /** The built programs with their models, and ONNX Runtime if it is wanted. */
  const install = (withRuntime: boolean): void => {
    cpSync(resolve('models'), at('models'), { recursive: true });
    cpSync(resolve('dist', 'cli'), at('dist', 'cli'), { recursive: true });
    if (withRuntime) {
      symlinkSync(resolve('node_modules'), at('node_modules'));
    }
  };
  const complains = (log: string, message: RegExp): void => {
    const program = at('dist', 'cli', 'detect-anomalies');
    const { code, stderr } = runProgram(program, ['--no-config', '--input', log, '--output', '-'], at());
    assert.equal(code, 2, stderr);
    assert.match(stderr, message);
    assert.match(stderr, /^detect-anomalies: [^\n]+\n$/);
  };

  it('is told where ONNX Runtime is missing, and not that the system is too old', () => {
    install(false);
    complains(SAMPLE, /ONNX Runtime.* is not installed completely on .*: install LogCNN again/);
  });

  it('is told where a bundled model is missing', () => {
    install(true);
    rmSync(at('models', 'hdfs', 'profile.json'));
    complains(SAMPLE, /hdfs.profile\.json does not exist; a model bundle needs/);
    rmSync(at('models', 'hdfs'), { recursive: true });
    complains(SAMPLE, /holds none of the models that belong to LogCNN; install LogCNN again/);
  });
});
