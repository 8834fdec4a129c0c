import { escapeControls } from '../core/findings/escapeControls';

/** Writes one line for people to standard error; what it quotes of a log, a setting or a path cannot steer a terminal. */
export function tell(line: string): void {
  process.stderr.write(`${escapeControls(line)}\n`);
}
