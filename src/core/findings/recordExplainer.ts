import type { UnsupervisedScores } from '../detect/unsupervised/unsupervisedScores';
import type { RecordLog } from '../scan/recordLog';
import { severityLogOdds } from '../detect/lexicon/severityLogOdds';
import { troubleCount } from '../detect/lexicon/troubleWords';
import type { DistinctCounts } from '../events/eventCounts';
import { isoTime } from '../formats/timeLayout';
import type { Finding } from './finding';
import { kindOf } from './findingKind';
import type { FindingPart } from './findingParts';
import { findingCause, NO_CAUSE, type FindingCause } from './fingerprint';
import { templateText } from './templateText';
import { TypicalOrder, type SequenceLinks } from './typicalOrder';
import type { TypicalRecords } from './typicalRecords';

/** Surprisal, in nats, from which an event is said to be unexpected: less than one in 150. */
const UNEXPECTED = 5;
/** Log odds of its words from which a message is said to sound like an error. */
const LIKE_AN_ERROR = 0.5;
/** Fewer records without anything new are not worth a word. */
const MIN_NEWS = 20;
/** Milliseconds from which the time without anything new is told, and not the number of records. */
const MIN_NEWS_TIME = 1000;

/** What is told of a finding. */
export type ToldFinding = Pick<Finding, 'time' | 'kind' | 'parts' | 'template' | 'fingerprint'>;

/** Of a block with nothing unusual. */
export const NOTHING_TOLD: ToldFinding = { time: null, kind: 'ordinary', parts: [], ...NO_CAUSE };

/** Says why a record is unusual in its log, for logs that are judged without labels. */
export class RecordExplainer {
  private readonly order: TypicalOrder;
  private counts: DistinctCounts | undefined;

  /**
   * @param usual what is usual in this log, or in the one that it goes on with
   * @param links of this log's entries; found out if left out
   */
  constructor(
    private readonly log: RecordLog,
    private readonly scores: Pick<UnsupervisedScores, 'surprisal' | 'newAfter' | 'goodCounts'>,
    private readonly usual: TypicalRecords,
    links?: SequenceLinks,
  ) {
    this.order = new TypicalOrder(log.eventLog, usual.neighbours, links);
  }

  /** What the finding with this entry at its peak is about. */
  told(entry: number): ToldFinding {
    const parts = this.parts(entry);
    return { time: isoTime(this.log.times[entry]), kind: kindOf(parts), parts, ...this.cause(entry) };
  }

  /** What is remarkable about an entry. */
  parts(entry: number): FindingPart[] {
    const { eventLog, lines } = this.log;
    const template = eventLog.events[entry];
    const disorder = this.disorder(entry);
    const rarity = this.usual.rarity(template, lines[entry]);
    const said = this.said(template, lines[entry]);
    const persistence = said.some(({ part }) => part !== 'not-in-good-log') ? this.usual.persistence(template) : [];
    const parts: FindingPart[] = [...said, ...disorder, ...this.news(entry), ...rarity, ...persistence];
    if (this.log.keyOf !== undefined && disorder.length === 0 && parts.length <= 1) {
      this.counts ??= this.usual.counts.countsIn(eventLog);
      const { vectors, vectorOf } = this.counts;
      parts.push(...this.usual.counts.deviations(vectors[vectorOf[eventLog.blocks[entry]]], this.shown));
    }
    parts.push(...this.usual.burst(template, this.log.times[entry]), ...this.usual.silence(lines[entry]));
    // Two templates that are shown alike (of two levels, or cut alike) explain nothing of each other.
    const own = this.shown(template);
    return parts.filter((part) => !namesItself(part, own));
  }

  /** What the finding with this entry at its peak is known by: the template and how grave it calls itself. */
  private cause(entry: number): FindingCause {
    const { templates, events } = this.log.eventLog;
    const { text, severity } = templates[events[entry]];
    return findingCause('record', text, severity);
  }

  /** What a template says of itself. */
  private said(template: number, line: number): FindingPart[] {
    const { text, severity } = this.log.eventLog.templates[template];
    const said: FindingPart[] = [];
    if (severity === 'error') {
      said.push(this.usual.loggedAsError(line));
    } else if (severity === 'warning') {
      said.push({ part: 'level', level: 'warning' });
    }
    if (troubleCount(text) > 0) {
      said.push({ part: 'words', of: this.log.eventLog.kind === 'console' ? 'explanation' : 'failure' });
    } else if (severityLogOdds(text) > LIKE_AN_ERROR) {
      said.push({ part: 'words', of: 'error' });
    }
    if (this.scores.goodCounts?.[template] === 0) {
      said.push({ part: 'not-in-good-log' });
    }
    return said;
  }

  /** How long nothing new had come before an entry that stands out for it. */
  private news(entry: number): FindingPart[] {
    const records = this.scores.newAfter?.[entry] ?? 0;
    if (records < MIN_NEWS) {
      return [];
    }
    const { times } = this.log;
    const milliseconds = times[entry] - times[Math.max(0, entry - records)];
    return [milliseconds >= MIN_NEWS_TIME ? { part: 'news', records, milliseconds } : { part: 'news', records }];
  }

  /** How an entry, or the end that follows it, is out of order; only where the order counts. */
  private disorder(entry: number): FindingPart[] {
    const { surprisal } = this.scores;
    const { sequences } = this.log.eventLog;
    const parts: FindingPart[] = [];
    if (surprisal !== undefined && surprisal.entries[entry] >= UNEXPECTED) {
      parts.push(this.order.violation(entry, this.shown));
    }
    const ends = surprisal?.ends[sequences[entry]];
    if (ends !== undefined && ends >= UNEXPECTED && this.order.isLast(entry)) {
      const missing = this.order.missingAfter(entry);
      parts.push(
        missing === undefined ? { part: 'missing-after' } : { part: 'missing-after', usual: this.shown(missing) },
      );
    }
    return parts;
  }

  private readonly shown = (template: number): string => templateText(this.log.eventLog.templates[template].text);
}

/** Whether a part about another template names the own one. */
function namesItself(part: FindingPart, own: string): boolean {
  switch (part.part) {
    case 'missing-before':
    case 'missing-after':
      return part.usual === own;
    case 'missing-between':
    case 'instead-of':
      return part.usual === own || part.previous === own;
    case 'after':
    case 'not-first':
    case 'after-end':
      return part.previous === own;
    default:
      return false;
  }
}
