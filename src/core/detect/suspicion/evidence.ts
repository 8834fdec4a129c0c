import type { EventTemplate } from '../../events/eventLog';
import type { ChannelLog, ChannelRecord, ChannelTemplate } from './channel';
import { CHANNELS, channelsOf, type ChannelName } from './channels';
import { templateGravity } from './templateGravity';

/** The values of all channels for the templates of a log and for its records. */
export class Evidence {
  /** Channels that look at templates, and those that look at where a record stands. */
  readonly templateChannels: readonly ChannelName[];
  readonly recordChannels: readonly ChannelName[];
  private readonly ofTemplates: ((template: ChannelTemplate) => number)[];
  private readonly ofRecords: ((record: ChannelRecord) => number)[];
  private readonly record: ChannelRecord = { margin: 0, toFailure: Infinity };

  constructor(kind: 'stream' | 'console', log: ChannelLog) {
    const channels = channelsOf(kind).map((name) => ({ name, channel: CHANNELS[name] }));
    const ofTemplates = channels.filter(({ channel }) => channel.ofTemplates !== undefined);
    const ofRecords = channels.filter(({ channel }) => channel.ofRecord !== undefined);
    this.templateChannels = ofTemplates.map(({ name }) => name);
    this.recordChannels = ofRecords.map(({ name }) => name);
    this.ofTemplates = ofTemplates.map(({ channel }) => channel.ofTemplates!(log));
    this.ofRecords = ofRecords.map(({ channel }) => channel.ofRecord!);
  }

  /** The sum of the channels that look at templates, each weighted. */
  ofTemplate(template: ChannelTemplate, weights: readonly number[]): number {
    return this.templateValues(template).reduce((sum, value, channel) => sum + weights[channel] * value, 0);
  }

  /** The same values one by one. */
  templateValues(template: ChannelTemplate): number[] {
    return this.ofTemplates.map((of) => of(template));
  }

  /**
   * The sum of the others for a record, each weighted.
   * @param margin see ChannelRecord
   * @param toFailure see ChannelRecord
   */
  ofRecord(margin: number, toFailure: number, weights: readonly number[]): number {
    const { record, ofRecords } = this;
    record.margin = margin;
    record.toFailure = toFailure;
    let sum = 0;
    for (let channel = 0; channel < ofRecords.length; channel++) {
      sum += weights[channel] * ofRecords[channel](record);
    }
    return sum;
  }

  /** The same values one by one, to learn their weights. */
  recordValues(margin: number, toFailure: number): number[] {
    return this.ofRecords.map((of) => of({ margin, toFailure }));
  }
}

/** What the channels are to know of a log. */
export function channelLog(
  gravities: readonly ChannelTemplate['gravity'][],
  counts: ArrayLike<number>,
): ChannelLog & { all: readonly ChannelTemplate[] } {
  const all = gravities.map((gravity, template) => ({ gravity, count: counts[template] ?? 0 }));
  return {
    all,
    length: all.reduce((sum, { count }) => sum + count, 0),
    errors: all.reduce((sum, { gravity, count }) => sum + (gravity.isError ? count : 0), 0),
    templates: all.filter(({ count }) => count > 0),
  };
}

/** A template that the log does not have. */
export function laterTemplate(template: EventTemplate): ChannelTemplate {
  return { gravity: templateGravity(template), count: 0 };
}
