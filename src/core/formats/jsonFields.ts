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
