import { escapeMarkdown } from '../base/markdown';
import { partOf } from '../../core/findings/findingParts';
import { strengthOf } from '../../core/findings/strength';
import { plainTemplate } from '../../core/findings/wording';
import type { Finding } from '../../core/findings/finding';
import type { Translate } from '../base/translate';
import type { ResultMessages } from '../results/resultMessages';

/** Words of a message that the accessible label of its row has: fifteen words are heard in one go. */
const HEARD_WORDS = 8;

/** The message of a finding: the line as it was logged, else its template with "…" for what varies, else its session. */
export function messageOf({ text, template, block }: Finding): string {
  return text ?? (template === '' ? block : plainTemplate(template));
}

/**
 * What stands behind the message: kind, time, how often, and the session if it is one.
 * @param place where it is, in a list of several files; left out where the row above says it
 */
export function rowDescription(finding: Finding, messages: ResultMessages, t: Translate, place?: string): string {
  const often = occurrences(finding, messages, t);
  return [
    messages.kind(finding),
    timeOfDay(finding) ?? t('line {0}', messages.number(finding.line)),
    ...(often === undefined ? [] : [often]),
    ...(isWindow(finding.block) ? [] : [finding.block]),
    ...(place === undefined ? [] : [place]),
  ].join(' · ');
}

/** What a screen reader says of a finding: at most fifteen words. */
export function rowLabel(finding: Finding, messages: ResultMessages, t: Translate, place?: string): string {
  const words = messageOf(finding).split(/\s+/);
  const message = words.length > HEARD_WORDS ? `${words.slice(0, HEARD_WORDS).join(' ')}…` : words.join(' ');
  const label = t('{0}: {1}', messages.kind(finding), message);
  return place === undefined ? label : t('{0}, in {1}', label, place);
}

/** All that is known of a finding, as Markdown in which nothing of the log is markup. */
export function rowTooltip(finding: Finding, threshold: number, messages: ResultMessages, t: Translate): string {
  const { firstTime, lastTime, lines } = finding;
  const reasons = messages.reasons(finding);
  const times = firstTime === null ? [] : [firstTime === lastTime ? firstTime : `${firstTime} – ${lastTime}`];
  const facts = [
    messages.strength(strengthOf(finding, threshold)),
    t('score {0}', messages.score(finding.score)),
    messages.block(finding.block),
    messages.lineCount(lines.length),
    ...(finding.count > 1 ? [`×${messages.number(finding.count)}`] : []),
    ...times,
  ];
  return [
    `**${escapeMarkdown(messageOf(finding))}**`,
    escapeMarkdown(capitalized(messages.kind(finding))) +
      (reasons.length === 0 ? '' : `\n${reasons.map((reason) => `- ${escapeMarkdown(reason)}`).join('\n')}`),
    facts.map(escapeMarkdown).join(' · '),
  ].join('\n\n');
}

/** Whether a block is a stretch of the log, of a file of it perhaps, and no session. */
function isWindow(block: string): boolean {
  return /(?:^|:)L\d+-(?:.*:)?L\d+$/.test(block);
}

/** The time of day at which the line was written, or its block began. */
function timeOfDay({ time, firstTime }: Finding): string | undefined {
  return (time ?? firstTime)?.slice(11, 19);
}

/** For example `×25 in 1 s`. */
function occurrences({ parts, count }: Finding, messages: ResultMessages, t: Translate): string | undefined {
  const burst = partOf(parts, 'burst') ?? partOf(parts, 'errors-here');
  if (burst?.milliseconds !== undefined) {
    return t('×{0} in {1}', messages.number(burst.count), messages.duration(burst.milliseconds));
  }
  const many = partOf(parts, 'keeps-failing')?.count ?? count;
  return many > 1 ? `×${messages.number(many)}` : undefined;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
