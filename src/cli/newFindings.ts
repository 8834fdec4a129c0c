import type { Finding } from '../core/findings/finding';
import { linesOfWindow } from '../core/findings/windowName';

/**
 * Tells which findings of a log that grows were not there before. A block that has grown is the same one: a session by its
 * key, a window by its first line and time.
 */
export class NewFindings {
  private known = new Set<string>();

  /** Takes all findings that there are by now, and gives the new ones in their order. */
  take(findings: readonly Finding[]): Finding[] {
    const before = this.known;
    this.known = new Set(findings.map(keyOf));
    return findings.filter((finding) => !before.has(keyOf(finding)));
  }
}

function keyOf({ block, lines, firstTime }: Finding): string {
  return linesOfWindow(block) === undefined ? block : `${lines[0]} ${firstTime}`;
}
