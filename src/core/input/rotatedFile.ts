/** One of several files that are read as one log, whose lines are counted through. */
export interface RotatedFile {
  /** Lines of the files before it. */
  linesBefore: number;
}

/** The part that a line of the whole log, counted from 1, is in, and the line's own number there. */
export function placeIn<P extends RotatedFile>(parts: readonly P[], line: number): { part: P; line: number } {
  // An empty file has as many lines before it as the next one, and no line.
  const part = parts.findLast(({ linesBefore }) => linesBefore < line) ?? parts[0];
  return { part, line: line - part.linesBefore };
}

/** The last line of a part, counted through the whole log; Infinity for the newest. */
export function lastLineOf<P extends RotatedFile>(parts: readonly P[], part: P): number {
  const next = parts.indexOf(part) + 1;
  return next < parts.length ? parts[next].linesBefore : Infinity;
}
