import assert from 'node:assert/strict';
import { stretchFinding } from '../../../../src/core/findings/unsupervisedFinding';
import type { Finding } from '../../../../src/core/findings/finding';
import { BurstsAndGaps } from '../../../../src/core/findings/burstsAndGaps';
import { groupedEntries } from '../../../../src/core/findings/stretchEntries';
import type { Stretch } from '../../../../src/core/findings/stretchGroups';
import { RecordExplainer } from '../../../../src/core/findings/recordExplainer';
import { TypicalRecords } from '../../../../src/core/findings/typicalRecords';
import { Continuations } from '../../../../src/core/records/continuations';
import type { RecordLog } from '../../../../src/core/scan/recordLog';
import { recordLog } from '../../../support/records';

/** The finding of stretches of which the last is shown. */
function findingOf(log: RecordLog, occurrences: Stretch[]): Finding {
  const words = new RecordExplainer(log, {}, new TypicalRecords(log, new BurstsAndGaps([log])));
  const suspect = { stretch: occurrences[occurrences.length - 1], score: 6, occurrences };
  const scores = { cut: 5, slope: 1 };
  const grouped = stretchFinding(log, scores, words, suspect, 0, groupedEntries(log.eventLog));
  assert.deepEqual(stretchFinding(log, scores, words, suspect), grouped);
  return grouped;
}

describe('stretchFinding', () => {
  it('has the lines of stretches that interleave in their order, each once', () => {
    const log = recordLog('one\ntwo\n  more of it\nthree\nfour\nfive\n  more\n  and more\nsix\n');
    assert.deepEqual([...log.lines], [1, 2, 4, 5, 6, 9]);
    const sequences = Uint32Array.from([0, 1, 0, 1, 1, 0]);
    const ofTwo = { ...log, sourceCount: 2, eventLog: { ...log.eventLog, sequences, sequenceCount: 2 } };
    const finding = findingOf(ofTwo, [
      { first: 0, last: 2, peak: 2 },
      { first: 1, last: 4, peak: 4 },
    ]);
    assert.deepEqual([...finding.lines], [1, 2, 3, 4, 5, 6, 7, 8]);
    assert.equal(finding.block, 'L2-L8');
    assert.deepEqual([...findingOf(ofTwo, [{ first: 1, last: 4, peak: 1 }]).lines], [2, 3, 5, 6, 7, 8]);
  });

  it('has the lines of a record and its trace once', () => {
    const trace = 'java.lang.IllegalStateException: no\n\tat shop.Stock.take(Stock.java:7)\n';
    const log = recordLog(
      `2025-03-01 10:00:00 INFO start\n2025-03-01 10:00:01 ERROR failed\n${trace}2025-03-01 10:00:02 INFO end\n`,
    );
    assert.deepEqual([...log.lines], [1, 2, 3, 5]);
    const { lines, block } = findingOf(log, [{ first: 1, last: 2, peak: 1 }]);
    assert.deepEqual([...lines], [2, 3, 4]);
    assert.equal(block, 'L2-L4');
  });

  it('has more lines than a set has room for', () => {
    const log = recordLog('one\ntwo\n');
    const continuations = new Continuations();
    continuations.add(2, 2 ** 24);
    const { lines, block } = findingOf({ ...log, continuations }, [{ first: 1, last: 1, peak: 1 }]);
    assert.equal(lines.length, 2 ** 24 + 1);
    assert.equal(block, `L2-L${2 ** 24 + 2}`);
  });
});
