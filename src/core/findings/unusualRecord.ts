import type { LabelFreeJudgement } from '../detectors/labelFree/labelFree';
import type { RecordLog } from '../recordScan';
import { troubleCount } from '../detectors/labelFree/lexicalScore';
import { templateCounts } from '../detectors/labelFree/eventLog';
import { findingCause, type FindingCause } from './fingerprint';
import type { LogRhythm } from './logRhythm';
import { templateText } from './templateText';
import { UsualCounts } from './usualCounts';
import { UsualOrder } from './usualOrder';

/** Surprise, in nats, from which an event is said to be unexpected: less than one in 150. */
const UNEXPECTED = 5;
/** Share of the records below which a template is said to be rare. */
const RARE_SHARE = 0.001;
/** Share of the records up to which errors are said to be few. */
const FEW_ERRORS = 0.03;

/** Fewer records without anything new are not worth a word. */
const LEAST_NEWS = 20;

/** Says in plain words why a record is unusual in its log, for logs that are judged without labels. */
export class UnusualRecord {
  private readonly counts: Uint32Array;
  private readonly order: UsualOrder;
  private usualCounts: UsualCounts | undefined;
  /** How many records call themselves errors. */
  private errors: number | undefined;

  /** @param rhythm of the whole log, of which this one may be a part */
  constructor(
    private readonly log: RecordLog,
    private readonly judgement: LabelFreeJudgement,
    private readonly rhythm: LogRhythm,
  ) {
    this.counts = templateCounts(log.eventLog);
    this.order = new UsualOrder(log.eventLog);
  }

  /**
   * One sentence without a full stop about an entry.
   * @param occurrences how many stretches of the log are like it
   */
  reason(entry: number, occurrences: number): string {
    const { eventLog } = this.log;
    const template = eventLog.events[entry];
    const { goodCounts } = this.judgement;
    const disorder = this.disorder(entry);
    const parts = [...this.said(template), ...disorder, ...this.news(entry)];
    if (this.counts[template] <= RARE_SHARE * eventLog.events.length) {
      parts.push(this.counts[template] === 1 ? 'the only such line' : `one of ${this.counts[template]} such lines`);
    }
    if (this.log.keyOf !== undefined && disorder.length === 0 && parts.length <= 1) {
      this.usualCounts ??= new UsualCounts(eventLog);
      parts.push(...this.usualCounts.deviations(eventLog.blocks[entry], this.shown));
    }
    parts.push(...this.rhythm.burst(this.log, entry), ...this.rhythm.silence(this.log.lines[entry]));
    if (parts.length === 0) {
      parts.push(
        this.log.keyOf === undefined
          ? eventLog.kind === 'console' && goodCounts === undefined
            ? 'reads like what explains a failure'
            : 'unusual where it stands'
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
  private said(template: number): string[] {
    const { text, severity } = this.log.eventLog.templates[template];
    return [
      ...(severity === 'error' ? [this.loggedAsError()] : severity === 'warning' ? ['logged as a warning'] : []),
      ...(troubleCount(text) > 0 ? ['speaks of trouble'] : []),
      ...(this.judgement.goodCounts?.[template] === 0 ? ['nothing like it in the good log'] : []),
    ];
  }

  private loggedAsError(): string {
    const { templates, events } = this.log.eventLog;
    this.errors ??= templates.reduce(
      (sum, { severity }, template) => sum + (severity === 'error' ? this.counts[template] : 0),
      0,
    );
    return this.errors > FEW_ERRORS * events.length
      ? 'logged as an error'
      : `logged as an error, ${this.errors === 1 ? 'the only one' : `one of ${this.errors}`}`;
  }

  /** How long nothing new had come before an entry that stands out for it. */
  private news(entry: number): string[] {
    const records = this.judgement.newAfter?.[entry] ?? 0;
    return records < LEAST_NEWS ? [] : [`nothing new in the ${records} records before it`];
  }

  /** How an entry, or the end that follows it, is out of order; only where the order counts. */
  private disorder(entry: number): string[] {
    const { surprise } = this.judgement;
    const { sequences } = this.log.eventLog;
    const parts: string[] = [];
    if (surprise !== undefined && surprise.entries[entry] >= UNEXPECTED) {
      parts.push(this.order.violation(entry, this.shown));
    }
    const ends = surprise?.ends[sequences[entry]];
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
