import type { Classifier } from '../../src/core/model/classifier';
import type { Profile } from '../../src/core/model/profile';

/** A small valid profile over five events, for tests that need one. */
export function smallProfile(): Profile {
  const vocabulary = ['open', 'read', 'close', 'fail', 'retry'];
  return {
    version: 1,
    name: 'small',
    networkSha256: '0'.repeat(64),
    format: { header: '<Date> <Time> <Pid> <Level> <Component>: <Content>', time: 'yyMMdd HHmmss' },
    sessionKey: 'job-\\d+',
    matching: 'wildcard',
    templates: [
      { id: 'open', template: 'open <*>' },
      { id: 'read', template: 'read <*>' },
      { id: 'close', template: 'close <*>' },
      { id: 'fail', template: '<*> failed<*>' },
      { id: 'retry', template: 'retry <*>' },
      { id: 'noise', template: 'noise <*>' },
    ],
    vocabulary,
    features: { window: 4, maximumLength: 8, rows: 5, countRows: 1, idf: [1, 1, 1, 2, 2] },
    usual: {
      normalShare: [1, 0.95, 1, 0, 0.2],
      anomalousShare: [1, 0.5, 0.5, 0.6, 0.3],
      normalMaximum: [1, 3, 1, 0, 2],
    },
    threshold: 0.5,
    training: {},
  };
}

/** A classifier whose score is a function of the whole block's counts × idf, the last row of the small profile's image. */
export function classifierOfCounts(score: (counts: number[]) => number): Classifier {
  const { rows, countRows, idf } = smallProfile().features;
  const width = idf.length + 2;
  const area = (rows + countRows + 2) * width;
  return {
    score: async (images, count) =>
      Float64Array.from({ length: count }, (_, i) => {
        const row = i * area + (rows + countRows) * width + 1;
        return score([...images.subarray(row, row + idf.length)].map((value, column) => value / idf[column]));
      }),
    release: async () => undefined,
  };
}
