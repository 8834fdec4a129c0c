import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../../../../src/core/findings/finding';
import { openLog } from '../../../../src/node/files/logSource';
import { LogScanner } from '../../../../src/node/scan/scanLog';
import { EVERYDAY_LOGS, type Fault } from '../../../support/everydayLogs';
import { terminalLog } from '../../../support/serviceLogs';
import { temporaryFolder } from '../../../support/temporaryFolder';
import { findingText } from '../../../../src/core/findings/wording';

/** What a person reads about each fault, beside what the line says itself. */
const REASONS: Record<Fault, RegExp> = {
  trace: /^New error .*: the only error in this log/,
  error: /^(?:New error|Failure) /,
  'new message': /^New message .*: .*nothing new had come for \d+ (?:s|min)$/,
  'missing step': /^Step missing .*: ".*" usually follows ".*", and this came instead$/,
  burst: /(?:25|30|40) times (?:within|since)|all 30 errors of this log, within/,
};

describe('logs as they are written every day', () => {
  const at = temporaryFolder();
  let scanner: LogScanner;

  before(() => {
    scanner = new LogScanner(path.resolve('models'));
  });

  after(() => scanner.release());

  async function findingsOf(text: string): Promise<Finding[]> {
    const file = at('every.log');
    writeFileSync(file, text);
    const { verdict } = await scanner.scan(await openLog(file), { unsupervised: true });
    return verdict.findings(0, verdict.anomalous);
  }

  it('have the failure first where a build wrote to a terminal', async () => {
    const { text, fault } = terminalLog(1);
    const findings = await findingsOf(text);
    assert.ok(fault && findings.length >= 1 && findings.length <= 5);
    assert.match(findingText(findings[0]), /^Failure "AssertionError.*": it reads like what explains a failure$/);
    assert.ok(findings.every(({ line }) => line >= fault.first && line <= fault.last));
  });

  for (const { name, faults, write } of EVERYDAY_LOGS) {
    for (const seed of [1, 2]) {
      it(`have at most one finding if nothing is wrong: ${name}, seed ${seed}`, async () => {
        const findings = await findingsOf(write(seed).text);
        assert.ok(findings.length <= 1, findings.map((finding) => findingText(finding)).join('\n'));
      });
    }
    for (const fault of faults) {
      it(`have their fault as the first finding: ${name}, ${fault}`, async () => {
        const log = write(3, fault);
        const findings = await findingsOf(log.text);
        assert.ok(log.fault && findings.length >= 1 && findings.length <= 3);
        const [{ line }] = findings;
        const reason = findingText(findings[0]);
        assert.ok(log.fault.first <= line && line <= log.fault.last, reason);
        assert.match(reason, REASONS[fault]);
      });
    }
  }
});
