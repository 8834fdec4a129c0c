import { bestF1Threshold } from '../../numeric/confusion';
import { CountVectorizer } from './countVectors';
import type { SimpleDetector } from './simpleDetector';

/**
 * The rarer the event counts, the more anomalous: with n training sessions of the same counts the score is 1 / (1 + n),
 * so 1 for counts never seen. Labels serve only to choose the threshold with the best F1 on the training sessions,
 * each judged as if it had not been among them (n − 1), for otherwise nothing in training would look new.
 */
export const countRarity: SimpleDetector = {
  name: 'count rarity',
  fit(train) {
    const vectorizer = new CountVectorizer(train);
    const columns = vectorizer.groups.flatMap(({ normal, anomalous }) => {
      const score = 1 / (normal + anomalous);
      return [
        { score, label: 0, weight: normal },
        { score, label: 1, weight: anomalous },
      ];
    });
    const { threshold } = bestF1Threshold({
      scores: columns.map(({ score }) => score),
      labels: columns.map(({ label }) => label),
      weights: columns.map(({ weight }) => weight),
    });
    return {
      threshold,
      score(sequence) {
        const group = vectorizer.find(vectorizer.counts(sequence));
        return group === undefined ? 1 : 1 / (1 + group.normal + group.anomalous);
      },
    };
  },
};
