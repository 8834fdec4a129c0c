import { messageWords } from '../../src/core/detect/lexicon/messageWords';
import { logOddsByWords, type SeverityWords } from '../../src/core/detect/lexicon/severityLogOdds';
import type { Statement } from './statements';

/** Strength of the penalty on the squares of the weights. */
const PENALTY = 5e-4;
/** A word that fewer projects use is one of theirs. */
const FEWEST_PROJECTS = 3;
/** Words that are kept: those that move the statements most. */
const MOST_WORDS = 3000;
const EPOCHS = 100;
/** Groups of projects, each of which is judged by a model of the others to calibrate it. */
const GROUPS = 5;

/**
 * Weights of words from which follows how likely the authors of a program would call a message an error: logistic
 * regression with a quadratic penalty. Projects weigh the same, and each has a constant of its own while it is learned,
 * since some log far more errors than others. The sum is scaled so that on projects left out it is the log odds.
 */
export function trainWords(projects: ReadonlyMap<string, readonly Statement[]>): SeverityWords {
  const leftOut = judgesOfLeftOut(projects).flatMap(({ judge, out }) =>
    out.flatMap((name) => {
      const statements = projects.get(name)!;
      const weight = 1 / statements.length / projects.size;
      return statements.map(({ text, trouble }) => ({ score: judge(text), trouble, weight }));
    }),
  );
  const { slope, offset } = calibration(leftOut);
  const { bias, words } = fit(projects);
  const scaled = Object.entries(words).map(([word, weight]): [string, number] => [word, rounded(weight * slope, 1)]);
  return {
    bias: rounded(bias * slope + offset, 2),
    words: Object.fromEntries(scaled.filter(([, weight]) => weight !== 0).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** For each group of projects a judge that learned from all others; its sums are neither scaled nor rounded. */
export function judgesOfLeftOut(
  projects: ReadonlyMap<string, readonly Statement[]>,
): { judge: (text: string) => number; out: string[] }[] {
  const names = [...projects.keys()];
  return Array.from({ length: GROUPS }, (_, group) => {
    const out = names.filter((__, i) => i % GROUPS === group);
    return { judge: logOddsByWords(fit(new Map([...projects].filter(([name]) => !out.includes(name))))), out };
  });
}

/** The weights as they are learned. */
function fit(projects: ReadonlyMap<string, readonly Statement[]>): SeverityWords {
  const rows = [...projects.values()].flatMap((statements, project) =>
    statements.map(({ text, trouble }) => ({
      words: [...new Set(messageWords(text))],
      trouble,
      project,
      weight: 1 / statements.length / projects.size,
    })),
  );
  const users = new Map<string, Set<number>>();
  for (const { words, project } of rows) {
    for (const word of words) {
      users.set(word, (users.get(word) ?? new Set()).add(project));
    }
  }
  const vocabulary = [...users].filter(([, by]) => by.size >= FEWEST_PROJECTS).map(([word]) => word);
  const numbers = new Map(vocabulary.map((word, i) => [word, i]));
  const indices = rows.map(({ words }) => words.flatMap((word) => numbers.get(word) ?? []));
  const size = vocabulary.length;
  // The weights of the words, then the constants of the projects.
  const weights = new Float64Array(size + projects.size);
  const gradient = new Float64Array(weights.length);
  const step = adam(weights);
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    gradient.forEach((_, j) => (gradient[j] = j < size ? PENALTY * weights[j] : 0));
    rows.forEach(({ trouble, project, weight }, i) => {
      let sum = weights[size + project];
      for (const j of indices[i]) {
        sum += weights[j];
      }
      const error = weight * (1 / (1 + Math.exp(-sum)) - trouble);
      for (const j of indices[i]) {
        gradient[j] += error;
      }
      gradient[size + project] += error;
    });
    step(gradient, 0.1 * (1 - epoch / EPOCHS) + 0.002);
  }
  const share = new Float64Array(size);
  rows.forEach(({ weight }, i) => indices[i].forEach((j) => (share[j] += weight)));
  const kept = vocabulary
    .map((word, j) => ({ word, weight: weights[j], moved: Math.abs(weights[j]) * Math.sqrt(share[j]) }))
    .sort((a, b) => b.moved - a.moved)
    .slice(0, MOST_WORDS);
  return {
    bias: weights.subarray(size).reduce((sum, constant) => sum + constant, 0) / projects.size,
    words: Object.fromEntries(kept.map(({ word, weight }) => [word, weight])),
  };
}

/** Steps of Adam (Kingma and Ba 2015) that change `weights`. */
function adam(weights: Float64Array): (gradient: Float64Array, rate: number) => void {
  const mean = new Float64Array(weights.length);
  const square = new Float64Array(weights.length);
  let steps = 0;
  return (gradient, rate) => {
    steps++;
    for (let j = 0; j < weights.length; j++) {
      mean[j] = 0.9 * mean[j] + 0.1 * gradient[j];
      square[j] = 0.99 * square[j] + 0.01 * gradient[j] * gradient[j];
      const size = Math.sqrt(square[j] / (1 - 0.99 ** steps)) + 1e-9;
      weights[j] -= (rate * (mean[j] / (1 - 0.9 ** steps))) / size;
    }
  };
}

/** The line through which the scores become log odds (Platt 1999), by Newton's method. */
function calibration(scored: readonly { score: number; trouble: number; weight: number }[]): {
  slope: number;
  offset: number;
} {
  let slope = 1;
  let offset = 0;
  for (let round = 0; round < 20; round++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    for (const { score, trouble, weight } of scored) {
      const p = 1 / (1 + Math.exp(-(slope * score + offset)));
      g0 += weight * (p - trouble);
      g1 += weight * (p - trouble) * score;
      const h = weight * p * (1 - p);
      h00 += h;
      h01 += h * score;
      h11 += h * score * score;
    }
    const determinant = h00 * h11 - h01 * h01;
    offset -= (h11 * g0 - h01 * g1) / determinant;
    slope -= (h00 * g1 - h01 * g0) / determinant;
  }
  return { slope, offset };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits)) + 0;
}
