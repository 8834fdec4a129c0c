// Learns how the channels of Suspicion count, and measures that on each system with the weights that were learned without it.
// Prints the weights for src/core/detect/suspicion/weights.ts and the table of docs/method/figures.md. Argument: stream or
// console, both if left out.
import { readFileSync } from 'node:fs';
import { Random } from '../src/core/numeric/random';
import { linedLog, linesByBaselines } from './anylog/rankedLines';
import { candidatesOf, kindOf, type Candidates } from './judge/candidates';
import { conditionalLogit, nothingIn, scoreOf, type Logit, type WeightedLog } from './judge/conditionalLogit';
import { streamOrConsole } from './judge/recordLog';
import { rankOfCause } from './systems/measured';
import { SYSTEMS } from './systems/registry';
import type { JudgedLog } from './systems/system';

/** Logs of a system that are read, evenly spread. */
const MOST_LOGS = 80;
/** Faults that show in order, times or numbers alone: the channels that are learned here cannot see them. */
const UNSEEN = /^injected: (?:swapped|missing|burst|silence|changed)/;

/** Entries of a baseline that are looked at. */
const MOST_READ = 10;
/** Systems that are named as the worst. */
const WORST = 5;

/** A log to learn from, with the rank of the cause by each baseline; Infinity where it lists none. */
interface Measured extends Candidates {
  baselines: ReadonlyMap<string, number>;
}

interface SystemLogs {
  name: string;
  logs: Measured[];
}

async function main(): Promise<void> {
  const [only] = process.argv.slice(2);
  const kinds = (['stream', 'console'] as const).filter((kind) => only === undefined || only === kind);
  const systems: SystemLogs[] = [];
  for (const { name, logs } of SYSTEMS) {
    if (!UNSEEN.test(name)) {
      systems.push({ name, logs: await readSystem(spread(logs()), kinds) });
      process.stderr.write(`${name}\n`);
    }
  }
  for (const kind of kinds) {
    report(
      kind,
      systems.map(({ name, logs }) => ({ name, logs: logs.filter((log) => log.kind === kind) })),
    );
  }
}

function spread<T>(all: readonly T[]): T[] {
  const step = Math.max(1, all.length / MOST_LOGS);
  return Array.from({ length: Math.min(all.length, MOST_LOGS) }, (_, i) => all[Math.floor(i * step)]);
}

async function readSystem(logs: readonly JudgedLog[], kinds: readonly Candidates['kind'][]): Promise<Measured[]> {
  const read: Measured[] = [];
  for (const log of logs) {
    const records = await streamOrConsole(log.file);
    if (records !== undefined && records.lines.length > 0 && kinds.includes(kindOf(records))) {
      read.push({ ...(await candidatesOf(records, log)), baselines: await ranksByBaselines(log) });
    }
  }
  return read;
}

/** By the name of each simple detector the rank of the cause in what it lists. */
async function ranksByBaselines(log: JudgedLog): Promise<Map<string, number>> {
  if (log.causes.length === 0) {
    return new Map();
  }
  const listed = await linesByBaselines(linedLog(readFileSync(log.file, 'utf8').split(/\r\n|\r|\n/)), MOST_READ);
  return new Map([...listed].map(([detector, lines]) => [detector, rankOfCause(log, lines) ?? Infinity]));
}

/** The detector that has the cause first most often, and how often it has it first and in the first ten. */
function bestBaseline(logs: readonly Measured[]): { name: string; first: number; ten: number } {
  const names = [...new Set(logs.flatMap(({ baselines }) => [...baselines.keys()]))];
  const all = names.map((name) => ({
    name,
    ...shares(logs.map(({ baselines }) => baselines.get(name) ?? Infinity)),
  }));
  return all.reduce((best, each) => (each.first + each.ten > best.first + best.ten ? each : best));
}

/** What is left out together: a system and its healthy logs, and all injected faults, which share their logs. */
function familyOf(name: string): string {
  return name.replace(/, healthy$/, '').replace(/^injected: .*/, 'injected');
}

