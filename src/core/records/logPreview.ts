import { detectFormat, type DetectedFormat } from '../formats/detection';
import { AnsiCleaner } from '../input/ansi';
import { ByteDecoder, NotTextError } from '../input/byteDecoder';
import { ESC, LF, LOWER_M, OPEN_BRACKET, SEMICOLON, isDigit } from '../input/bytes';
import { LineSplitter } from '../input/lineSplitter';
import { inspectText, type TextVerdict } from '../input/textRule';

/** Bytes of text at the beginning of a log by which its format is detected. */
const SAMPLE_BYTES = 256 * 1024;
/** Bytes on disk that are so much text or more in every encoding, and a byte order mark. */
const SAMPLE_ON_DISK = 2 * SAMPLE_BYTES + 4;

/** What the beginning of a log says of all of it. */
export interface LogPreview {
  text: TextVerdict;
  format: DetectedFormat;
  /** Whether the format was given, so that no other is looked for on the way. */
  isGiven: boolean;
  /** Whether a lone CR has a line overwritten: where no line ends otherwise, it is the line end, as it was on old systems. */
  overwrites: boolean;
  /** Its first lines. */
  firstLines: readonly Uint8Array[];
}

/** How many of the first lines are kept. */
const FIRST_LINES = 16;

/**
 * Looks at the beginning of a log to find out how it is to be read.
 * @param beginning its first MiB, as it is on disk, behind a hole; or all of it
 * @param given the format that was asked for; detected if left out
 * @param text what the beginning says of the encoding
 * @throws NotTextError if it is no text
 */
export function previewOf(beginning: Uint8Array, given?: DetectedFormat, text = inspectText(beginning)): LogPreview {
  if (!text.text) {
    throw new NotTextError('no text');
  }
  const sample = sampleOf(beginning, text);
  const lines = sampleLines(sample);
  return {
    text,
    format: given ?? detectFormat(lines, colouredLines(sample)),
    isGiven: given !== undefined,
    overwrites: sample.includes(LF),
    firstLines: lines.slice(0, FIRST_LINES),
  };
}

/** The first bytes of a log in UTF-8. */
function sampleOf(beginning: Uint8Array, text: TextVerdict): Uint8Array {
  let sample: Uint8Array = new Uint8Array(0);
  const decoder = new ByteDecoder((bytes) => (sample = bytes.slice(0, SAMPLE_BYTES)), text);
  decoder.push(beginning.subarray(0, SAMPLE_ON_DISK));
  decoder.settle();
  return sample;
}

/** Marks that build services write and let be overwritten: they tell whose console it is. */
const MARKS = ['travis_', 'section_'].map((mark) => new TextEncoder().encode(mark));

/**
 * The lines of a sample of a log, in UTF-8, cleaned and with overwritten lines in their last state, as
 * {@link detectFormat} wants them. A last line that is not complete is left out if there are others.
 */
export function sampleLines(sample: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  const cleaner = new AnsiCleaner();
  const overwrites = sample.includes(LF);
  const splitter = new LineSplitter((bytes, start, end, _number, overwritten) => {
    cleaner.clean(bytes, start, end);
    const line = cleaner.bytes.slice(cleaner.start, cleaner.end);
    if (overwritten !== true || !overwrites || MARKS.some((mark) => mark.every((byte, i) => line[i] === byte))) {
      lines.push(line);
    }
  });
  splitter.push(sample);
  if (lines.length === 0) {
    splitter.end();
  }
  return lines;
}

/** How many lines have an escape sequence that sets a colour (SGR of ECMA-48). */
function colouredLines(bytes: Uint8Array): number {
  let count = 0;
  let coloured = false;
  bytes.forEach((byte, at) => {
    if (byte === LF) {
      coloured = false;
    } else if (byte === ESC && !coloured && bytes[at + 1] === OPEN_BRACKET) {
      let end = at + 2;
      while (isDigit(bytes[end]) || bytes[end] === SEMICOLON) {
        end++;
      }
      coloured = bytes[end] === LOWER_M;
      count += coloured ? 1 : 0;
    }
  });
  return count;
}
