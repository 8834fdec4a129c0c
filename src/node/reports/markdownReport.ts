import { codeBlock, codeSpan, escapeMarkdown } from './escapeMarkdown';
import { findingText } from '../../core/findings/wording';
import { titleOf } from './findingWords';
import { counted, number, placeOf, reportContent, type Cause } from './reportContent';
import type { Report, ReportSource } from './reportSource';

/** The page of {@link htmlReport} without its picture, for issues and chats. */
export async function* markdownReport(source: ReportSource): Report {
  const { input, sentences, causes, others, judged } = await reportContent(source);
  yield `# Findings in ${input === '-' ? 'standard input' : escapeMarkdown(input)}\n\n`;
  yield `${sentences.map(escapeMarkdown).join(' ')}\n\n## What was found\n\n`;
  if (causes.length === 0) {
    yield 'Nothing.\n\n';
  }
  for (const [i, cause] of causes.entries()) {
    yield `### ${i + 1}\\. ${causeMarkdown(cause)}`;
  }
  if (others > 0) {
    yield `${counted(others, 'further finding')} of other causes: the forms JSON and CSV have all.\n\n`;
  }
  yield '## How it was judged\n\n';
  yield judged.map(([what, how]) => `- **${what}**: ${escapeMarkdown(how)}\n`).join('');
}

/** A cause as Markdown, without the signs of a heading before it. */
export function causeMarkdown({ first, text, findings, count, occurrences, context }: Cause): string {
  const times = occurrences > 1 ? ` ×${number(occurrences)}` : '';
  const below = first.anomalous ? '' : ' (below the threshold)';
  const lines = context.map(({ line, text: own, isSuspicious }) => `${isSuspicious ? '>' : ' '} ${line} | ${own}`);
  const more = count - findings.length;
  return `${codeSpan(titleOf(first, text))}${times}${below}

${escapeMarkdown(findingText(first))}

${lines.length === 0 ? '' : `${codeBlock(lines)}\n`}${findings.map((finding) => `- ${escapeMarkdown(placeOf(finding))}\n`).join('')}${more > 0 ? `- ${number(more)} more\n` : ''}
`;
}
