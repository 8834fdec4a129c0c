import type { Finding } from '../core/findings/finding';
import { CAUSE_LINES, RecordTexts } from '../core/findings/recordText';
import { lastLineOf, placeIn } from '../core/input/rotatedFile';
import type { RecordReaderOptions } from '../core/records/recordReader';
import type { FileMark } from '../node/files/fileMark';
import type { FilePart } from '../node/files/rotatedLog';
import type { LogTextReader } from './logText';

/** Bytes of a line that are looked at. */
const LINE_BYTES = 8192;

/** Gives findings the texts of the lines that they point to, as the log has them. */
export class FindingTexts {
  private readonly texts: RecordTexts;

  /**
   * @param options how the log is read
   * @param parts the files whose lines are counted through, oldest first; one where the log is one file
   * @param mark of the file that was scanned; any if left out
   */
  constructor(
    private readonly reader: Pick<LogTextReader, 'forEachLine'>,
    options: RecordReaderOptions,
    private readonly parts: readonly FilePart[],
    private readonly mark?: FileMark,
  ) {
    this.texts = new RecordTexts(options);
  }

  /**
   * The findings with their texts.
   * @throws UserError if the file cannot be read, or is another one
   */
  async of(findings: readonly Finding[]): Promise<Finding[]> {
    const own = findings.filter(({ line }) => line > 0);
    const texts = new Map<number, string>();
    for (const part of this.parts) {
      const inPart = own.filter(({ line }) => placeIn(this.parts, line).part === part);
      await this.read(part, inPart, texts);
    }
    return findings.map((finding) => {
      const text = texts.get(finding.line);
      return text ? { ...finding, text } : finding;
    });
  }

  /** @param texts takes the text of each record, by its line */
  private async read(part: FilePart, findings: readonly Finding[], texts: Map<number, string>): Promise<void> {
    const records = recordsOf(findings, lastLineOf(this.parts, part));
    const lines = records.flatMap(({ first, last }) =>
      Array.from({ length: last + 1 - first }, (_, i) => first + i - part.linesBefore),
    );
    let next = 0;
    let own: Uint8Array[] = [];
    const end = (): void => {
      texts.set(records[next].first, this.texts.textOf(own));
      own = [];
      next++;
    };
    await this.reader.forEachLine(part.path, lines, this.mark, (bytes, line) => {
      own.push(bytes.slice(0, LINE_BYTES));
      if (line + part.linesBefore === records[next].last) {
        end();
      }
    });
    if (own.length > 0) {
      end();
    }
  }
}

/** The lines of the records that findings point to, ascending, each record once, as far as they may be looked at. */
function recordsOf(findings: readonly Finding[], lastLine: number): { first: number; last: number }[] {
  const byLine = new Map(findings.map((finding) => [finding.line, finding]));
  const starts = [...byLine.keys()].sort((a, b) => a - b);
  return starts.map((first, i) => {
    const { lines } = byLine.get(first)!;
    const end = Math.min(first + CAUSE_LINES, lastLine, (starts[i + 1] ?? Infinity) - 1);
    let last = first;
    for (let place = lines.indexOf(first) + 1; last < end && lines[place] === last + 1; place++) {
      last++;
    }
    return { first, last };
  });
}
