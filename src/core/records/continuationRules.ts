import type { AssemblyRules } from '../formats/formatReader';
import { leadingLevel } from '../formats/leadingLevel';
import { UNKNOWN_LEVEL } from '../formats/level';
import {
  BACKSLASH,
  EXCLAMATION,
  GREATER,
  LESS,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  QUESTION,
  SLASH,
  isLetter,
  isSpace,
} from '../input/bytes';
import { isClosing } from '../input/continuationLine';
import { isCrash, StackTrace } from '../input/stackTrace';

/** Lines that an XML dump may have before it is no longer believed in. */
const XML_LIMIT = 5000;

/** Decides which lines without header continue the record before, and collects the stack traces among them. */
export class ContinuationRules {
  /** The stack trace of the current record. */
  readonly trace = new StackTrace();

  private xmlDepth = 0;
  private xmlLines = 0;
  private headed = false;
  private opened = false;
  private readonly decoder = new TextDecoder();

  constructor(private readonly rules: AssemblyRules) {}

  /**
   * A record begins with this line.
   * @param headed whether it has a header
   */
  begin(bytes: Uint8Array, start: number, end: number, headed: boolean): void {
    this.trace.clear();
    this.headed = headed;
    this.xmlDepth = 0;
    if (!headed) {
      this.trace.add(bytes, start, end);
      if (start < end && bytes[start] === LESS) {
        this.countTags(bytes, start, end);
      }
    }
    this.opened = isOpen(bytes, start, end);
  }

  /** Whether a line without header continues the current record. */
  continues(bytes: Uint8Array, start: number, end: number): boolean {
    const { opened } = this;
    const before = this.trace.length;
    const continues = this.decide(bytes, start, end, before, opened);
    if (continues) {
      this.opened = isOpen(bytes, start, end) || (opened && start === end);
    }
    return continues;
  }

  /**
   * Whether a line that something wraps continues the current record: only where it says so itself, since each of its
   * like has a header.
   */
  continuesWrapped(bytes: Uint8Array, start: number, end: number): boolean {
    const { trace } = this;
    if (start === end) {
      return true;
    }
    const before = trace.length;
    if (trace.add(bytes, start, end)) {
      return before > 0 || isSpace(bytes[start]) || (this.headed && !this.isCrashLine(bytes, start, end));
    }
    const indented = isSpace(bytes[start]) && (!this.rules.console || this.opened);
    return indented || isClosing(bytes, start, end);
  }

  private decide(bytes: Uint8Array, start: number, end: number, before: number, opened: boolean): boolean {
    const { multiline, loose, console } = this.rules;
    let first = start;
    while (first < end && isSpace(bytes[first])) {
      first++;
    }
    if (first === end) {
      return true;
    }
    if (this.trace.add(bytes, start, end)) {
      // Traces hang on the record of the logger that wrote them; what a program says as it dies, and what follows no
      // header, speaks for itself.
      const beginsHere = before === 0 && first === start;
      return multiline || !beginsHere || (this.headed && !loose && !this.isCrashLine(bytes, start, end));
    }
    if (multiline || isClosing(bytes, first, end)) {
      return true;
    }
    if (this.xmlDepth > 0) {
      this.countTags(bytes, first, end);
      return true;
    }
    if (first > start) {
      return !console || opened;
    }
    if (this.headed && bytes[start] === LESS && this.beginsXml(bytes, start, end)) {
      this.countTags(bytes, start, end);
      return true;
    }
    if (this.headed && (opened || isLoneBracket(bytes, start, end))) {
      return true;
    }
    return !loose && !this.headed && leadingLevel(bytes, start, end) === UNKNOWN_LEVEL;
  }

  private isCrashLine(bytes: Uint8Array, start: number, end: number): boolean {
    return isCrash(this.decoder.decode(bytes.subarray(start, Math.min(end, start + 128))));
  }

  private beginsXml(bytes: Uint8Array, start: number, end: number): boolean {
    const next = start + 1 < end ? bytes[start + 1] : 0;
    return (
      (isLetter(next) || next === QUESTION || next === EXCLAMATION || next === SLASH) && bytes[end - 1] === GREATER
    );
  }

  /** Counts the tags that a line opens and closes. */
  private countTags(bytes: Uint8Array, start: number, end: number): void {
    let depth = this.xmlDepth;
    if (depth === 0) {
      this.xmlLines = 0;
    }
    for (let i = start; i + 1 < end; i++) {
      if (bytes[i] === LESS) {
        if (bytes[i + 1] === SLASH) {
          depth--;
        } else if (isLetter(bytes[i + 1])) {
          depth++;
        }
      } else if (bytes[i] === SLASH && bytes[i + 1] === GREATER) {
        depth--;
      }
    }
    this.xmlDepth = ++this.xmlLines > XML_LIMIT ? 0 : Math.max(0, depth);
  }
}

/** Whether the line ends with a bracket or sign that says that more comes. */
function isOpen(bytes: Uint8Array, start: number, end: number): boolean {
  while (end > start && isSpace(bytes[end - 1])) {
    end--;
  }
  const last = end > start ? bytes[end - 1] : 0;
  return last === OPEN_BRACE || last === OPEN_BRACKET || last === OPEN_PAREN || last === BACKSLASH;
}

function isLoneBracket(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start <= 2 && (bytes[start] === OPEN_BRACE || bytes[start] === OPEN_BRACKET);
}
