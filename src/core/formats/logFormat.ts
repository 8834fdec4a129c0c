/** A header format with what is known about its fields. */
export interface LogFormat {
  /** The header in LogPAI's notation; see HeaderFormat. */
  header: string;
  /** Form of the record's time, which begins with the field `Date` or else `Time`; see TimeLayout. */
  time?: string;
}

/** Hadoop's distributed file system, as LogHub and its papers have it. */
export const HDFS_FORMAT: LogFormat = {
  header: '<Date> <Time> <Pid> <Level> <Component>: <Content>',
  time: 'yyMMdd HHmmss',
};
