const WIDTH = 30;
const INTERVAL_MS = 100;

/** A bar on the terminal's stderr; silent where stderr is no terminal. */
export class ProgressBar {
  private last = 0;
  private shown = false;

  /** Shows how much of the whole is done; without a whole (0) only what is done. */
  update(label: string, done: number, total: number): void {
    if (!process.stderr.isTTY || Date.now() - this.last < INTERVAL_MS) {
      return;
    }
    this.last = Date.now();
    this.shown = true;
    const share = total > 0 ? Math.min(1, done / total) : 0;
    const filled = Math.round(share * WIDTH);
    const bar = total > 0 ? `[${'#'.repeat(filled)}${' '.repeat(WIDTH - filled)}] ${Math.floor(100 * share)} %` : '…';
    process.stderr.write(`\r\x1b[K${label} ${bar}`);
  }

  /** Takes the bar away. */
  clear(): void {
    if (this.shown) {
      process.stderr.write('\r\x1b[K');
      this.shown = false;
    }
  }
}
