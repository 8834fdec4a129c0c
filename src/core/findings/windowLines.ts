import { WINDOW_LINES } from '../blocks/streamWindows';
import type { RecordLog } from '../scan/recordLog';

/** The windows in which the lines of a log without sessions are shown. Every line belongs to one. */
export interface WindowLines {
  /** How many windows there are, from 0 on. */
  count: number;
  /** The window of a physical line, which is counted from 1. */
  windowOf(line: number): number;
  /** The lines of a window, ascending. */
  linesOf(window: number): Uint32Array;
}

/**
 * Windows of so many lines, or in a log of several sources the blocks of what each wrote, unless records were left out: it
 * is not known then to which block each line belongs.
 */
export function windowLines(log: RecordLog): WindowLines {
  return log.sourceCount === 1 || log.eventLog.leftOut !== undefined ? ofEqualLength(log) : ofSources(log);
}

function ofEqualLength({ lineCount }: RecordLog): WindowLines {
  return {
    count: Math.ceil(lineCount / WINDOW_LINES),
    windowOf: (line) => Math.floor((line - 1) / WINDOW_LINES),
    linesOf: (window) => {
      const first = window * WINDOW_LINES + 1;
      const length = Math.min(lineCount + 1 - first, WINDOW_LINES);
      return Uint32Array.from({ length }, (_, k) => first + k);
    },
  };
}

function ofSources({ lines, lineCount, eventLog: { blocks, blockCount } }: RecordLog): WindowLines {
  // Lines before the first record are a window of their own, the first.
  const windows = new Uint32Array(lineCount + 1);
  lines.forEach((line, entry) => (windows[line] = blocks[entry] + 1));
  const offsets = new Uint32Array(blockCount + 2);
  for (let line = 1; line <= lineCount; line++) {
    // What follows a record, a trace or an empty line, goes with it.
    windows[line] = windows[line] || windows[line - 1];
    offsets[windows[line] + 1]++;
  }
  offsets.forEach((count, window) => (offsets[window] = count + (offsets[window - 1] ?? 0)));
  const next = offsets.slice();
  const byWindow = new Uint32Array(lineCount);
  for (let line = 1; line <= lineCount; line++) {
    byWindow[next[windows[line]]++] = line;
  }
  return {
    count: blockCount + 1,
    windowOf: (line) => windows[line],
    linesOf: (window) => byWindow.subarray(offsets[window], offsets[window + 1]),
  };
}
