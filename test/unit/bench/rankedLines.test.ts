import assert from 'node:assert/strict';
import { linedLog, linesByBaselines, listedFirst } from '../../../bench/anylog/rankedLines';

describe("the baselines' rankings of lines", () => {
  const quiet = Array.from({ length: 12 }, () => 'all is well here');
  const lined = linedLog([...quiet, 'disk error found', ...quiet, 'disk error found', ...quiet, 'the end of it']);

  it('take each template once, the last of equal ones, and nothing beside what is listed', () => {
    const { log } = lined;
    const scores = Array.from(log.events, (event) => (log.templates[event].text.includes('error') ? 1 : 0));
    assert.deepEqual(listedFirst(lined, scores, 3), [26, 39, 33]);
    assert.deepEqual(listedFirst(lined, scores, 1), [26]);
  });

  it('are those of their detectors, with the last lines', async () => {
    const listed = await linesByBaselines(lined, 1);
    assert.deepEqual(listed.get('keywords'), [26]);
    assert.deepEqual(listed.get('rarity'), [39]);
    assert.deepEqual(listed.get('last lines'), [39]);
    assert.equal(listed.get('count vector distance')?.length, 1);
  });
});
