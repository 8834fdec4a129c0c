import { CONSOLE_OUTPUT, detectFormat, type DetectedFormat } from '../formats/detection';
import type { FormatReader } from '../formats/formatReader';
import { readWithoutHeader } from '../formats/generalHeader';
import { RecordHeader } from '../formats/recordHeader';
import { BROKEN, COMPLETE, isRest, OPEN, SpreadObject } from '../formats/spreadObject';
import { grown } from '../numeric/columns';
import { LineWatch } from '../patterns/lineWatch';
import { AnsiCleaner } from '../input/ansi';
import { BACKSLASH, ESC, LF, LOWER_T, TAB, isSpace } from '../input/bytes';
import { ByteDecoder } from '../input/byteDecoder';
import { ContinuationRules } from './continuationRules';
import { LineSplitter } from '../input/lineSplitter';
import { withMessageText } from '../input/messageBytes';
import { traceSignature } from '../input/stackTrace';
import type { LogPreview } from './logPreview';
import type { RecordSink } from './recordSink';
import { LastLine, type IsBeginning } from './tornLine';

/** After so many lines in a row that are strange to the formats the next ones are looked at; doubled each time. */
const STRANGERS = 64;
const STRANGE_SAMPLE = 200;
const STRANGE_SHARE = 0.2;

/** What is known of a log before it is read. */
export interface RecordReaderOptions {
  /** What its beginning says. */
  preview: LogPreview;
  /** Year of its first record, for formats that do not name it. */
  year?: number;
  /** Stands beside the lines; that of the patterns with which the log is read, if there are any. */
  watch?: LineWatch;
}

/**
 * Reads a log of any format: bytes in, records out. The format is that of the preview. Where it was detected it is detected
 * again when many lines in a row are strange to it. Lines without header are assembled into records by ContinuationRules; a
 * run of lines that end with a lone CR, as progress bars write them, is one line with its last state. The chunk sizes make
 * no difference.
 */
export class RecordReader {
  /** The formats, those that were found on the way among them. */
  format: DetectedFormat;

  private readonly watch: LineWatch;
  /** Lines of other readers that the watch has counted before, and all when this one had ended. */
  private readonly limitedBefore: number;
  private limitedAtEnd: number | undefined;
  private readonly decoder: ByteDecoder;
  private readonly splitter: LineSplitter;
  private readonly cleaner = new AnsiCleaner();
  private readonly header = new RecordHeader();
  private readonly reader: FormatReader;
  private readonly rules: ContinuationRules;
  private hasEscapes = false;
  /** See AssemblyRules. */
  private readonly margin: number;

  /** First line of the current record, 0 before the first. */
  private firstLine = 0;
  /** Line of its stack trace that names the root so far; its first line if none does; 0 if there is no trace. */
  private traceLine = 0;
  /** Lines of the trace that have named an exception so far. */
  private namings = 0;
  private traceText: string | undefined;
  /** Whether the stack trace of the current record has been given out. */
  private traceIsReported = false;

  /** A run of overwritten lines: its first line, and its last state that is not blank. */
  private runLine = 0;
  private run = new Uint8Array(256);
  private runLength = 0;

  /** A header whose content is on the next line: that line's bytes follow in the same array. */
  private open = new Uint8Array(512);
  private openLength = 0;
  private openLine = 0;

  /** A JSON object that is spread over several lines, and the first of them; undefined where there are none. */
  private readonly object: SpreadObject | undefined;
  private objectLine = 0;

  /** The stream of a line that is still to go on, see {@link streamOf}; 0 if there is none. */
  private partialStream = 0;

  private strangers = 0;
  private nextProbe = STRANGERS;
  private strangeLines: Uint8Array[] | undefined;

  constructor(
    private sink: RecordSink,
    private readonly options: RecordReaderOptions,
  ) {
    this.watch = options.watch ?? new LineWatch();
    this.limitedBefore = this.watch.limitedLines;
    this.splitter = new LineSplitter((bytes, start, end, line, overwritten) =>
      this.takeLine(bytes, start, end, line, overwritten === true),
    );
    const { text, format } = options.preview;
    this.decoder = new ByteDecoder((bytes) => this.takeText(bytes), text);
    this.format = format;
    this.reader = format.reader(options.year, this.watch);
    this.rules = new ContinuationRules(this.reader.rules);
    this.margin = this.reader.rules.margin;
    this.object = this.reader.rules.objects ? new SpreadObject() : undefined;
  }

