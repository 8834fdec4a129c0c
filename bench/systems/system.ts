/** Physical lines, counted from 1 as an editor counts them, both ends included. */
export interface LineRange {
  first: number;
  last: number;
}

/** A log of which it is known what a person would want to be shown, or that there is nothing. */
export interface JudgedLog {
  /** What counts once in the figures: a repository, an incident, an alert template. */
  unit: string;
  /** Path of the file. */
  file: string;
  /** The lines of the cause; a finding that points into one of them is right. Empty for a healthy log. */
  causes: readonly LineRange[];
  /** Path of a log of the same program that went well. */
  good?: string;
  /** Path of the same log before a fault was put into it. It may have faults of its own. */
  untouched?: string;
}

/** Logs of one origin: what is chosen without it is measured on it. */
export interface LogSystem {
  name: string;
  /** Where the logs are from and who says what is wrong in them, for the table in docs/method. */
  source: string;
  /** @throws if the shared data are absent */
  logs(): JudgedLog[];
}
