// How well the severity lexicon ranks: npm run evaluate:lexicon -- <folder of statements>…
// First the statements of each project by weights learned from other projects, then, by the weights that ship, real lines.
import { troubleCount } from '../src/core/detect/lexicon/troubleWords';
import { severityLogOdds } from '../src/core/detect/lexicon/severityLogOdds';
import { rocAuc } from '../src/core/evaluation/ranking';
import { labelledLines } from './lexicon/labelledLines';
import { readStatements, statementFolders } from './lexicon/statements';
import { judgesOfLeftOut } from './lexicon/trainWords';

/** As the judge of logs counts them: more stems than this say no more. */
const MOST_STEMS = 3;

const stems = (text: string): number => Math.min(troubleCount(text), MOST_STEMS);
const JUDGES: readonly [name: string, score: (text: string, odds: number) => number][] = [
  ['words', (_, odds) => odds],
  ['stems', (text) => stems(text)],
  ['both', (text, odds) => odds + stems(text)],
];

function figures(texts: readonly { text: string; grave: boolean }[], judge: (text: string) => number): number[] {
  const labels = texts.map(({ grave }) => (grave ? 1 : 0));
  const odds = texts.map(({ text }) => judge(text));
  return JUDGES.map(([, score]) => rocAuc({ scores: texts.map(({ text }, i) => score(text, odds[i])), labels }));
}

function print(name: string, count: number, values: readonly number[]): void {
  console.log(
    name.padEnd(36) + String(count).padStart(8) + values.map((value) => value.toFixed(3).padStart(9)).join(''),
  );
}

function mean(rows: readonly number[][]): number[] {
  return JUDGES.map((_, i) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length);
}

console.log(`${'AUC'.padEnd(36)}${'texts'.padStart(8)}${JUDGES.map(([name]) => name.padStart(9)).join('')}`);
const projects = readStatements(statementFolders(process.argv.slice(2)));
const leftOut: number[][] = [];
for (const { judge, out } of judgesOfLeftOut(projects)) {
  for (const project of out) {
    const texts = projects
      .get(project)!
      .filter(({ trouble }) => trouble !== 0.5)
      .map(({ text, trouble }) => ({ text, grave: trouble > 0.5 }));
    leftOut.push(figures(texts, judge));
    print(`${project}, left out`, texts.length, leftOut[leftOut.length - 1]);
  }
}
print('mean', projects.size, mean(leftOut));
const wins = leftOut.filter(([words, ofStems]) => words > ofStems).length;
console.log(`words above stems in ${wins} of ${projects.size}`);

for (const { name, logs } of labelledLines()) {
  const rows = logs.map((texts) => figures(texts, severityLogOdds));
  print(`${name}, mean of ${logs.length} logs`, logs.flat().length, mean(rows));
}
