import type { Finding, ScanSummary } from '../../core/findings/finding';
import type { ReportSource } from './reportSource';

/** Causes that a report page has at most, findings that it names of one, and lines of the log before and after one. */
const MOST_CAUSES = 200;
const MOST_FINDINGS = 20;
const CONTEXT_LINES = 3;
/** Characters of a line of the log. */
export const LINE_LENGTH = 500;

/** A line of the log beside a finding. */
export interface ContextLine {
  /** Counted from 1. */
  line: number;
  text: string;
  /** Whether it belongs to the finding, and whether it is its most suspicious one. */
  isOwn: boolean;
  isSuspicious: boolean;
}

/** Findings that are about the same. */
export interface Cause {
  /** The one of the highest score. */
  first: Finding;
  /** Its most suspicious line; empty where it could not be read. */
  text: string;
  /** It and further ones, but not all where there are many. */
  findings: Finding[];
  /** How many there are, and how often they happened in all. */
  count: number;
  occurrences: number;
  /** The log around the first one; empty where it could not be read. */
  context: ContextLine[];
}

/** What a page that people read is made of. */
export interface ReportContent {
  input: string;
  summary: ScanSummary;
  /** Three sentences for a reader who knows neither the log nor LogCNN. */
  sentences: string[];
  causes: Cause[];
  /** Findings of causes that have no room. */
  others: number;
  /** How the log was judged: what, and how that is. */
  judged: [what: string, how: string][];
}

/** Gathers what a page says, in memory that does not grow with the findings. */
export async function reportContent(source: ReportSource): Promise<ReportContent> {
  const { input, summary, findings, mostSuspicious = [], textsOf } = source;
  const causes = new Map<string, Cause>();
  let others = 0;
  const take = (finding: Finding): void => {
    const key = finding.fingerprint || finding.block;
    const cause = causes.get(key);
    if (cause !== undefined) {
      cause.count++;
      cause.occurrences += finding.count;
      if (cause.findings.length < MOST_FINDINGS) {
        cause.findings.push(finding);
      }
    } else if (causes.size < MOST_CAUSES) {
      causes.set(key, newCause(finding));
    } else {
      others++;
    }
  };
  for await (const batch of findings) {
    batch.forEach(take);
  }
  mostSuspicious.forEach(take);
  const list = [...causes.values()];
  await addContext(list, textsOf, summary.lines);
  return {
    input,
    summary,
    sentences: sentencesOf(input, summary, list),
    causes: list,
    others,
    judged: judged(summary),
  };
}

/** One finding by itself. */
export async function causeOf(finding: Finding, textsOf: ReportSource['textsOf'], lineCount: number): Promise<Cause> {
  const cause = newCause(finding);
  await addContext([cause], textsOf, lineCount);
  return cause;
}

function newCause(first: Finding): Cause {
  return { first, text: '', findings: [first], count: 1, occurrences: first.count, context: [] };
}

async function addContext(
  causes: readonly Cause[],
  textsOf: ReportSource['textsOf'],
  lineCount: number,
): Promise<void> {
  const around = causes.map(({ first: { line } }) =>
    line === 0
      ? []
      : Array.from({ length: 2 * CONTEXT_LINES + 1 }, (_, i) => line - CONTEXT_LINES + i).filter(
          (near) => near >= 1 && (near <= lineCount || near === line),
        ),
  );
  const lines = [...new Set(around.flat())].sort((a, b) => a - b);
  const texts = lines.length === 0 ? undefined : await textsOf?.(lines);
  if (texts === undefined) {
    return;
  }
  const textOf = new Map(lines.map((line, i) => [line, texts[i].replaceAll('\t', '    ')]));
  causes.forEach((cause, i) => {
    const own = new Set(cause.first.lines);
    cause.text = textOf.get(cause.first.line) ?? '';
    cause.context = around[i].map((line) => ({
      line,
      text: textOf.get(line) ?? '',
      isOwn: own.has(line),
      isSuspicious: line === cause.first.line,
    }));
  });
}

function sentencesOf(input: string, summary: ScanSummary, causes: readonly Cause[]): string[] {
  const { anomalous, lines, model, baselines = [] } = summary;
  const found = causes.filter(({ first }) => first.anomalous);
  const log = input === '-' ? 'the log' : input;
  const times = found.flatMap(({ findings }) => findings.flatMap(({ firstTime, lastTime }) => [firstTime, lastTime]));
  const known = times
    .filter((time) => time !== null)
    .map(timeText)
    .sort();
  const when =
    known.length === 0
      ? ''
      : known[0] === known.at(-1)
        ? ` The log has it at ${known[0]}.`
        : ` They lie between ${known[0]} and ${known.at(-1)}.`;
  const first =
    anomalous === 0
      ? `Nothing in ${log} (${counted(lines, 'line')}) is unusual enough to be reported.`
      : `${anomalous === 1 ? 'One place' : `${number(anomalous)} places`} in ${log} (${counted(lines, 'line')}) ${anomalous === 1 ? 'does' : 'do'} not look as usual.`;
  const second =
    anomalous === 0
      ? 'What comes closest to it stands below, but is no finding.'
      : `${anomalous === 1 ? 'It has' : 'They have'} ${found.length === 1 ? 'one cause' : `${number(found.length)} different causes`}, of which the first below is the most suspicious.${when}`;
  const by =
    baselines.length > 0
      ? 'logs of runs that went well'
      : model === LABEL_FREE
        ? 'the rest of the same log'
        : `a model of such logs (${model})`;
  return [first, second, `The log was compared with ${by}; what is unusual need not be a fault, but is worth a look.`];
}

/** What reports call the judge that compares a log with itself. */
const LABEL_FREE = 'label-free';

function judged(summary: ScanSummary): [string, string][] {
  const { model, threshold, lines, blocks, anomalous, suppressed, unknownRecords, clippedLines, format, notes } =
    summary;
  const baselines = summary.baselines ?? [];
  return [
    ['Judged by', model === LABEL_FREE ? 'the log itself, without labels' : `the model ${model}`],
    ...(baselines.length === 0 ? [] : [['Compared with', baselines.join(', ')] as [string, string]]),
    ['Format', format],
    ['Reported from a score of', String(threshold)],
    ['Lines', number(lines)],
    ['Blocks', `${number(blocks)}, of which ${number(anomalous)} are reported`],
    ...(suppressed === undefined ? [] : [['Suppressed', number(suppressed)] as [string, string]]),
    ...(unknownRecords === 0 ? [] : [['Records that no template matches', number(unknownRecords)] as [string, string]]),
    ...(clippedLines === 0
      ? []
      : [['Lines of which the beginning was read', number(clippedLines)] as [string, string]]),
    ...notes.map((note): [string, string] => ['Note', note]),
  ];
}

/** A time of ISO 8601 as people read it. */
export function timeText(time: string): string {
  return time.replace('T', ' ');
}

/** A number with separators of thousands. */
export function number(value: number): string {
  return value.toLocaleString('en');
}

/** A number of things, of which there may be one. */
export function counted(count: number, thing: string): string {
  return `${number(count)} ${thing}${count === 1 ? '' : 's'}`;
}

/** Where a finding is, in words. */
export function placeOf({ block, line, lines, count, score, firstTime }: Finding): string {
  return [
    ...(firstTime === null ? [] : [timeText(firstTime)]),
    ...(line === 0 ? [] : [`line ${number(line)}`]),
    block,
    counted(lines.length, 'line'),
    ...(count > 1 ? [`×${number(count)}`] : []),
    `score ${(Math.floor(score * 1000) / 1000).toFixed(3)}`,
  ].join(', ');
}