  /** Physical lines read so far. */
  get lines(): number {
    return this.splitter.lineCount;
  }

  /** Lines of which only the beginning was parsed. */
  get clippedLines(): number {
    return this.splitter.clippedCount;
  }

  /** Lines that patterns did not see as a whole, see LineWatch. */
  get limitedLines(): number {
    return (this.limitedAtEnd ?? this.watch.limitedLines) - this.limitedBefore;
  }

  /**
   * The place in the file's line of a place in the bytes of the record that is being given out: they differ by the
   * escape sequences that were taken out.
   */
  sourceOf(place: number): number {
    return this.cleaner.sourceOf(place);
  }

  /**
   * Takes the next bytes of the log, as they are on disk.
   * @throws NotTextError once its beginning shows that it is no text
   * @throws CancelledError if the watch has asked and the log is no longer wanted
   */
  push(chunk: Uint8Array): void {
    this.decoder.push(chunk);
  }

  /**
   * Says that the log is complete.
   * @param isBeginning by which a last line without end is found to be torn, see LastLine; it is taken as it is if left out
   * @returns whether the last line was torn and left out
   * @throws NotTextError if it is no text
   */
  finish(isBeginning?: IsBeginning): boolean {
    this.decoder.end();
    let last: LastLine | undefined;
    if (isBeginning !== undefined && this.splitter.isOpen && !this.reader.rules.console) {
      this.sink = last = new LastLine(
        this.sink,
        this.options.preview.firstLines,
        this.format.reader(this.options.year),
        isBeginning,
      );
    }
    this.splitter.end();
    this.endFile();
    this.limitedAtEnd = this.watch.limitedLines;
    return last?.isTorn === true;
  }

  /**
   * Gives out what was held back, less than a byte order mark is long; lines that are not complete still wait. More may be
   * pushed after it.
   * @throws NotTextError if it is no text
   */
  settle(): void {
    this.decoder.settle();
  }

  /** Says that the log goes on in another file: what comes does not continue the last record. All lines are complete. */
  endFile(): void {
    this.settle();
    if (this.runLine > 0) {
      this.endRun(this.splitter.lineCount);
    }
    if (this.object !== undefined) {
      this.giveUpObject(this.object);
    }
    if (this.openLine > 0) {
      this.endOpen();
    }
    this.endTrace();
    this.firstLine = 0;
  }

  /**
   * Gives out the stack trace of the current record, which is else known to be complete when the next record begins. More
   * lines of it continue the record, but tell nothing more.
   * @returns whether there was one
   */
  endTrace(): boolean {
    if (this.traceLine === 0) {
      return false;
    }
    const signature = this.traceText ?? this.rules.trace.signature();
    if (signature !== undefined) {
      this.sink.onTrace(signature, this.traceLine, this.firstLine);
    }
    this.traceLine = 0;
    this.traceText = undefined;
    this.traceIsReported = true;
    return signature !== undefined;
  }

  private takeText(bytes: Uint8Array): void {
    this.hasEscapes ||= bytes.includes(ESC);
    this.splitter.push(bytes);
  }

  private takeLine(bytes: Uint8Array, start: number, end: number, line: number, overwritten: boolean): void {
    this.watch.beginLine();
    if (this.hasEscapes) {
      const { cleaner } = this;
      cleaner.clean(bytes, start, end);
      bytes = cleaner.bytes;
      start = cleaner.start;
      end = cleaner.end;
    }
    if (overwritten && this.options.preview.overwrites) {
      this.keepState(bytes, start, end, line);
    } else if (this.runLine === 0) {
      this.takeState(bytes, start, end, line);
    } else {
      this.keepState(bytes, start, end, line);
      this.endRun(line);
    }
  }

  private keepState(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (this.runLine === 0) {
      this.runLine = line;
      this.runLength = 0;
    }
    if (!isBlank(bytes, start, end)) {
      this.run = copyInto(this.run, 0, bytes, start, end);
      this.runLength = end - start;
    }
  }

  private endRun(lastLine: number): void {
    const first = this.runLine;
    this.runLine = 0;
    this.takeState(this.run, 0, this.runLength, first);
    for (let line = first; line < lastLine; line++) {
      if (this.object !== undefined && this.object.lines > 0) {
        this.object.add(this.run, 0, 0);
      } else if (this.firstLine > 0) {
        this.sink.onContinuation(this.firstLine);
      }
    }
  }

