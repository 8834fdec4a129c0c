import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { troubleCount } from '../../src/core/detect/lexicon/troubleWords';
import { severityScore } from '../../src/core/detect/unsupervised/lexicalScore';
import { unpack } from './dataSets';
import { listedBy, shippedScanner, writeLog } from './listed';
import { linedLog } from './rankedLines';
import { report } from './report';
import { findingText } from '../../src/core/findings/wording';

/**
 * LO2: how many findings a run has against runs that went well: against all others of these, and against each alone. A
 * run is the logs of its services one after another. Beside it the templates that the good runs do not have, and those
 * of grave level or with words of trouble, which is what a person would have to look at without.
 */
export async function evaluateLo2(): Promise<void> {
  const scanner = shippedScanner();
  const folder = unpack('lo2/lo2.tar.xz');
  const runs = readdirSync(folder)
    .sort()
    .map((name) => {
      const lines = readdirSync(path.join(folder, name))
        .sort()
        .flatMap((file) =>
          readFileSync(path.join(folder, name, file), 'utf8')
            .replace(/\n$/, '')
            .split('\n'),
        );
      return { name, lines, file: writeLog(`${name}.log`, lines), isGood: name.startsWith('correct') };
    });
  for (const run of runs) {
    const others = runs.filter((other) => other !== run && other.isGood);
    const { log, lines } = linedLog([...others.flatMap((other) => other.lines), ...run.lines]);
    const start = others.reduce((sum, other) => sum + other.lines.length, 0);
    const known = new Set(log.events.filter((_, entry) => lines[entry] <= start));
    const own = new Set(log.events.filter((_, entry) => lines[entry] > start));
    const count = (isListed: (template: number) => boolean): number => [...own].filter(isListed).length;
    const { templates } = log;
    report({ set: 'LO2', detector: `${run.name}: new templates`, findings: count((t) => !known.has(t)) });
    report({
      set: 'LO2',
      detector: `${run.name}: level`,
      findings: count((t) => severityScore(templates[t].severity) > 1),
    });
    report({
      set: 'LO2',
      detector: `${run.name}: keywords`,
      findings: count((t) => troubleCount(templates[t].text) > 0),
    });
    for (const good of [others, ...others.map((other) => [other])]) {
      const listed = await listedBy(scanner, run.file, { baseline: good.map(({ file }) => file) });
      const { summary, entries, seconds } = listed;
      report({
        set: 'LO2',
        detector: `${run.name} against ${good.length === 1 ? good[0].name : good.length}`,
        findings: summary.anomalous,
        seconds,
        'lines/s': Math.round(summary.lines / seconds),
        first: summary.anomalous > 0 ? findingText(entries[0]).slice(0, 120) : undefined,
      });
    }
  }
  await scanner.release();
}
