// From how many places of each log its session key is found, and none where it has none; and for the limits of the search
// what the other systems would choose for each. Arguments: none.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { discoverSessionKey, KEY_LIMITS, type KeyLimits, type SampleRecord } from '../src/core/blocks/keyDiscovery';
import { BEGINNING_BYTES, LogProbe } from '../src/core/scan/logProbe';
import { atOnce } from '../src/core/patterns/steps';
import { LearningEvents } from '../src/core/templates/eventSource';
import { ciPairs } from './anylog/ciPairs';
import { DATA, readText } from './anylog/dataSets';
import { SYSTEMS } from './systems/registry';

/** Places from which a log of several times that size is read. */
const STARTS = 20;

/** What is tried for the limits that were chosen on these logs. */
const TRIED: Partial<Record<keyof KeyLimits, readonly number[]>> = {
  bornLate: [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5],
  within: [0.5, 0.8, 0.9, 0.95, 1],
  withinEach: [1.01, 1.2, 1.5, 2, 3, Infinity],
};

interface KeySystem {
  name: string;
  /** The beginnings that are looked at. */
  samples: readonly (readonly SampleRecord[])[];
  /** Whether a pattern, or none, is right. */
  isRight: (pattern: string | undefined) => boolean;
}

function main(): void {
  const systems = keySystems();
  const rights = systems.map((system) => shareRight(system, KEY_LIMITS));
  systems.forEach(({ name, samples }, i) =>
    console.log(`${name.padEnd(24)}${String(samples.length).padStart(4)} places  ${rights[i].toFixed(3)} right`),
  );
  console.log(`${'mean'.padEnd(36)}${meanOf(rights).toFixed(3)}`);
  for (const [limit, values] of Object.entries(TRIED)) {
    const shares = values.map((value) =>
      systems.map((system) => shareRight(system, { ...KEY_LIMITS, [limit]: value })),
    );
    console.log(`\n${limit}: ${values.map((value, v) => `${value} ${meanOf(shares[v]).toFixed(3)}`).join(' · ')}`);
    const nested = systems.map((system, i) => {
      const others = shares.map((row) => meanOf(row.filter((_, other) => other !== i)));
      const chosen = middleOfBest(others);
      if (shares[chosen][i] !== rights[i]) {
        console.log(
          `  ${system.name}: the others choose ${values[chosen]}, by which it has ${shares[chosen][i].toFixed(3)}`,
        );
      }
      return shares[chosen][i];
    });
    console.log(`  each with what the others choose: ${meanOf(nested).toFixed(3)}`);
  }
}

/** The middle one of the indices with the highest value. */
function middleOfBest(values: readonly number[]): number {
  const highest = Math.max(...values);
  const best = [...values.keys()].filter((i) => values[i] > highest - 1e-9);
  return best[best.length >> 1];
}

function shareRight({ samples, isRight }: KeySystem, limits: KeyLimits): number {
  return meanOf(samples.map((sample) => (isRight(discoverSessionKey(sample, limits)?.pattern) ? 1 : 0)));
}

function keySystems(): KeySystem[] {
  const none = (pattern: string | undefined): boolean => pattern === undefined;
  const begins = (beginning: string) => (pattern: string | undefined) => pattern?.startsWith(beginning) === true;
  const loghub = (system: string): string => readText(`formats/loghub_2k/${system}/${system}_2k.log`);
  const keyed: [name: string, text: string, isRight: KeySystem['isRight']][] = [
    ['HDFS', readText('hdfs/HDFS_dev.log.gz'), begins('blk_')],
    ['OpenStack nova', readText('openstack/nova_dev.log.gz'), begins('instance:')],
    ['OpenStack, LogHub', loghub('OpenStack'), begins('instance:')],
    ['OpenSSH', loghub('OpenSSH'), begins('sshd\\[')],
  ];
  const withKey = keyed.map(([name, text, isRight]) => ({ name, samples: samplesFrom(text), isRight }));
  const withoutKey = readdirSync(path.join(DATA, 'formats', 'loghub_2k'))
    // HDFS's sample is of the log above; its lines are too far apart to show sessions.
    .filter((system) => !['OpenStack', 'OpenSSH', 'HDFS'].includes(system))
    .map((system) => ({ name: system, samples: samplesFrom(loghub(system)), isRight: none }));
  const bgl = readText('bgl/BGL_dev.log.gz').replace(/^\S+ /gm, '');
  const builds = [...ciPairs().flatMap(({ goodFile, failedFile }) => [goodFile, failedFile])];
  const ofSystems = ['cidiff', 'torch CI', 'kernel CI', 'kernel traces', 'game servers'].map((wanted) => ({
    name: wanted,
    samples: SYSTEMS.find(({ name }) => name === wanted)!
      .logs()
      .flatMap(({ file }) => samplesFrom(readFileSync(file, 'utf8'))),
    isRight: none,
  }));
  return [
    ...withKey,
    { name: 'Blue Gene/L', samples: samplesFrom(bgl), isRight: none },
    ...withoutKey,
    { name: 'CI pairs', samples: builds.flatMap((file) => samplesFrom(readFileSync(file, 'utf8'))), isRight: none },
    ...ofSystems,
  ];
}

/** What the programs would see of a log from its beginning or, if it is long, from lines that are equally far apart. */
function samplesFrom(text: string): SampleRecord[][] {
  const bytes = Buffer.from(text);
  const starts = bytes.length < 2 * BEGINNING_BYTES ? 1 : STARTS;
  return Array.from({ length: starts }, (_, i) => {
    const at = i === 0 ? 0 : bytes.indexOf(0x0a, Math.floor((i * (bytes.length - BEGINNING_BYTES)) / starts)) + 1;
    const probe = new LogProbe(bytes.subarray(at));
    return atOnce(probe.firstRecords({ preview: probe.preview }, new LearningEvents())).sample;
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

main();
