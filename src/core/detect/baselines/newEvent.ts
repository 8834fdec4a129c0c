import type { SimpleDetector } from './simpleDetector';

/**
 * Counts the distinct events of a sequence that occur in no normal training session; one is enough for an alarm
 * (Landauer et al. 2024, "A Critical Review of Common Log Data Sets", new-event detector).
 */
export const newEvent: SimpleDetector = {
  name: 'new event',
  fit(train) {
    const usual = new Set<number>();
    train.sequences.forEach((sequence, i) => {
      if (train.normal[i] > 0) {
        Array.from(sequence).forEach((event) => usual.add(event));
      }
    });
    return {
      threshold: 1,
      score: (sequence) => new Set(Array.from(sequence).filter((event) => !usual.has(event))).size,
    };
  },
};
