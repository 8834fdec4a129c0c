import type { LabelFreeJudgement } from '../detectors/labelFree/labelFree';
import type { RecordLog } from '../recordScan';
import { troubleCount } from '../detectors/labelFree/lexicalScore';
import { templateCounts } from '../detectors/labelFree/eventLog';
import { findingCause, type FindingCause } from './fingerprint';
import { templateText } from './templateText';

/** Surprise, in nats, from which an event is said to be unexpected: less than one in 150. */
const UNEXPECTED = 5;
/** Share of the records below which a template is said to be rare. */
const RARE_SHARE = 0.001;

/** Says in plain words why a record is unusual in its log, for logs that are judged without labels. */
export class UnusualRecord {
  private readonly counts: Uint32Array;
  /** Entry before each in its sequence, or −1. */
  private readonly previous: Int32Array;
  /** Whether each is the last of its sequence. */
  private readonly isLast: Uint8Array;

  constructor(
    private readonly log: RecordLog,
    private readonly judgement: LabelFreeJudgement,
  ) {
    const { events, sequences, sequenceCount } = log.eventLog;
    this.counts = templateCounts(log.eventLog);
    this.previous = new Int32Array(events.length);
    this.isLast = new Uint8Array(events.length).fill(1);
    const last = new Int32Array(sequenceCount).fill(-1);
    sequences.forEach((sequence, entry) => {
      const before = last[sequence];
      this.previous[entry] = before;
      if (before >= 0) {
        this.isLast[before] = 0;
      }
      last[sequence] = entry;
    });
  }

  /**
   * One sentence without a full stop about an entry.
   * @param occurrences how many stretches of the log are like it
   */
  reason(entry: number, occurrences: number): string {
    const { eventLog } = this.log;
    const template = eventLog.events[entry];
    const { text, severity } = eventLog.templates[template];
    const parts: string[] = [];
    if (severity === 'error' || severity === 'warning') {
      parts.push(`logged as ${severity === 'error' ? 'an error' : 'a warning'}`);
    }
    if (troubleCount(text) > 0) {
      parts.push('speaks of trouble');
    }
    const { surprise, goodCounts } = this.judgement;
    if (goodCounts?.[template] === 0) {
      parts.push('nothing like it in the good log');
    }
    if (surprise !== undefined && surprise.entries[entry] >= UNEXPECTED) {
      const before = this.previous[entry];
      parts.push(
        before < 0 ? 'unexpected at the beginning' : `unexpected after ${this.shown(eventLog.events[before])}`,
      );
    }
    const ends = surprise?.ends[eventLog.sequences[entry]];
    if (this.isLast[entry] === 1 && ends !== undefined && ends >= UNEXPECTED) {
      parts.push('the session ends here, which is unexpected');
    }
    if (this.counts[template] <= RARE_SHARE * eventLog.events.length) {
      parts.push(this.counts[template] === 1 ? 'the only such line' : `one of ${this.counts[template]} such lines`);
    }
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

  private shown(template: number): string {
    return `\`${templateText(this.log.eventLog.templates[template].text)}\``;
  }
}