  /** Takes a line as it stands in the end. */
  private takeState(bytes: Uint8Array, start: number, end: number, line: number): void {
    for (let left = this.margin; left > 0 && start < end && isSpace(bytes[start]); left--) {
      start++;
    }
    if (this.object === undefined || !this.takeObjectLine(this.object, bytes, start, end, line)) {
      this.takeWhole(bytes, start, end, line);
    }
  }

  /** Takes a line that belongs to a JSON object of several lines, or to none; false if it is to be taken as it stands. */
  private takeObjectLine(object: SpreadObject, bytes: Uint8Array, start: number, end: number, line: number): boolean {
    const outcome = object.add(bytes, start, end);
    if (outcome === BROKEN && object.lines > 0) {
      this.giveUpObject(object);
      return this.takeObjectLine(object, bytes, start, end, line);
    }
    if (outcome === OPEN) {
      this.objectLine = object.lines === 1 ? line : this.objectLine;
      return true;
    }
    const { lines } = object;
    if (outcome === COMPLETE && lines > 1) {
      const text = object.joined();
      object.clear();
      this.takeWhole(text, 0, text.length, this.objectLine);
      for (let i = 1; i < lines; i++) {
        this.continueRecord(this.objectLine + i);
      }
      return true;
    }
    object.clear();
    if (outcome === BROKEN && start < end && isRest(bytes, start, end)) {
      if (this.firstLine > 0) {
        this.continueRecord(line);
      }
      return true;
    }
    return false;
  }

  /** Takes the lines that are held one by one, since they make no object. */
  private giveUpObject(object: SpreadObject): void {
    for (let i = 0; i < object.lines; i++) {
      const held = object.line(i);
      this.takeWhole(held, 0, held.length, this.objectLine + i);
    }
    object.clear();
  }

  private takeWhole(bytes: Uint8Array, start: number, end: number, line: number): void {
    const { header, reader } = this;
    if (this.openLine > 0 && this.completeOpen(bytes, start, end)) {
      return;
    }
    if (start === end || !reader.match(bytes, start, end, header)) {
      this.takeHeadless(bytes, start, end, line);
      return;
    }
    this.strangers = 0;
    const text = header.unreadMessage ? withMessageText(bytes, start, end) : undefined;
    if (text !== undefined) {
      bytes = text;
      start = 0;
      end = text.length;
      reader.match(bytes, start, end, header);
    }
    if ((header.partial || this.partialStream !== 0) && this.continuesPart(bytes, start, end)) {
      this.continueRecord(line);
    } else if (header.wrapped && this.firstLine > 0 && this.continuesWrapped(bytes)) {
      this.continueRecord(line);
    } else if (header.open) {
      this.open = copyInto(this.open, 0, bytes, start, end);
      this.openLength = end - start;
      this.openLine = line;
    } else {
      this.beginRecord(bytes, start, end, line, true);
    }
  }

  /** Whether the line goes on with the part before it of a line that was split; what other streams write in between does not. */
  private continuesPart(bytes: Uint8Array, start: number, end: number): boolean {
    const { header } = this;
    const stream = streamOf(bytes, start, end, header.contentStart, header.contentEnd);
    const continues = this.partialStream === stream && this.firstLine > 0;
    if (header.partial) {
      this.partialStream = stream;
    } else if (continues) {
      this.partialStream = 0;
    }
    return continues;
  }

  /** Whether the wrapped line says that it continues the current record. */
  private continuesWrapped(bytes: Uint8Array): boolean {
    const { payloadStart, contentEnd, escaped } = this.header;
    if (!escaped || bytes[payloadStart] !== BACKSLASH) {
      return this.rules.continuesWrapped(bytes, payloadStart, contentEnd);
    }
    // Tabs with which a frame of a stack trace is indented.
    this.run = copyInto(this.run, 0, bytes, payloadStart, contentEnd);
    let tabs = 0;
    while (
      2 * tabs + 1 < contentEnd - payloadStart &&
      this.run[2 * tabs] === BACKSLASH &&
      this.run[2 * tabs + 1] === LOWER_T
    ) {
      tabs++;
    }
    this.run.fill(TAB, tabs, 2 * tabs);
    return this.rules.continuesWrapped(this.run, tabs, contentEnd - payloadStart);
  }

