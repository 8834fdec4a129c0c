import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CancelledError } from '../../../../src/core/cancellation';
import { Suppression } from '../../../../src/core/findings/suppression';
import { markedNew } from '../../../../src/core/verdict/known';
import { byBlock, byPlace, relocated } from '../../../../src/core/verdict/relocated';
import { suppressed } from '../../../../src/core/verdict/suppressed';
import { inBatches } from '../../../../src/core/verdict/verdict';
import { verdictOn } from './verdicts';

const SOME = '0123456789abcdef';
const OTHER = 'fedcba9876543210';

describe('suppressed', () => {
  it('counts what is suppressed as not anomalous, and puts it behind what is', async () => {
    const verdict = verdictOn(
      [SOME, OTHER, SOME, OTHER, ''].map((fingerprint) => ({ fingerprint })),
      4,
    );
    const quiet = await suppressed(verdict, new Suppression([SOME], 'a file'));
    const found = await quiet.findings(0, quiet.total);
    assert.deepEqual(
      found.map(({ block, anomalous }) => [block, anomalous]),
      [
        ['b1', true],
        ['b3', true],
        ['b0', false],
        ['b2', false],
        ['b4', false],
      ],
    );
    assert.deepEqual([quiet.anomalous, quiet.total], [2, 5]);
    assert.deepEqual(quiet.summary, {
      ...verdict.summary,
      anomalous: 2,
      suppressed: 2,
      notes: ['a note', '2 of 4 findings suppressed by a file'],
    });
    // By which it is known again as a log goes on.
    assert.equal(found[0], (await verdict.findings(1, 2))[0]);
  });

  it('gives the same findings whatever ranks are asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 12 }),
        fc.nat(12),
        fc.nat(14),
        fc.nat(14),
        async (covered, anomalous, start, length) => {
          const verdict = verdictOn(
            covered.map((each) => ({ fingerprint: each ? SOME : OTHER })),
            Math.min(anomalous, covered.length),
          );
          const quiet = await suppressed(verdict, new Suppression([SOME]));
          const all = await quiet.findings(0, quiet.total);
          assert.deepEqual(await quiet.findings(start, start + length), all.slice(start, start + length));
          assert.equal(all.filter((finding) => finding.anomalous).length, quiet.summary.anomalous);
        },
      ),
      { seed: 3 },
    );
  });

  it('stops when it is cancelled', async () => {
    const verdict = verdictOn([{}]);
    verdict.findings = async (_start, _end, hooks) => {
      assert.equal(hooks?.isCancelled?.(), true);
      throw new CancelledError();
    };
    await assert.rejects(suppressed(verdict, new Suppression([SOME]), { isCancelled: () => true }), CancelledError);
  });
});

describe('markedNew', () => {
  it('counts the anomalous findings that are not known, and says of each whether it is', async () => {
    const verdict = verdictOn(
      [SOME, OTHER, OTHER].map((fingerprint) => ({ fingerprint })),
      2,
    );
    const { verdict: marked, newCount } = await markedNew(verdict, new Set([SOME]), 'known.json');
    assert.equal(newCount, 1);
    assert.deepEqual(
      (await marked.findings(0, 3)).map(({ isNew }) => isNew),
      [false, true, false],
    );
    assert.deepEqual(marked.summary.notes, ['a note', 'new findings: 1 of 2, the others are known from known.json']);
    assert.deepEqual([marked.anomalous, marked.total], [2, 3]);
  });
});

describe('relocated', () => {
  const parts = [
    { name: 'a.log.1', linesBefore: 0 },
    { name: 'a.log', linesBefore: 100 },
  ];

  it('names file and line of the findings', async () => {
    const verdict = relocated(verdictOn([{ line: 100 }, { line: 101 }]), parts, byPlace, 'files');
    assert.deepEqual(
      (await verdict.findings(0, 2)).map(({ place }) => place),
      [
        { file: 'a.log.1', line: 100 },
        { file: 'a.log', line: 1 },
      ],
    );
    assert.deepEqual(verdict.summary.notes, ['a note', 'files: a.log.1, a.log']);
  });

  it('names windows by the files’ own lines, and leaves sessions alone', async () => {
    const blocks = ['L1-L20', 'L90-L120', 'L101-L120', 'job-7'];
    const verdict = relocated(verdictOn(blocks.map((block) => ({ block }))), parts, byBlock, 'files');
    assert.deepEqual(
      (await verdict.findings(0, 4)).map(({ block }) => block),
      ['a.log.1:L1-L20', 'a.log.1:L90-a.log:L20', 'a.log:L1-L20', 'job-7'],
    );
  });
});

describe('inBatches', () => {
  it('gives the findings a thousand at a time, and tells how far it is', async () => {
    const verdict = verdictOn(Array.from({ length: 2500 }, () => ({})));
    const told: number[] = [];
    const sizes: number[] = [];
    for await (const batch of inBatches(verdict, 2400, { onProgress: (done) => told.push(done) })) {
      sizes.push(batch.length);
    }
    assert.deepEqual(sizes, [1000, 1000, 400]);
    assert.deepEqual(told, [0, 1000, 2000]);
  });
});
