import type { UnsupervisedScores } from '../detect/unsupervised/unsupervisedScores';
import type { RecordLog } from '../scan/recordLog';
import { severityLogOdds } from '../detect/lexicon/severityLogOdds';
import { troubleCount } from '../detect/lexicon/troubleWords';
import type { DistinctCounts } from '../events/eventCounts';
import { findingCause, type FindingCause } from './fingerprint';
import { templateText } from './templateText';
import { TypicalOrder, type SequenceLinks } from './typicalOrder';
import type { TypicalRecords } from './typicalRecords';

/** Surprisal, in nats, from which an event is said to be unexpected: less than one in 150. */
const UNEXPECTED = 5;
/** Log odds of its words from which a message is said to sound like an error. */
const LIKE_AN_ERROR = 0.5;
/** Fewer records without anything new are not worth a word. */
const MIN_NEWS = 20;

/** Says in plain words why a record is unusual in its log, for logs that are judged without labels. */
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

  /**
   * One sentence without a full stop about an entry.
   * @param occurrences how many stretches of the log are like it
   */
  reason(entry: number, occurrences: number): string {
    const { eventLog, lines } = this.log;
    const template = eventLog.events[entry];
    const { goodCounts } = this.scores;
    const disorder = this.disorder(entry);
    const rarity = this.usual.rarity(template, lines[entry]);
    const said = this.said(template, lines[entry]);
    const persistence = said.length > 0 ? this.usual.persistence(template) : [];
    const parts = [...said, ...disorder, ...this.news(entry), ...rarity, ...persistence];
    if (this.log.keyOf !== undefined && disorder.length === 0 && parts.length <= 1) {
      this.counts ??= this.usual.counts.countsIn(eventLog);
      const { vectors, vectorOf } = this.counts;
      parts.push(...this.usual.counts.deviations(vectors[vectorOf[eventLog.blocks[entry]]], this.shown));
    }
    parts.push(...this.usual.burst(template, this.log.times[entry]), ...this.usual.silence(lines[entry]));
    if (parts.length === 0) {
      parts.push(
        this.log.keyOf === undefined
          ? 'unusual where it stands'
          : goodCounts === undefined
            ? 'the session’s events are unlike those of the others'
            : 'the session’s events are unlike those of the good log',
      );
    }
    const times = occurrences > 1 ? ` in ${occurrences} places` : '';
    return `${this.shown(template)}${times}: ${parts.join(', ')}`;
  }

  /** What the finding with this entry at its peak is known by: the template and how grave it calls itself. */
  cause(entry: number): FindingCause {
    const { templates, events } = this.log.eventLog;
    const { text, severity } = templates[events[entry]];
    return findingCause('record', text, severity);
  }

  /** What a template says of itself. */
  private said(template: number, line: number): string[] {
    const { text, severity } = this.log.eventLog.templates[template];
    return [
      ...(severity === 'error'
        ? [this.usual.loggedAsError(line)]
        : severity === 'warning'
          ? ['logged as a warning']
          : []),
      ...(troubleCount(text) > 0
        ? ['speaks of trouble']
        : severityLogOdds(text) > LIKE_AN_ERROR
          ? ['sounds like an error']
          : []),
      ...(this.scores.goodCounts?.[template] === 0 ? ['nothing like it in the good log'] : []),
    ];
  }

  /** How long nothing new had come before an entry that stands out for it. */
  private news(entry: number): string[] {
    const records = this.scores.newAfter?.[entry] ?? 0;
    return records < MIN_NEWS ? [] : [`nothing new in the ${records} records before it`];
  }

  /** How an entry, or the end that follows it, is out of order; only where the order counts. */
  private disorder(entry: number): string[] {
    const { surprisal } = this.scores;
    const { sequences } = this.log.eventLog;
    const parts: string[] = [];
    if (surprisal !== undefined && surprisal.entries[entry] >= UNEXPECTED) {
      parts.push(this.order.violation(entry, this.shown));
    }
    const ends = surprisal?.ends[sequences[entry]];
    if (ends !== undefined && ends >= UNEXPECTED && this.order.isLast(entry)) {
      const missing = this.order.missingAfter(entry);
      parts.push(
        missing === undefined
          ? 'the session ends here, which is unexpected'
          : `the session ends here, without the usual ${this.shown(missing)} after it`,
      );
    }
    return parts;
  }

  private readonly shown = (template: number): string =>
    `\`${templateText(this.log.eventLog.templates[template].text)}\``;
}
