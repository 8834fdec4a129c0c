/** What a report says where patterns did not see all of some lines, see LineWatch. */
export function limitedLinesNotes(limitedLines: number): string[] {
  return limitedLines === 0
    ? []
    : [
        `lines of which patterns saw only the beginning, for they are longer than 8 KiB or cost too much: ${limitedLines}`,
      ];
}
