import { escapeHtml } from '../../node/reports/escapeHtml';

/** What the page asks for. */
export type TimelineRequest =
  | { type: 'size'; width: number }
  | { type: 'open'; target: string }
  /** Shares of what is shown, 0…1; the whole log if left out. */
  | { type: 'zoom'; from?: number; to?: number };

/** What the page is to show. */
export interface ShownTimeline {
  /** Of the log; empty if there is none. */
  title: string;
  /** The picture, in which all texts are escaped; empty if there is none. */
  svg: string;
  /** What is said below it. */
  note: string;
  isZoomed: boolean;
}

const STYLE = `
body{padding:0 8px;color:var(--vscode-foreground);font-size:var(--vscode-font-size)}
h1{font-size:inherit;margin:4px 0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
p{margin:2px 0;color:var(--vscode-descriptionForeground)}
#picture{position:relative;touch-action:none;cursor:crosshair;user-select:none}
#picture:focus-visible{outline:1px solid var(--vscode-focusBorder)}
#range{position:absolute;top:0;bottom:14px;background:var(--vscode-editor-selectionBackground);opacity:.5;pointer-events:none}
svg{display:block;width:100%;height:auto}
.normal{fill:var(--vscode-charts-blue);opacity:.6}.warning{fill:var(--vscode-charts-yellow)}.error{fill:var(--vscode-charts-red)}
a.mark{cursor:pointer}a.mark path{fill:var(--vscode-charts-purple)}a.mark:focus path{stroke:var(--vscode-focusBorder);stroke-width:2}
text.axis{fill:var(--vscode-descriptionForeground);font-size:10px}line.axis{stroke:var(--vscode-descriptionForeground);opacity:.5}
button{color:var(--vscode-button-secondaryForeground);background:var(--vscode-button-secondaryBackground);border:1px solid var(--vscode-contrastBorder,transparent);padding:1px 8px;cursor:pointer}
button:focus-visible{outline:1px solid var(--vscode-focusBorder)}
.vscode-high-contrast .normal,.vscode-high-contrast-light .normal{opacity:1}
[hidden]{display:none}
`;

/** The picture and what is done with it: clicks and arrow keys on marks, a dragged range, `+`, `-` and Escape. */
const SCRIPT = `
const api = acquireVsCodeApi();
const get = (id) => document.getElementById(id);
const picture = get('picture'), range = get('range'), whole = get('whole');
const zoom = (from, to) => api.postMessage({ type: 'zoom', from, to });
const size = () => api.postMessage({ type: 'size', width: picture.clientWidth });
addEventListener('message', ({ data }) => {
  const focused = document.activeElement?.getAttribute?.('href');
  get('title').textContent = data.title;
  get('svg').innerHTML = data.svg;
  get('note').textContent = data.note;
  whole.hidden = !data.isZoomed;
  picture.hidden = data.svg === '';
  if (focused) get('svg').querySelector('a[href="' + CSS.escape(focused) + '"]')?.focus();
});
let from;
const share = (event) => {
  const { left, width } = picture.getBoundingClientRect();
  return Math.min(1, Math.max(0, (event.clientX - left) / width));
};
picture.addEventListener('pointerdown', (event) => {
  if (event.button === 0 && !event.target.closest('a')) {
    from = share(event);
    picture.setPointerCapture(event.pointerId);
  }
});
picture.addEventListener('pointermove', (event) => {
  if (from !== undefined) {
    const to = share(event);
    range.hidden = false;
    range.style.left = 100 * Math.min(from, to) + '%';
    range.style.width = 100 * Math.abs(to - from) + '%';
  }
});
picture.addEventListener('pointerup', (event) => {
  if (from !== undefined) {
    const to = share(event);
    if (Math.abs(to - from) > .01) zoom(Math.min(from, to), Math.max(from, to));
    from = undefined;
    range.hidden = true;
  }
});
picture.addEventListener('click', (event) => {
  const mark = event.target.closest('a');
  if (mark) {
    event.preventDefault();
    api.postMessage({ type: 'open', target: mark.getAttribute('href') });
  }
});
addEventListener('keydown', (event) => {
  const marks = [...picture.querySelectorAll('a')];
  const at = marks.indexOf(document.activeElement);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step && marks.length > 0) {
    marks[(at + step + marks.length) % marks.length]?.focus();
  } else if (event.key === '+') {
    zoom(.25, .75);
  } else if (event.key === '-' || event.key === 'Escape') {
    zoom();
  } else {
    return;
  }
  event.preventDefault();
});
whole.addEventListener('click', () => zoom());
new ResizeObserver(size).observe(document.body);
size();
`;

/**
 * The page of the timeline. It loads nothing; only its own script runs.
 * @param nonce that nobody can guess
 * @param texts their language, that of the button, and of the picture for who does not see it
 */
export function timelinePage(nonce: string, texts: { language: string; wholeLog: string; picture: string }): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(texts.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(texts.picture)}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>
<h1 id="title"></h1>
<div id="picture" tabindex="0" role="group" aria-label="${escapeHtml(texts.picture)}" hidden><div id="svg"></div><div id="range" hidden></div></div>
<p id="note" role="status"></p>
<button id="whole" type="button" hidden>${escapeHtml(texts.wholeLog)}</button>
</main>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>`;
}
