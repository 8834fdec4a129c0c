// Trains the severity lexicon on log statements: npm run train:lexicon -- <folder>…
// A folder holds *.json, lists of [project, level, text]; see lexicon/statements.ts. All projects are seen: what the
// weights are worth on others is measured by evaluateLexicon.ts.
import { writeFileSync } from 'node:fs';
import { readStatements, statementFolders } from './lexicon/statements';
import { trainWords } from './lexicon/trainWords';

const projects = readStatements(statementFolders(process.argv.slice(2)));
const { bias, words } = trainWords(projects);
const rows = Object.entries(words).map(([word, weight]) => `${JSON.stringify(word)}:${weight}`);
writeFileSync('src/core/detect/lexicon/severityWords.json', `{"bias":${bias},"words":{\n${rows.join(',\n')}\n}}\n`);
console.log(`${rows.length} words of ${projects.size} projects: ${[...projects.keys()].join(', ')}`);
