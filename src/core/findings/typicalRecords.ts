import { templateCounts } from '../events/eventLog';
import { isoTime } from '../formats/timeLayout';
import type { RecordLog } from '../scan/recordLog';
import type { BurstsAndGaps } from './burstsAndGaps';
import type { PartOf } from './findingParts';
import { TypicalCounts } from './typicalCounts';
import { UsualNeighbours } from './typicalOrder';

/** Share of the records below which a template is said to be rare. */
const RARE_SHARE = 0.001;

/** Of so many records of no sessions one of a kind is worth a word. */
const MANY_RECORDS = 200;

/** Share of the records up to which errors are said to be few. */
const FEW_ERRORS = 0.03;

/** So many records of a failure, and this share of all, make it one that keeps failing. */
const MANY_FAILURES = 10;
const FAILING_SHARE = 0.01;

/**
 * What is usual in a log: the measure for its own records, and for those that come later. It is found out when it is asked
 * for, so the columns of the log are kept as long as this is.
 */
export class TypicalRecords {
  readonly neighbours: UsualNeighbours;
  private readonly templates: Uint32Array;
  private readonly errors: number;
  /** Records with those that were left out. */
  private readonly records: number;
  private sessionCounts: TypicalCounts | undefined;
  /** By template; its first record is looked for among all, and a followed log asks again with each of its updates. */
  private readonly persistences = new Map<number, PartOf<'keeps-failing'>[]>();

  /** @param rhythm of the whole log, of which this one may be a part */
  constructor(
    private readonly log: RecordLog,
    private readonly rhythm: BurstsAndGaps,
  ) {
    this.neighbours = new UsualNeighbours(log.eventLog);
    const { leftOut, events } = log.eventLog;
    this.templates = leftOut?.counts ?? templateCounts(log.eventLog);
    this.records = leftOut?.entries ?? events.length;
    this.errors = log.eventLog.templates.reduce(
      (sum, { severity }, template) => sum + (severity === 'error' ? this.templates[template] : 0),
      0,
    );
  }

  /** How often the sessions of the log have each template. */
  get counts(): TypicalCounts {
    this.sessionCounts ??= new TypicalCounts(this.log.eventLog);
    return this.sessionCounts;
  }

  /**
   * That a record calls itself an error, and if there are few of them how many.
   * @param line of the record
   */
  loggedAsError(line: number): PartOf<'level'> {
    const { errors, log } = this;
    return errors > FEW_ERRORS * this.records || line > log.lineCount
      ? { part: 'level', level: 'error' }
      : { part: 'level', level: 'error', errors };
  }

  /**
   * Whether records of a template are rare; none if they are not.
   * @param line of the record that is talked about
   */
  rarity(template: number, line: number): PartOf<'rare' | 'seen'>[] {
    const count = this.templates[template] ?? 0;
    const isOnly = count === 1 && this.log.keyOf === undefined && this.records >= MANY_RECORDS;
    if (count > RARE_SHARE * this.records && !isOnly) {
      return [];
    }
    return [line <= this.log.lineCount ? { part: 'rare', count } : { part: 'seen', count }];
  }

  /** How often a failure is in the log and since when, if it keeps failing; none else. */
  persistence(template: number): PartOf<'keeps-failing'>[] {
    let known = this.persistences.get(template);
    if (known === undefined) {
      known = this.findPersistence(template);
      this.persistences.set(template, known);
    }
    return known;
  }

  private findPersistence(template: number): PartOf<'keeps-failing'>[] {
    const count = this.templates[template] ?? 0;
    if (count < MANY_FAILURES || count < FAILING_SHARE * this.records) {
      return [];
    }
    const { eventLog, times, lines } = this.log;
    const first = eventLog.events.indexOf(template);
    const part: PartOf<'keeps-failing'> = { part: 'keeps-failing', count, share: count / this.records };
    const since = first < 0 ? null : isoTime(times[first]);
    if (since !== null) {
      part.since = since;
    } else if (first >= 0) {
      part.sinceLine = lines[first];
    }
    return [part];
  }

  /** The burst of like records that one belongs to; none if there is no such. */
  burst(template: number, time: number): PartOf<'burst'>[] {
    return template < this.templates.length ? this.rhythm.burst(this.log, template, time) : [];
  }

  /** The silence before or after a record of the log; none if there is no such. */
  silence(line: number): PartOf<'silence'>[] {
    return this.rhythm.silence(line);
  }
}
