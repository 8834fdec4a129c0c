import type { SimpleDetector } from './simpleDetector';

/**
 * By how many events a sequence is shorter than the shortest or longer than the longest normal training session; one is
 * enough for an alarm (Landauer et al. 2024, "A Critical Review of Common Log Data Sets", sequence-length detector).
 * Without normal sessions every length is as good as any other and the score is 0.
 */
export const sequenceLength: SimpleDetector = {
  name: 'sequence length',
  fit(train) {
    let shortest = Infinity;
    let longest = 0;
    train.sequences.forEach(({ length }, i) => {
      if (train.normal[i] > 0) {
        shortest = Math.min(shortest, length);
        longest = Math.max(longest, length);
      }
    });
    return {
      threshold: 1,
      score: ({ length }) => (shortest === Infinity ? 0 : Math.max(0, shortest - length, length - longest)),
    };
  },
};
