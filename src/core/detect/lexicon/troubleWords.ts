/** Beginnings and parts of words that speak of trouble in the logs of any system. */
const TROUBLE =
  /error|fail|fatal|panic|exception|denied|refus|timeout|timed out|time-out|abort|crash|invalid|unable|cannot|can't|could not|couldn't|not found|no such|missing|corrupt|lost|unreachable|kill|segfault|segmentation|traceback|critical|severe|illegal|unexpected|dead|overflow|reject|exceeded|broken|bad |violation|unauthori|forbidden|wrong|undefined|not permitted|conflict|exhaust|out of memory|\boom\b|stack trace|core dump|disconnect|down\b|unavailable|unknown|interrupt|assert/gi;

/** Where such a word says that there was none. */
const NO_TROUBLE =
  /\b(?:0|no|without|zero) (?:error|fail|warning|exception)|errors?[:=] ?0\b|fail(?:ed|ures?)?[:=] ?0\b/gi;

/** How many words of trouble a text holds, "0 errors" and the like not counted. */
export function troubleCount(text: string): number {
  return text.replace(NO_TROUBLE, ' ').match(TROUBLE)?.length ?? 0;
}
