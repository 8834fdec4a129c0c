// Grouping accuracy of the templates found without any settings, what each rule of the miner adds to it, and what the other
// systems would choose for each limit: npm run evaluate:templates [folder]
// Prints tables to standard error and JSON to standard output.
import path from 'node:path';
import { VALUE_RULES } from '../src/core/templates/normalForm';
import type { MergeLimits } from '../src/core/templates/templateGroup';
import { MINING_RULES, type MiningRules } from '../src/core/templates/templateMiner';
import { groupingAccuracy } from './templates/groupingAccuracy';
import { drainAccuracy, mined, truthSystems } from './templateTruth';

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

/** What is tried for each limit. */
const TRIED: Record<keyof MergeLimits, readonly number[]> = {
  words: [3, 4, 5, 6, 7, 8, 10, Infinity],
  values: [2, 3, 4, 5, 6, 8, Infinity],
  names: [2, 3, 4, Infinity],
  besideValue: [2, 3, 4, Infinity],
  strays: [0, 1, 2, 3, 6, 12, Infinity],
  sharedWords: [1, 2, 3],
};

const systems = truthSystems(
  process.argv[2] ?? path.resolve(process.env.LOGCNN_SHARED ?? '../shared', 'data/templates_truth'),
);
const names = systems.map(({ name }) => name);
const ours = systems.map((system) => mined(system));
const accuracies = ours.map(({ accuracy }) => accuracy);
const mean = meanOf(accuracies);

const figures = systems.map((system, i) => ({
  system: system.name,
  messages: system.masked.length,
  trueTemplates: new Set(system.truth).size,
  foundTemplates: ours[i].templates,
  accuracy: accuracies[i],
  maskOnly: groupingAccuracy(system.truth, system.masked),
  drain: drainAccuracy(system),
}));
console.error(
  `${'system'.padEnd(12)}${'accuracy'.padStart(10)}${'mask only'.padStart(10)}${'Drain'.padStart(10)}${'published'.padStart(10)}  templates (true)`,
);
for (const { system, accuracy, maskOnly, drain, foundTemplates, trueTemplates } of figures) {
  console.error(
    `${system.padEnd(12)}${show(accuracy)}${show(maskOnly)}${show(drain)}${show(PUBLISHED[system])}  ${foundTemplates} (${trueTemplates})`,
  );
}
console.error(`${'mean'.padEnd(12)}${show(mean)}`);

console.error('\nwithout a rule: mean, and the systems that change');
const without: Record<string, number[]> = {};
for (const rule of VALUE_RULES) {
  tellWithout(rule.what, { ...MINING_RULES, values: VALUE_RULES.filter((other) => other !== rule) });
}
for (const limit of ['words', 'values', 'names', 'besideValue', 'strays'] as const) {
  tellWithout(limit, withLimit(limit, limit === 'strays' ? 0 : Infinity));
}

console.error('\neach limit: mean by its value; then with what the other systems choose for each');
const nested: Record<string, number[]> = {};
for (const [limit, values] of Object.entries(TRIED) as [keyof MergeLimits, readonly number[]][]) {
  const rows = values.map((value) => accuraciesBy(withLimit(limit, value)));
  const current = values.indexOf(MINING_RULES.merging[limit]);
  nested[limit] = names.map((_, i) => {
    const others = rows.map((row) => meanOf(row.filter((_, other) => other !== i)));
    return rows[chosenAmong(others, current)][i];
  });
  console.error(`${limit}: ${values.map((value, v) => `${value} ${meanOf(rows[v]).toFixed(3)}`).join(' · ')}`);
  console.error(`  nested ${meanOf(nested[limit]).toFixed(3)}${changesOf(nested[limit])}`);
}
console.log(JSON.stringify({ mean, systems: figures, without, nested }, null, 2));

function tellWithout(what: string, rules: MiningRules): void {
  without[what] = accuraciesBy(rules);
  console.error(`  ${meanOf(without[what]).toFixed(3)}  ${what}${changesOf(without[what])}`);
}

function accuraciesBy(rules: MiningRules): number[] {
  return systems.map((system) => mined(system, rules).accuracy);
}

function withLimit(limit: keyof MergeLimits, value: number): MiningRules {
  return { ...MINING_RULES, merging: { ...MINING_RULES.merging, [limit]: value } };
}

/** Those of the systems whose accuracy differs from ours. */
function changesOf(row: readonly number[]): string {
  const changes = names
    .filter((_, i) => row[i] !== accuracies[i])
    .map((name) => `${name} ${row[names.indexOf(name)].toFixed(3)}`);
  return changes.length === 0 ? '' : `: ${changes.join(', ')}`;
}

/** The index of the highest value: of equal ones the current one, if it is among them, else the middle one. */
function chosenAmong(values: readonly number[], current: number): number {
  const highest = Math.max(...values);
  const best = [...values.keys()].filter((i) => values[i] > highest - 1e-9);
  return best.includes(current) ? current : best[best.length >> 1];
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function show(value: number | undefined): string {
  return (value === undefined ? '–' : value.toFixed(3)).padStart(10);
}
