/** Places `start…end` (without `end`) of a list that are shown as one row until it is opened. */
export interface PageRange {
  start: number;
  end: number;
}

/** Rows shown in one go. */
const PAGE = 200;

/**
 * Cuts a long list into rows: the first places stand for themselves, the rest is gathered in ranges that are cut alike
 * when they are opened. No level has more than {@link PAGE} places and {@link PAGE} ranges, so a list of any length opens
 * at once, and each place has one fixed way to it (`reveal` needs that).
 */
export function pageRows({ start, end }: PageRange): (number | PageRange)[] {
  const leaves = Math.min(end, start + PAGE);
  const rows: (number | PageRange)[] = Array.from({ length: leaves - start }, (_, i) => start + i);
  let size = PAGE;
  while ((end - leaves) / size > PAGE) {
    size *= PAGE;
  }
  for (let from = leaves; from < end; from += size) {
    rows.push({ start: from, end: Math.min(end, from + size) });
  }
  return rows;
}

/** The ranges to open, from the outside in, to see a place of a list of `length`; none for a place of the first page. */
export function rangesTo(place: number, length: number): PageRange[] {
  const ranges: PageRange[] = [];
  let rows = pageRows({ start: 0, end: length });
  for (;;) {
    const range = rows.find((row) => typeof row !== 'number' && row.start <= place && place < row.end) as
      PageRange | undefined;
    if (range === undefined) {
      return ranges;
    }
    ranges.push(range);
    rows = pageRows(range);
  }
}