  private takeHeadless(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (this.firstLine > 0 && this.rules.continues(bytes, start, end)) {
      this.continueRecord(line);
    } else if (isBlank(bytes, start, end)) {
      return;
    } else {
      readWithoutHeader(bytes, start, end, this.header);
      this.beginRecord(bytes, start, end, line, false);
    }
    this.strangers++;
    if (!this.options.preview.isGiven && this.strangers >= this.nextProbe) {
      this.probe(bytes, start, end);
    }
  }

  /** Looks at a run of strange lines: the log may go on in another format. */
  private probe(bytes: Uint8Array, start: number, end: number): void {
    this.strangeLines ??= [];
    this.strangeLines.push(bytes.slice(start, end));
    if (this.strangeLines.length < STRANGE_SAMPLE) {
      return;
    }
    const { formats, reader } = detectFormat(this.strangeLines);
    const found = formats.filter(({ name }) => name !== CONSOLE_OUTPUT);
    this.strangeLines = undefined;
    this.strangers = 0;
    this.nextProbe *= 2;
    if (found.some(({ share }) => share >= STRANGE_SHARE)) {
      this.reader.add(reader(this.options.year));
      this.format = { ...this.format, formats: [...this.format.formats, ...found] };
    }
  }

  private beginRecord(bytes: Uint8Array, start: number, end: number, line: number, headed: boolean): void {
    const { header } = this;
    this.endTrace();
    this.traceIsReported = false;
    this.namings = 0;
    this.firstLine = line;
    this.rules.begin(bytes, headed ? header.payloadStart : start, end, headed && !header.wrapped);
    this.takeTrace(line);
    if (header.traceEnd > header.traceStart) {
      this.traceText = traceInJson(bytes, header.traceStart, header.traceEnd);
      this.traceLine = line;
    }
    this.sink.onRecord(bytes, start, end, line, header);
  }

  private continueRecord(line: number): void {
    if (!this.traceIsReported) {
      this.takeTrace(line);
    }
    this.sink.onContinuation(this.firstLine);
  }

  private takeTrace(line: number): void {
    const { length, namings } = this.rules.trace;
    if (namings !== this.namings || (this.traceLine === 0 && length > 0)) {
      this.traceLine = line;
      this.namings = namings;
    }
  }

  /** Joins the second line of a header to the first; false if it does not go with it and is still to be taken. */
  private completeOpen(bytes: Uint8Array, start: number, end: number): boolean {
    const line = this.openLine;
    const first = this.openLength;
    this.open = copyInto(this.open, first + 1, bytes, start, end);
    this.open[first] = LF;
    const length = first + 1 + end - start;
    this.openLine = 0;
    // Matched once more: the places are to be in these bytes.
    this.reader.match(this.open, 0, first, this.header);
    if (!this.reader.matchNext(this.open, first + 1, length, this.header)) {
      this.beginRecord(this.open, 0, first, line, true);
      return false;
    }
    this.beginRecord(this.open, 0, length, line, true);
    this.sink.onContinuation(line);
    return true;
  }

  private endOpen(): void {
    const line = this.openLine;
    this.openLine = 0;
    this.reader.match(this.open, 0, this.openLength, this.header);
    this.beginRecord(this.open, 0, this.openLength, line, true);
  }
}

const OUTPUT = new TextEncoder().encode('stdout');

/** 1 for what was written to standard output and 2 for anything else, by what stands around the content. */
function streamOf(bytes: Uint8Array, start: number, end: number, contentStart: number, contentEnd: number): number {
  for (let i = start; i < end; i++) {
    i = i === contentStart ? contentEnd : i;
    if (OUTPUT.every((byte, at) => bytes[i + at] === byte)) {
      return 1;
    }
  }
  return 2;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if (!isSpace(bytes[i])) {
      return false;
    }
  }
  return true;
}

/** The target, or a larger one, with `bytes[start…end)` at the place. */
function copyInto(
  target: Uint8Array<ArrayBuffer>,
  place: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): Uint8Array<ArrayBuffer> {
  const needed = place + end - start;
  const roomy = needed > target.length ? grown(target, needed) : target;
  roomy.set(bytes.subarray(start, end), place);
  return roomy;
}

/** The signature of a stack trace that is a JSON string, with its escapes. */
function traceInJson(bytes: Uint8Array, start: number, end: number): string | undefined {
  const text = new TextDecoder().decode(bytes.subarray(start, end));
  try {
    const parsed: unknown = JSON.parse(`"${text}"`);
    return traceSignature(String(parsed));
  } catch {
    return traceSignature(text);
  }
}
