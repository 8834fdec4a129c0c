import type { Finding } from '../../core/findings/finding';
import { plainTemplate } from '../../core/findings/wording';

/** What happened, in a line: the text of its most suspicious line where that is at hand, else what it is about. */
export function titleOf({ template, block }: Finding, text = ''): string {
  return text.trim() || plainTemplate(template) || block;
}

/** When it happened, in milliseconds since 1970; undefined if that is not known. */
export function timeOf({ time: own, firstTime }: Finding): number | undefined {
  const time = Date.parse(`${own ?? firstTime ?? ''}Z`);
  return Number.isNaN(time) ? undefined : time;
}