function report(kind: string, systems: readonly SystemLogs[]): void {
  const channels = systems.flatMap(({ logs }) => logs)[0].channels;
  const all = channels.map(() => true);
  const learned = learn(systems, all);
  console.log(`\n${kind}: ${channels.map((name, k) => `${name} ${learned.weights[k].toFixed(2)}`).join(', ')}`);
  console.log(
    `nothing ${learned.nothing.toFixed(2)}, ${learned.ofLog.map((weight) => weight.toFixed(2)).join(', ')} where it failed, succeeded`,
  );
  const without = (family: string, used: readonly boolean[]): Logit =>
    learn(
      systems.filter(({ name }) => familyOf(name) !== family),
      used,
    );
  const families = [...new Set(systems.filter(({ logs }) => logs.length > 0).map(({ name }) => familyOf(name)))];
  const nested = new Map(families.map((family) => [family, without(family, all)]));
  const lacking = channels.map(
    (_, lacked) =>
      new Map(
        families.map((family) => [
          family,
          without(
            family,
            all.map((_, k) => k !== lacked),
          ),
        ]),
      ),
  );
  console.log(
    `${'left out'.padEnd(36)}logs  first        95 %   ten  with it: first  ten  best baseline: first  ten${' '.repeat(25)}first without ${channels.join(' / ')}`,
  );
  const gains = channels.map(() => [0, 0]);
  const lead: { name: string; lead: number }[] = [];
  for (const { name, logs } of systems.filter((system) => system.logs.some((log) => !log.isHealthy))) {
    const own = figures(logs, nested.get(familyOf(name))!);
    const seen = figures(logs, learned);
    const lacked = lacking.map((byFamily) => figures(logs, byFamily.get(familyOf(name))!));
    lacked.forEach((figure, k) => {
      const gain = own.first + own.ten - figure.first - figure.ten;
      gains[k][0] += gain > 0 ? 1 : 0;
      gains[k][1] += gain < 0 ? 1 : 0;
    });
    const simple = bestBaseline(logs);
    lead.push({ name, lead: own.first - simple.first });
    const [low, high] = firstInterval(logs, nested.get(familyOf(name))!);
    const cells = [own.ten, seen.first, seen.ten, simple.first, simple.ten].map((share) =>
      share.toFixed(2).padStart(6),
    );
    console.log(
      `${name.padEnd(36)}${String(logs.length).padStart(4)}   ${own.first.toFixed(2)}   ${low.toFixed(2)}–${high.toFixed(2)}${cells.join('')}  ${simple.name.padEnd(22)}${lacked.map(({ first }) => first.toFixed(2)).join(' / ')}`,
    );
  }
  lead.sort((a, b) => a.lead - b.lead);
  const worst = lead.slice(0, WORST).map(({ name, lead }) => `${name} ${lead.toFixed(2)}`);
  console.log(`worst beside their best baseline, first: ${worst.join(', ')}`);
  console.log(`on the average ${(lead.reduce((sum, each) => sum + each.lead, 0) / lead.length).toFixed(3)}`);
  reportCuts(systems, nested);
  console.log(
    `systems that gain, lose by a channel: ${channels.map((name, k) => `${name} ${gains[k].join(':')}`).join(', ')}`,
  );
}

