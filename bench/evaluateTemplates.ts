// Grouping accuracy of the templates found without any settings: npm run evaluate:templates [folder]
// Prints a table to standard error and JSON to standard output.
import path from 'node:path';
import { templateFigures } from './templateTruth';

/** Drain with a header format, masks and thresholds written for each system, as LogPAI published it (He et al.). */
const PUBLISHED: Record<string, number> = {
  HDFS: 0.998,
  Hadoop: 0.948,
  Apache: 1.0,
  OpenSSH: 0.788,
  Linux: 0.69,
  Android: 0.911,
  Spark: 0.92,
  Mac: 0.787,
};

const folder = process.argv[2] ?? path.resolve(process.env.LOGCNN_SHARED ?? '../shared', 'data/templates_truth');
const figures = templateFigures(folder);
const mean = figures.reduce((sum, { accuracy }) => sum + accuracy, 0) / figures.length;

const show = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(3)).padStart(10);
console.error(
  `${'system'.padEnd(12)}${'accuracy'.padStart(10)}${'mask only'.padStart(10)}${'Drain'.padStart(10)}${'published'.padStart(10)}  templates (true)`,
);
for (const { system, accuracy, maskOnly, drain, foundTemplates, trueTemplates } of figures) {
  console.error(
    `${system.padEnd(12)}${show(accuracy)}${show(maskOnly)}${show(drain)}${show(PUBLISHED[system])}  ${foundTemplates} (${trueTemplates})`,
  );
}
console.error(`${'mean'.padEnd(12)}${show(mean)}`);
console.log(JSON.stringify({ mean, systems: figures }, null, 2));
