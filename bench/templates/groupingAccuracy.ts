/**
 * Grouping accuracy of found templates: a message is right if the messages of its group are exactly those of its true
 * event (Zhu, He, Liu, He, Xie, Zheng, Lyu: "Tools and Benchmarks for Automated Log Parsing", ICSE-SEIP 2019, section
 * III-B).
 * @param truth the true event of each message
 * @param found the event that was found for each message
 * @returns share of right messages, 0…1; NaN without messages
 */
export function groupingAccuracy(truth: readonly string[], found: readonly (string | number)[]): number {
  const trueSizes = countsOf(truth);
  const foundSizes = countsOf(found);
  const pairs = truth.map((event, i) => JSON.stringify([event, found[i]]));
  const pairSizes = countsOf(pairs);
  let right = 0;
  truth.forEach((event, i) => {
    const common = pairSizes.get(pairs[i]);
    if (common === trueSizes.get(event) && common === foundSizes.get(found[i])) {
      right++;
    }
  });
  return right / truth.length;
}

function countsOf<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