/** What is found with other cuts than those in force, by the weights that were learned without each system. */
function reportCuts(systems: readonly SystemLogs[], nested: ReadonlyMap<string, Logit>): void {
  const logs = systems.flatMap(({ name, logs }) =>
    logs.map((log) => ({
      ...listed(log, nested.get(familyOf(name))!),
      hasFailed: log.ofLog[0] === 1,
      isHealthy: log.isHealthy,
      name,
    })),
  );
  const kinds = [...new Set(logs.map(({ name }) => name))].filter((name) => !name.startsWith('injected'));
  console.log('margin share: of healthy logs none found, more than two; of others none, a cause among the found');
  for (const margin of [-2, -1, -0.5, 0, 0.5, 1, 1.5, 2]) {
    for (const share of [0.03, 0.05, 0.1]) {
      const judged = logs.map(({ found, nothing, hasFailed, isHealthy, name }) => {
        const all = found.reduce((sum, { score }) => sum + Math.exp(score), Math.exp(nothing));
        const cut = Math.max(nothing + margin, Math.log(all) + Math.log(share));
        const above = found.filter(
          ({ score, isRemarkable }, rank) => score >= cut || isRemarkable || (hasFailed && rank === 0),
        );
        return { name, isHealthy, count: above.length, isHit: above.some(({ isCause }) => isCause) };
      });
      const meanOf = (healthy: boolean, holds: (log: (typeof judged)[number]) => boolean): number => {
        const shares = kinds.flatMap((name) => {
          const own = judged.filter((log) => log.name === name && log.isHealthy === healthy);
          return own.length === 0 ? [] : [own.filter(holds).length / own.length];
        });
        return shares.reduce((sum, value) => sum + value, 0) / shares.length;
      };
      const cells = [
        meanOf(true, ({ count }) => count === 0),
        meanOf(true, ({ count }) => count > 2),
        meanOf(false, ({ count }) => count === 0),
        meanOf(false, ({ isHit }) => isHit),
      ];
      console.log(`${margin.toFixed(1)} ${share.toFixed(2)}: ${cells.map((cell) => cell.toFixed(2)).join(' ')}`);
    }
  }
}

function learn(systems: readonly SystemLogs[], used: readonly boolean[]): Logit {
  const logs = systems.flatMap(({ logs }): WeightedLog[] => {
    const useful = logs.filter((log) => log.isHealthy || log.isCause.includes(true));
    // A system counts with the root of its logs, so that a large one does not decide alone.
    const weight = Math.sqrt(Math.min(40, useful.length)) / useful.length;
    return useful.map((log) => ({ log, weight }));
  });
  return conditionalLogit(logs, used);
}

/** Shares of the logs in which the first, or one of the first ten, points to a cause. */
function figures(logs: readonly Candidates[], logit: Logit): { first: number; ten: number } {
  return shares(logs.map((log) => rankIn(log, logit)));
}

function shares(ranks: readonly number[]): { first: number; ten: number } {
  const share = (most: number): number => ranks.filter((rank) => rank <= most).length / ranks.length;
  return { first: share(1), ten: share(10) };
}

/** Interval of 95 % of the first of these, if the logs are drawn anew (bootstrap percentiles, see systems/measured.ts). */
function firstInterval(logs: readonly Candidates[], logit: Logit, draws = 1000): [number, number] {
  const ranks = logs.map((log) => rankIn(log, logit));
  const random = new Random(1);
  const means = Float64Array.from(
    { length: draws },
    () => shares(ranks.map(() => ranks[random.below(ranks.length)])).first,
  ).sort();
  return [means[Math.floor(0.025 * draws)], means[Math.ceil(0.975 * draws) - 1]];
}

function rankIn(log: Candidates, logit: Logit): number {
  const rank = listed(log, logit).found.findIndex(({ isCause }) => isCause);
  return rank < 0 ? Infinity : rank + 1;
}

/** One candidate of each template, the most suspicious first, none near another. */
function listed(
  log: Candidates,
  logit: Logit,
): { found: { score: number; isCause: boolean; isRemarkable: boolean }[]; nothing: number } {
  const { channels, values, templates, lines, isCause, near } = log;
  const scores = values.map((own) => scoreOf(logit, own));
  const order = Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a] || a - b);
  const remarkable = channels.indexOf('remarkable');
  const chosen: number[] = [];
  const used = new Set<number>();
  for (const candidate of order) {
    const isNear = chosen.some((other) => Math.abs(lines[other] - lines[candidate]) <= near);
    if (!used.has(templates[candidate]) && !isNear) {
      used.add(templates[candidate]);
      chosen.push(candidate);
    }
  }
  const found = chosen.map((candidate) => ({
    score: scores[candidate],
    isCause: isCause[candidate],
    isRemarkable: remarkable >= 0 && values[candidate][remarkable] >= 0,
  }));
  return { found, nothing: nothingIn(logit, log) };
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
