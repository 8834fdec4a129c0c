import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { LabelledText } from '../../src/core/training/textTrainer';
import { DATA, hdfs, logChunks, nezha, nova, readLines, unpack } from './dataSets';
import { maskLine } from './parseLines';

/** A labelled text with the system it comes from: a system is judged by models that did not see it. */
export interface CorpusText extends LabelledText {
  system: string;
}

/** What is known of one text: how many lines with it are trouble, how many are not. */
type Counts = Map<string, { trouble: number; fine: number }>;

/** Texts kept of a CI log beside those that explain its failure. */
const CI_TEXTS = 300;
/** Lines looked at of a sample. */
const SAMPLE_LINES = 4000;

/**
 * Lines of many systems with what is known about them: alerts (BGL, Thunderbird), the lines that explain a failed build,
 * attacks (fail2ban), and, for most, how grave the program itself called them. Of the texts the level is taken out.
 */
export function textCorpus(): CorpusText[] {
  const corpus: CorpusText[] = [];
  const add = (system: string, counts: Counts, importance = 1): void => {
    const found = [...counts].filter(([text]) => /[A-Za-z]{2}/.test(text));
    const weights = found.map(([, { trouble, fine }]) => Math.log1p(trouble + fine));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    // Systems count alike, larger ones somewhat more.
    const scale = (importance * Math.sqrt(Math.min(total, 300))) / total;
    found.forEach(([text, { trouble, fine }], i) =>
      corpus.push({ system, text, trouble: trouble / (trouble + fine), weight: weights[i] * scale }),
    );
  };
  const addLevels = (system: string, lines: readonly string[]): void => {
    const counts: Counts = new Map();
    for (const line of lines) {
      const { severity, text } = maskLine(line);
      if (severity !== 'unknown') {
        count(counts, text, severity === 'error' ? 1 : severity === 'warning' ? 0.5 : 0);
      }
    }
    if (counts.size >= 5) {
      add(system, counts);
    }
  };

  add('BGL', alerts(readLines('bgl/BGL_dev.log.gz'), 6), 3);
  add('BGL', alerts(readLines('formats/loghub_2k/BGL/BGL_2k.log'), 6));
  add('Thunderbird', alerts(readLines('formats/loghub_2k/Thunderbird/Thunderbird_2k.log'), 8), 2);
  for (const system of readdirSync(path.join(DATA, 'formats/loghub_2k'))) {
    if (system !== 'BGL' && system !== 'Thunderbird') {
      addLevels(system, readLines(`formats/loghub_2k/${system}/${system}_2k.log`));
    }
  }
  for (const { name, log } of [hdfs(), nova(), nezha()]) {
    const counts: Counts = new Map();
    log.templates.forEach(({ severity, text }) => {
      if (severity !== 'unknown') {
        count(counts, text, severity === 'error' ? 1 : severity === 'warning' ? 0.5 : 0);
      }
    });
    add(name === 'HDFS_dev' ? 'HDFS' : name === 'nova' ? 'OpenStack' : name, counts);
  }
  for (const folder of ['elastic_examples', 'lnav', 'crowdsec', 'stacktraces_multilang']) {
    for (const file of filesBelow(path.join(DATA, 'formats', folder))) {
      addLevels(`${folder}/${path.basename(file)}`, sampleOf(file));
    }
  }
  const lo2 = unpack('lo2/lo2.tar.xz');
  addLevels(
    'LO2',
    filesBelow(lo2).flatMap((file) => readFileSync(file, 'utf8').split('\n')),
  );
  const attacks: Counts = new Map();
  for (const row of readLines('formats/fail2ban_labelled.csv').slice(1)) {
    const [, match, line] = /^[^,]*,(true|false),"?(.*?)"?$/.exec(row) ?? [];
    if (line !== undefined) {
      count(attacks, maskLine(line).text, match === 'true' ? 1 : 0);
    }
  }
  add('fail2ban', attacks, 0.5);
  for (const { repository, lines, first, last } of logChunks()) {
    add(`CI ${repository}`, ciCounts(lines, first, last));
  }
  return balanced(corpus);
}

function count(counts: Counts, text: string, trouble: number): void {
  const known = counts.get(text) ?? { trouble: 0, fine: 0 };
  known.trouble += trouble;
  known.fine += 1 - trouble;
  counts.set(text, known);
}

/** Lines of the loghub logs whose first column is `-` or the name of an alert; the message begins at field `skip`. */
function alerts(lines: readonly string[], skip: number): Counts {
  const counts: Counts = new Map();
  for (const line of lines) {
    const fields = line.split(' ');
    count(counts, maskLine(fields.slice(skip).join(' ')).text, fields[0] === '-' ? 0 : 1);
  }
  return counts;
}

function ciCounts(lines: readonly string[], first: number, last: number): Counts {
  const counts: Counts = new Map();
  lines.forEach((line, i) => count(counts, maskLine(line).text, i >= first && i <= last ? 1 : 0));
  const fine = [...counts].filter(([, known]) => known.trouble === 0);
  const step = Math.max(1, fine.length / CI_TEXTS);
  const kept = new Set(
    Array.from({ length: Math.min(CI_TEXTS, fine.length) }, (_, i) => fine[Math.floor(i * step)][0]),
  );
  return new Map([...counts].filter(([text, known]) => known.trouble > 0 || kept.has(text)));
}

/** Trouble is rare: its texts are weighted so that together they count half as much as the others. */
function balanced(corpus: readonly CorpusText[]): CorpusText[] {
  const trouble = corpus.reduce((sum, text) => sum + text.weight * text.trouble, 0);
  const fine = corpus.reduce((sum, text) => sum + text.weight * (1 - text.trouble), 0);
  const factor = fine / trouble / 2;
  return corpus.map((text) => ({ ...text, weight: text.weight * (text.trouble * factor + 1 - text.trouble) }));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}

function sampleOf(file: string): string[] {
  return statSync(file).size > 5e6
    ? []
    : readFileSync(file, 'utf8')
        .split(/\r\n|\n/)
        .slice(0, SAMPLE_LINES);
}
