/** A line of a format and what is read from it; these are the format's tests. */
export interface FormatExample {
  line: string;
  content: string;
  /** Name of the level; `unknown` if left out. */
  level?: string;
  /** ISO 8601 without zone, in UTC; none if left out. */
  time?: string;
  component?: string;
  /** Host, pod or container. */
  source?: string;
}

/** How a number or text that stands for a level is to be read. */
export type LevelScale = 'words' | 'syslog' | 'pino' | 'severityNumber' | 'zeroToFour';

/** Which members of a JSON object say what; members of nested objects by their path with dots, the best first. */
export interface JsonFields {
  /** Members that show the format: all of them are there in a line that has it. */
  requires: readonly string[];
  message: readonly string[];
  level: readonly string[];
  time: readonly string[];
  component: readonly string[];
  /** The host, pod or container that wrote it. */
  source?: readonly string[];
  /** The text of a stack trace. */
  trace?: readonly string[];
  /** `words` if left out; numbers of 10 and more are always those of bunyan and pino. */
  scale?: LevelScale;
}

/** One log format, as data. */
export interface FormatEntry {
  /** Short name by which a user asks for it. */
  name: string;
  /** Name for people. */
  title: string;
  /** The header in the forms it takes, the most specific first; see LinePattern. */
  patterns?: readonly string[];
  /** For a format of JSON lines: which members say what. */
  json?: JsonFields;
  /** For lines of `key=value` pairs. */
  logfmt?: boolean;
  /** For a header whose content is on the next line: the form of that one. */
  next?: string;
  /** Whether it wraps the lines of others one by one: its content is searched for a format of its own. */
  wraps?: boolean;
  /**
   * For what wraps lines and splits long ones: how a part is known that the next one of its stream goes on with. It has the
   * tag `P`, or is 16 KiB long and has no line end.
   */
  parts?: 'tagged' | 'long';
  /** Whether `#Fields` names the columns of the lines that follow, among them one of the HTTP status. */
  columns?: boolean;
  /** Whether every line without header belongs to the record before, whatever it looks like. */
  multiline?: boolean;
  /** Whether lines without header are usual in it (consoles), so that they are records of their own. */
  loose?: boolean;
  /** Whether programs that build nothing write it too: it is a console's only where something else says so. */
  ambiguous?: boolean;
  examples: readonly FormatExample[];
}
