import type { TemplateGravity } from './templateGravity';

/** What the channels know of the log that they judge. */
export interface ChannelLog {
  /** Records. */
  length: number;
  /** Records that call themselves errors. */
  errors: number;
  /** Of the templates that the log has: how grave each is, and how many records it has. */
  templates: readonly { gravity: TemplateGravity; count: number }[];
}

/** What the channels know of a template; one that the log does not have counts 0 records. */
export interface ChannelTemplate {
  gravity: TemplateGravity;
  count: number;
}

/** What the channels know of a record beside its template. */
export interface ChannelRecord {
  /** By how much it passes the cut of what is remarkable by order, words and newness, in nats; see StreamScores. */
  margin: number;
  /** Records from it to the next one that says of something that it failed; Infinity if there is none. */
  toFailure: number;
}

/**
 * One kind of evidence that a record is what a reader looks for. A value is in nats or 0…1, higher is more suspicious; how
 * much it counts is learned, see weights.ts. A new channel is a new file here and an entry in channels.ts.
 */
export interface Channel {
  /** In which logs it counts. */
  readonly kinds: readonly ('stream' | 'console')[];
  /** Value of the templates of a log; for channels that look at templates alone. */
  readonly ofTemplates?: (log: ChannelLog) => (template: ChannelTemplate) => number;
  /** Value of a record; for channels that look at where it stands. */
  readonly ofRecord?: (record: ChannelRecord) => number;
}
