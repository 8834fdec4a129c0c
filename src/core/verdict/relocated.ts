import { linesOfWindow } from '../findings/windowName';
import type { Finding } from '../findings/finding';
import { placeIn, type RotatedFile } from '../input/rotatedFile';
import { withFindings, withNotes, type Verdict } from './verdict';

/** A file of a log whose lines are counted through several files, as findings name it. */
export interface NamedPart extends RotatedFile {
  name: string;
}

/** How a finding is reported by the files' own lines. */
type Relocation = (finding: Finding, parts: readonly NamedPart[]) => Finding;

/**
 * A verdict on a log of several files, whose findings say where they are in these.
 * @param parts the files, oldest first
 * @param relocation {@link byPlace} or {@link byBlock}
 * @param note about the files, before their names
 */
export function relocated(
  verdict: Verdict,
  parts: readonly NamedPart[],
  relocation: Relocation,
  note: string,
): Verdict {
  const findings: Verdict['findings'] = async (start, end, hooks) =>
    (await verdict.findings(start, end, hooks)).map((finding) => relocation(finding, parts));
  const names = parts.map(({ name }) => name).join(', ');
  return withNotes(withFindings(verdict, findings, verdict.summary), [`${note}: ${names}`]);
}

/** Names the file and its line, for a report whose lines are counted through all files. */
export function byPlace(finding: Finding, parts: readonly NamedPart[]): Finding {
  const { part, line } = placeIn(parts, finding.line);
  return { ...finding, place: { file: part.name, line } };
}

/** A finding of a log that goes on in a file after so many lines: by lines of that file; undefined if it has none there. */
export function inFileAfter(linesBefore: number, finding: Finding): Finding | undefined {
  if (linesBefore === 0) {
    return finding;
  }
  const lines = finding.lines.filter((line) => line > linesBefore).map((line) => line - linesBefore);
  return lines.length === 0
    ? undefined
    : { ...finding, lines, line: finding.line > linesBefore ? finding.line - linesBefore : lines[0] };
}

/** Names a block that is a window of lines by the lines' own numbers in their files, as an editor shows them. */
export function byBlock(finding: Finding, parts: readonly NamedPart[]): Finding {
  const window = linesOfWindow(finding.block);
  if (window === undefined) {
    return finding;
  }
  const [first, last] = window.map((line) => placeIn(parts, line));
  const end = first.part === last.part ? '' : `${last.part.name}:`;
  return { ...finding, block: `${first.part.name}:L${first.line}-${end}L${last.line}` };
}
