import type { Outcome } from '../../formats/runOutcome';
import { upperBound } from '../../numeric/bisect';
import { templateCounts, type EventLog, type EventTemplate } from '../../events/eventLog';
import type { ChannelTemplate } from './channel';
import { channelLog, Evidence, laterTemplate } from './evidence';
import { templateGravity, type TemplateGravity } from './templateGravity';
import { SUSPICION_WEIGHTS, type SuspicionWeights } from './weights';

/** The margin of a record of which it is not asked whether it is remarkable. */
const UNREMARKABLE = -Infinity;

/** A template and what the channels that look at templates say of it. */
interface WeighedTemplate extends ChannelTemplate {
  base: number;
}

/** What is known of a log beside its records. */
export interface KnownOfLog {
  /** Per entry by how much it passes the cut of what is remarkable, see StreamScores; left out where nothing is remarkable. */
  margins?: ArrayLike<number>;
  /** Of its templates, where they are known already. */
  gravities?: readonly TemplateGravity[];
}

/**
 * How suspicious the records of a stream or of a run's output are: a weighted sum of the values of the channels, in nats,
 * of which the log's own cut is taken, so that 0 is the cut. A record may also be found for being remarkable; then it
 * scores above 0 though its suspicion does not.
 */
export class Suspicion {
  /** Per entry of the log; 0 is the cut. */
  readonly entries: Float64Array;
  private readonly weights: SuspicionWeights;
  private readonly evidence: Evidence;
  private readonly templateWeights: readonly number[];
  private readonly recordWeights: readonly number[];
  private readonly templates: readonly WeighedTemplate[];
  private readonly laterTemplates = new Map<number, WeighedTemplate>();
  private readonly cut: number;

  constructor(log: EventLog, { margins, gravities = log.templates.map(templateGravity) }: KnownOfLog = {}) {
    const kind = log.kind === 'console' ? 'console' : 'stream';
    this.weights = SUSPICION_WEIGHTS[kind];
    const known = channelLog(gravities, templateCounts(log));
    const evidence = new Evidence(kind, known);
    this.evidence = evidence;
    const weightOf = (name: keyof SuspicionWeights['channels']): number => this.weights.channels[name] ?? 0;
    this.templateWeights = evidence.templateChannels.map(weightOf);
    this.recordWeights = evidence.recordChannels.map(weightOf);
    this.templates = known.all.map((template) => this.weighed(template));
    const { events } = log;
    const marginOf = (entry: number): number => margins?.[entry] ?? UNREMARKABLE;
    const toFailure = distanceToFailure(log);
    const sums = new Float64Array(events.length);
    const peaks = new Float64Array(known.all.length).fill(-Infinity);
    for (let entry = 0; entry < events.length; entry++) {
      const event = events[entry];
      sums[entry] = this.sumOf(this.templates[event], marginOf(entry), toFailure(entry));
      peaks[event] = Math.max(peaks[event], sums[entry]);
    }
    this.cut = this.cutOf(peaks, log.outcomes?.last);
    for (let entry = 0; entry < sums.length; entry++) {
      sums[entry] = this.scoreOf(sums[entry], marginOf(entry));
    }
    this.entries = sums;
  }

  /**
   * The score of a record that comes after the log, by what the log has taught.
   * @param event number of its template
   * @param template itself, for the log may not have it
   * @param margin by how much the record passes the cut of what is remarkable
   */
  ofLater(event: number, template: EventTemplate, margin: number): number {
    let known = this.templates.at(event) ?? this.laterTemplates.get(event);
    if (known === undefined) {
      known = this.weighed(laterTemplate(template));
      this.laterTemplates.set(event, known);
    }
    return this.scoreOf(this.sumOf(known, margin, Infinity), margin);
  }

  private weighed(template: ChannelTemplate): WeighedTemplate {
    return { ...template, base: this.evidence.ofTemplate(template, this.templateWeights) };
  }

  private sumOf(template: WeighedTemplate, margin: number, toFailure: number): number {
    return template.base + this.evidence.ofRecord(margin, toFailure, this.recordWeights);
  }

  /**
   * The least sum that is found: that much above nothing, and a share of what is suspicious in the log. Of a run that says
   * that it failed there is something to find, and the most suspicious is found in any case.
   */
  private cutOf(peaks: Float64Array, outcome: Outcome | undefined): number {
    const { margin, share, ofOutcome } = this.weights;
    const nothing = this.weights.nothing + (outcome === undefined ? 0 : ofOutcome[outcome]);
    const peak = peaks.reduce((most, each) => Math.max(most, each), -Infinity);
    const highest = Math.max(peak, nothing);
    const all = peaks.reduce((sum, each) => sum + Math.exp(each - highest), Math.exp(nothing - highest));
    const cut = Math.max(nothing + margin, highest + Math.log(all) + Math.log(share));
    return outcome === 'failed' ? Math.min(cut, peak) : cut;
  }

  /** A record that is remarkable scores above 0, the higher the more suspicious it is. */
  private scoreOf(sum: number, margin: number): number {
    const above = sum - this.cut;
    return above >= 0 || margin >= 0 ? Math.log1p(Math.exp(above)) : above;
  }
}

/** Tells of entries how many come until one that says that something failed; see ChannelRecord. */
export function distanceToFailure({ events, outcomes }: EventLog): (entry: number) => number {
  if (outcomes === undefined) {
    return () => Infinity;
  }
  const { failures } = outcomes;
  if (failures.length === 0) {
    // Where nothing says so, what failed stands before the end.
    return (entry) => events.length - 1 - entry;
  }
  return (entry) => {
    const next = failures[upperBound(failures, entry)];
    return next === undefined ? Infinity : next - entry;
  };
}
