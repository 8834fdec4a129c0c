import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { runProgram } from '../support/runProgram';
import { sharedData, skipWithoutSharedData } from '../support/sharedData';

interface Figures {
  f1: number;
  recall: number;
}

interface Report {
  notes: string[];
  reliability: { calibrationError: number; brier: number };
  detectors: { name: string; all: Figures; unseen: Figures }[];
}

describe('the bundled HDFS model', () => {
  let report: Report;

  before(function () {
    this.timeout(120_000);
    skipWithoutSharedData(this);
    const sequences = sharedData('hdfs/hdfs_v1_sequences.csv.gz')!;
    const args = ['--model', resolve('models', 'hdfs'), '--sequences', sequences, '--format', 'json'];
    const { code, stdout, stderr } = runProgram('evaluate-model', args, process.cwd());
    assert.equal(code, 0, stderr);
    report = JSON.parse(stdout) as Report;
  });

  it('is judged on sessions that were kept from it', () => {
    assert.deepEqual(report.notes, []);
  });

  it('has the figures of its card on these', () => {
    const { all, unseen } = report.detectors[0];
    assert.ok(all.f1 >= 0.997, `F1 ${all.f1}`);
    assert.ok(all.recall >= 0.998, `recall ${all.recall}`);
    assert.ok(unseen.f1 >= 0.99, `F1 on unseen sequences ${unseen.f1}`);
  });

  it('gives scores that can be taken for probabilities', () => {
    assert.ok(report.reliability.calibrationError < 0.002);
    assert.ok(report.reliability.brier < 0.0005);
  });
});
