import type { Page } from 'playwright-core';

/** What was seen in the page of the workbench; times are milliseconds of the system's clock. */
export interface Sighting {
  /** `click`: a button of the mouse went up; `state`: the row of the log, or the status bar, says something else. */
  kind: 'click' | 'state' | 'long task';
  at: number;
  /** What it says. */
  text: string;
  /** Milliseconds of a task that blocked the window for 50 or more. */
  duration: number;
}

/** Has the page note clicks, what is said about a log, and tasks that block the window. */
export async function watchPage(page: Page, log: string): Promise<void> {
  // A text, because it is run where the page is and not here.
  await page.evaluate(`(() => {
    const seen = (window.logcnnSeen = []);
    const note = (kind, text = '', duration = 0, at = Date.now()) => seen.push({ kind, at, text, duration });
    document.addEventListener('mouseup', () => note('click'), true);
    let last = '';
    new MutationObserver(() => {
      const rows = [...document.querySelectorAll('.customview-tree .monaco-list-row[aria-level="1"]')];
      const row = rows.find((each) => each.textContent.includes(${JSON.stringify(log)}));
      const bar = [...document.querySelectorAll('.statusbar-item')].find((each) => each.id.includes('logcnn'));
      const text = (row ?? bar)?.textContent ?? '';
      if (text !== last) note('state', (last = text));
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        note('long task', '', duration, performance.timeOrigin + startTime);
    }).observe({ type: 'longtask' });
  })()`);
}

/** What was noted so far. */
export function sightings(page: Page): Promise<Sighting[]> {
  return page.evaluate<Sighting[]>('window.logcnnSeen');
}
