import { createHash } from 'node:crypto';
import { escapeHtml } from './escapeHtml';
import { findingText } from '../../core/findings/wording';
import { timeOf, titleOf } from './findingWords';
import { counted, number, placeOf, reportContent, timeText, type Cause, type ReportContent } from './reportContent';
import type { Report, ReportSource } from './reportSource';
import { timelineSvg, type TimelineMark } from './timelineSvg';

const STYLE = `
:root{color-scheme:light dark;--back:#fff;--text:#1f2328;--dim:#59636e;--line:#d1d9e0;--own:#fff4d6;--normal:#9db4cc;--warning:#bf8700;--error:#cf222e;--mark:#8250df;--link:#0550ae}
@media(prefers-color-scheme:dark){:root{--back:#0d1117;--text:#f0f6fc;--dim:#a5b0bd;--line:#3d444d;--own:#3b2f0b;--normal:#4f6b88;--warning:#d29922;--error:#ff7b72;--mark:#c297ff;--link:#79c0ff}}
body{background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:0 auto;padding:1rem 1.5rem}
h1{font-size:1.5rem}h2{font-size:1.2rem;border-bottom:1px solid var(--line);margin-top:2rem}h3{font-size:1rem;margin:1.5rem 0 .2rem;overflow-wrap:anywhere}
p.summary{font-size:1.1rem}.dim{color:var(--dim)}a{color:var(--link)}
svg{width:100%;height:auto}.normal{fill:var(--normal)}.warning{fill:var(--warning)}.error{fill:var(--error)}a.mark path{fill:var(--mark)}a.mark:focus path{stroke:var(--text)}text.axis{fill:var(--dim);font-size:11px}line.axis{stroke:var(--line)}
ol,ul{padding-left:1.5rem;overflow-wrap:anywhere}
pre{border:1px solid var(--line);border-radius:4px;padding:.5rem;overflow-x:auto;font-size:.85rem;line-height:1.4}pre span{display:block}pre .own{background:var(--own)}pre .most{background:var(--own);font-weight:bold}
dt{font-weight:bold}dd{margin:0 0 .4rem 0;overflow-wrap:anywhere}
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;

/** One page for people: what was found, when, around which lines, and how it was judged. It loads nothing and runs nothing. */
export async function* htmlReport(source: ReportSource): Report {
  const content = await reportContent(source);
  const { input, sentences, causes, others, judged } = content;
  const title = `Findings in ${input === '-' ? 'standard input' : input}`;
  yield `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p class="summary">${sentences.map(escapeHtml).join(' ')}</p>
`;
  yield timeline(content);
  yield '<h2>What was found</h2>\n';
  if (causes.length === 0) {
    yield '<p>Nothing.</p>\n';
  }
  for (const [i, cause] of causes.entries()) {
    yield causeHtml(cause, i);
  }
  if (others > 0) {
    yield `<p>${escapeHtml(counted(others, 'further finding'))} of other causes: the forms JSON and CSV have all.</p>\n`;
  }
  yield `<h2>How it was judged</h2>\n<dl>\n${judged
    .map(([what, how]) => `<dt>${escapeHtml(what)}</dt><dd>${escapeHtml(how)}</dd>\n`)
    .join('')}</dl>\n</main>\n</body>\n</html>\n`;
}

function timeline({ summary, causes }: ReportContent): string {
  if (summary.timeline === undefined) {
    return '';
  }
  const marks = causes.flatMap((cause, i) =>
    cause.findings.flatMap((finding): TimelineMark[] => {
      const time = timeOf(finding);
      const label = `${timeText(finding.firstTime ?? '')} ${titleOf(cause.first, cause.text)}`.slice(0, 200);
      return time === undefined ? [] : [{ time, label, target: `#cause-${i + 1}` }];
    }),
  );
  return `<h2>Timeline</h2>\n${timelineSvg(summary.timeline, marks, { width: 1000, height: 140 })}\n<p class="dim">Records over time: errors at the bottom, warnings above them, then all others; a diamond is a finding.</p>\n`;
}

function causeHtml({ first, text, findings, count, occurrences, context }: Cause, i: number): string {
  const kind = first.anomalous ? '' : ' <span class="dim">(below the threshold)</span>';
  const times = occurrences > 1 ? ` <span class="dim">×${number(occurrences)}</span>` : '';
  const lines = context.map(({ line, text: own, isOwn, isSuspicious }) => {
    const shown = escapeHtml(`${isSuspicious ? '>' : ' '} ${line} | ${own}`);
    return `<span${isSuspicious ? ' class="most"' : isOwn ? ' class="own"' : ''}>${shown}</span>`;
  });
  const more = count - findings.length;
  return `<section id="cause-${i + 1}">
<h3>${i + 1}. ${escapeHtml(titleOf(first, text))}${times}${kind}</h3>
<p>${escapeHtml(findingText(first))}</p>
${lines.length === 0 ? '' : `<pre tabindex="0">${lines.join('')}</pre>\n`}<ul>
${findings.map((finding) => `<li>${escapeHtml(placeOf(finding))}</li>\n`).join('')}${more > 0 ? `<li>${number(more)} more</li>\n` : ''}</ul>
</section>
`;
}
