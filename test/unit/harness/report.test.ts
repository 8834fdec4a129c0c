import assert from 'node:assert/strict';
import { addReports, closingLine, judgePart } from '../../harness/report';

const good = { passed: 3, failed: 0, skipped: 0, failures: [] };

function judge(report: unknown, exitCode: number | null = 0, faults: string[] = []): ReturnType<typeof judgePart> {
  const reportText = report === undefined ? undefined : JSON.stringify(report);
  return judgePart({ part: 'unit', processes: [{ reportText, exitCode }], faults });
}

describe('judgePart', () => {
  it('takes a complete green run as it is', () => {
    assert.deepEqual(judge(good), good);
  });

  it('keeps the failures of a red run and adds none', () => {
    const red = { passed: 1, failed: 1, skipped: 2, failures: [{ title: 'a', message: 'b' }] };
    assert.deepEqual(judge(red, 1), red);
  });

  const faults: [string, ReturnType<typeof judge>, RegExp][] = [
    ['no report, although the exit code is 0', judge(undefined, 0), /wrote no report/],
    ['no report because a signal ended it', judge(undefined, null), /wrote no report.*null/],
    [
      'a report that is no JSON',
      judgePart({ part: 'x', processes: [{ reportText: '{"pas', exitCode: 0 }], faults: [] }),
      /cannot be/,
    ],
    ['a report without counts', judge({ failures: [] }), /cannot be read/],
    ['a report with a negative count', judge({ ...good, passed: -1 }), /cannot be read/],
    ['more failures than counted', judge({ ...good, failures: [{ title: 'a', message: 'b' }] }), /cannot be read/],
    ['no test at all', judge({ ...good, passed: 0 }), /ran no test/],
    ['nothing but skipped tests', judge({ ...good, passed: 0, skipped: 3 }), /ran no test/],
    ['a crash after a green report', judge(good, 134), /exit code 134/],
    ['an end by a signal after a green report', judge(good, null), /exit code null/],
    ['a fault seen from outside', judge(good, 0, ['did not end within 5 minutes']), /did not end/],
  ];
  for (const [name, report, message] of faults) {
    it(`counts as failed: ${name}`, () => {
      assert.equal(report.failed, 1);
      assert.match(report.failures[0]?.message ?? '', message);
    });
  }
});

describe('closingLine', () => {
  it('adds up all parts', () => {
    const total = addReports([good, { passed: 1, failed: 1, skipped: 0, failures: [{ title: 'a', message: 'b' }] }]);
    assert.equal(closingLine(total), '4 passed, 1 failed');
    assert.deepEqual(total.failures, [{ title: 'a', message: 'b' }]);
  });

  it('names skipped tests only where there are any', () => {
    assert.equal(closingLine({ ...good, skipped: 2 }), '3 passed, 0 failed, 2 skipped');
  });
});
