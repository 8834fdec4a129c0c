/** How a block is called that is no session but a stretch of the log. */
export function windowName(firstLine: number, lastLine: number): string {
  return `L${firstLine}-L${lastLine}`;
}

/** First and last line of a block that has such a name; undefined if it has another. */
export function linesOfWindow(block: string): [number, number] | undefined {
  const lines = /^L(\d+)-L(\d+)$/.exec(block);
  return lines === null ? undefined : [Number(lines[1]), Number(lines[2])];
}
