import {
  APOSTROPHE,
  BACKTICK,
  COLON,
  LOWER_E,
  LOWER_I,
  LOWER_N,
  LOWER_R,
  LOWER_T,
  SPACE,
  isDigit,
  isSpace,
} from './bytes';
import { KnownLines } from './knownLines';

/** Frames that a stack trace's signature names. */
const TOP_FRAMES = 3;
/** Types that it names: the exception, and its causes. */
const MAXIMUM_TYPES = 3;
/** Bytes of a line that are looked at. */
const LINE_LIMIT = 512;

const TYPE = String.raw`((?:[\w$]+(?:\.|::|\\|/))*(?:[A-Z][\w$]*)?(?:Exception|Error|Throwable|Failure|Fault|Violation)\w*)`;
const HEAD = new RegExp(
  String.raw`^\s*(?:Exception in thread "[^"]*" |[Uu]nhandled [Ee]xception[.:]? ?|Uncaught |(?:PHP )?\w+ error: +Uncaught )?(?:exception ')?${TYPE}(?:'|:|,|$|\s*\(|\s*$)`,
);
const CAUSE = new RegExp(
  String.raw`^\s*(?:Caused by:? |Suppressed: |-+> ?|\(Inner Exception[^)]*\) ?)(?:\[CIRCULAR REFERENCE: )?${TYPE}`,
);
const INNER = new RegExp(String.raw`---> ${TYPE}`);
const CRASH =
  /^(?:panic|fatal error): |^thread '.*' panicked at |^terminate called|^Exception in thread "|^==\d+==ERROR: |^Unhandled exception/i;
const CPP = /^terminate called after throwing an instance of '([^']+)'/;
const SANITIZER = /^==\d+==ERROR: (\w+: [\w-]+)/;

const PYTHON_FRAME = /^\s*File "([^"]*)", line \d+(?:, in (.+))?/;
const AT_FRAME = /^\s*(?:eval )?at (?:async |new )?(.+)$/;
const PLACE = /^[A-Za-z_$<][\w$<>.[\]`/@~,+|&*:-]*(?: \[as [^\]]+\])?\s*(?:\(|\[0x)|:\d+\)?$|:line \d+$/;
const RUBY_FRAME = /^\s*(?:from |\d+: from )?(?:\S+ \(\S+\) )?(\S+?):\d+:in [`'](.+?)'/;
const RUBY_TYPE = /\(([A-Z][\w:]*)\)$/;
const NUMBERED_FRAME = /^\s*#\d+:?\s+(?:0x[0-9a-f]+ in )?(?:[^\s(]+\(\d+\): |\[internal function\]: )?(.+)$/;
const RUST_FRAME = /^\s*\d+:\s+(?:0x[0-9a-f]+ - )?(\S+)$/;
const NATIVE_FRAME = /^\s*\S+\((\w*)(?:\+0x[0-9a-f]+)?\)\s*\[0x[0-9a-f]+\]/;
const GO_FUNCTION = /^([\w./*()$·~-]+)\((?:[^()]|\{|\})*\)$/;
const GO_FILE = /^\s+\S+\.(?:go|s|c|cgo):\d+/;

const LINK =
  /^\s*(?:\.\.\. \d+ (?:more|common|lines|levels|filtered)|-+ ?(?:End of|Start of|Async)|stack ?trace:|\[stacktrace\]|stack backtrace:|note: run with|note: Some details|goroutine \d+ \[|created by |\[signal |exit status \d|<asynchronous suspension>|nested exception is|Traceback \(most recent|During handling of the above|The above exception was|\{main\}|thrown in |what\(\):|\[originating from|\[previous exception|Thread \d+ |\d+ \| )/i;

const NO_LANGUAGE = 0;
const OTHER = 1;
const PYTHON = 2;
const GO = 3;
const RUST = 4;

/**
 * Reads the lines of a stack trace one by one, in the forms of Java, Kotlin, Scala, Python, JavaScript, Go, C#, Ruby, PHP,
 * Rust, Dart and C++, and makes of it one text that is the same for all traces of one cause: the types of the exception
 * and of its causes, and the top frames without line numbers, arguments and addresses.
 */
export class StackTrace {
  /** Lines of the trace so far. */
  length = 0;
  /** How many of them name an exception or what caused it: the last one names the root. */
  namings = 0;

  private readonly decoder = new TextDecoder();
  private types: string[] = [];
  private frames: string[] = [];
  private language = NO_LANGUAGE;
  /** The frames of the exception itself are complete; what comes are those of its causes. */
  private complete = false;
  private expectMessage = false;
  private crash = false;
  /** The frame of the line that was taken last, if it is one in any trace that is not of a special language. */
  private place: string | undefined;
  /** The names of the frames of such lines. */
  private known: KnownLines | undefined;
  /** A Python trace has named its exception: no more frames come, unless of another one. */
  private named = false;

  /** Forgets the trace. */
  clear(): void {
    if (this.length > 0) {
      this.types = [];
      this.frames = [];
      this.complete = false;
    }
    this.length = 0;
    this.namings = 0;
    this.language = NO_LANGUAGE;
    this.expectMessage = false;
    this.crash = false;
    this.named = false;
  }

  /** Whether the line `bytes[start…end)` is part of a trace, or begins one; if so, it is taken in. */
  add(bytes: Uint8Array, start: number, end: number): boolean {
    const speaksForItself = this.language < PYTHON && !this.expectMessage;
    if (speaksForItself) {
      const known = isIndented(bytes, start, end) ? this.known?.get(bytes, start, end) : undefined;
      if (known !== undefined) {
        this.length++;
        this.language ||= OTHER;
        this.addName(known);
        return true;
      }
      if (!mayBelong(bytes, start, end)) {
        return false;
      }
    }
    this.place = undefined;
    const taken = this.addText(this.decoder.decode(bytes.subarray(start, Math.min(end, start + LINE_LIMIT))));
    if (speaksForItself && this.place !== undefined) {
      this.known ??= new KnownLines();
      this.known.set(bytes, start, end, frameName(functionOf(this.place)));
    }
    return taken;
  }

  /** {@link add} of a line as text. */
  addText(line: string): boolean {
    const taken = this.take(line);
    if (taken) {
      this.length++;
    }
    return taken;
  }

  /** The canonical text, for example `a.B.FooException < java.io.IOException at a.B.run a.C.call`; `undefined` if there is no frame, unless a program died. */
  signature(): string | undefined {
    if (this.frames.length === 0) {
      return this.crash ? this.types.join(' < ') : undefined;
    }
    // Python names the latest call last.
    const top = this.language === PYTHON ? this.frames.slice(-TOP_FRAMES).reverse() : this.frames.slice(0, TOP_FRAMES);
    return `${this.types.join(' < ')} at ${top.join(' ')}`.trimStart();
  }

  private take(line: string): boolean {
    if (/^\s*$/.test(line)) {
      return this.language !== NO_LANGUAGE;
    }
    if (this.expectMessage) {
      this.expectMessage = false;
      return true;
    }
    if (this.takeFrame(line)) {
      return true;
    }
    const cause = CAUSE.exec(line);
    if (cause !== null) {
      this.addType(cause[1]);
      this.namings += line.includes('Suppressed: ') ? 0 : 1;
      this.complete = this.frames.length > 0;
      this.language ||= OTHER;
      return true;
    }
    if (LINK.test(line)) {
      this.takeLink(line);
      return true;
    }
    if (this.named) {
      return false;
    }
    return this.takeHead(line) || (this.language === PYTHON && /^\s/.test(line));
  }

  private takeHead(line: string): boolean {
    const crash = /^(?:panic|fatal error): /.test(line);
    if (crash || /^thread '.*' panicked at /.test(line)) {
      this.addType('panic');
      this.namings++;
      this.crash = true;
      this.language = crash ? GO : RUST;
      this.expectMessage = !crash && line.endsWith(':');
      return true;
    }
    const fatal = CPP.exec(line) ?? SANITIZER.exec(line);
    const named = fatal ?? HEAD.exec(line);
    this.crash ||= fatal !== null;
    const type = named?.[1] ?? (this.language === PYTHON ? /^([A-Za-z_][\w.]*)(?::|$)/.exec(line)?.[1] : undefined);
    if (type === undefined) {
      return false;
    }
    // A head after frames ends a Python trace, and is none of this one in other languages.
    if (this.frames.length > 0 && this.language !== PYTHON && this.language !== OTHER) {
      return false;
    }
    this.addType(type);
    this.namings++;
    this.named = this.language === PYTHON;
    const inner = INNER.exec(line);
    if (inner !== null) {
      this.addType(inner[1]);
    }
    this.language ||= OTHER;
    return true;
  }

  private takeFrame(line: string): boolean {
    const python = PYTHON_FRAME.exec(line);
    if (python !== null) {
      this.language = PYTHON;
      this.addFrame(`${baseName(python[1])}:${python[2] ?? ''}`);
      return true;
    }
    if (this.language === GO) {
      if (GO_FILE.test(line)) {
        return true;
      }
      const called = GO_FUNCTION.exec(line);
      if (called !== null) {
        if (!/^(?:panic$|runtime[./])/.test(called[1])) {
          this.addFrame(called[1]);
        }
        return true;
      }
    }
    if (this.language === RUST) {
      const rust = RUST_FRAME.exec(line);
      if (rust !== null) {
        this.addFrame(rust[1].replace(/::h[0-9a-f]{16}$/, ''));
        return true;
      }
      if (/^\s+at /.test(line)) {
        return true;
      }
    }
    // Trying it takes long.
    const ruby = line.includes(':in ') ? RUBY_FRAME.exec(line) : null;
    if (ruby !== null) {
      this.language ||= OTHER;
      this.addFrame(`${baseName(ruby[1])}:${ruby[2]}`);
      const type = RUBY_TYPE.exec(line);
      if (type !== null) {
        this.addType(type[1]);
      }
      return true;
    }
    const other = this.atFrame(line) ?? NUMBERED_FRAME.exec(line)?.[1] ?? NATIVE_FRAME.exec(line)?.[1];
    if (other === undefined) {
      return false;
    }
    this.language ||= OTHER;
    if (!this.isFull()) {
      this.addFrame(functionOf(other));
    }
    return true;
  }

  /** A line that begins with `at` is a frame if what follows looks like a place in a program. */
  private atFrame(line: string): string | undefined {
    const name = /^\s/.test(line) ? AT_FRAME.exec(line)?.[1] : undefined;
    if (name !== undefined && PLACE.test(name)) {
      this.place = name;
      return name;
    }
    return name !== undefined && this.length > 0 && /^\w+$/.test(name) ? name : undefined;
  }

  private takeLink(line: string): void {
    if (/Traceback \(most recent/.test(line)) {
      this.language = PYTHON;
      this.named = false;
      // Of chained exceptions the last is the one that was seen; its frames count.
      this.frames = [];
    } else if (/^goroutine /.test(line)) {
      this.complete = this.frames.length > 0;
      this.language = GO;
    } else if (/^stack backtrace:/.test(line)) {
      this.language = RUST;
    } else if (/^\s*-+ ?End of/.test(line)) {
      this.complete = true;
    }
    this.language ||= OTHER;
  }

  private addType(type: string): void {
    if (this.types.length < MAXIMUM_TYPES && !this.types.includes(type)) {
      this.types.push(withoutDigits(type));
    }
  }

  /** Whether further frames are of no interest. Of Python's the last ones count. */
  private isFull(): boolean {
    return this.language !== PYTHON && (this.complete || this.frames.length >= TOP_FRAMES);
  }

  private addFrame(name: string): void {
    this.addName(frameName(name));
  }

  /** @param frame see {@link frameName} */
  private addName(frame: string): void {
    if (frame !== '' && !this.isFull() && this.frames.at(-1) !== frame) {
      this.frames.push(frame);
      if (this.frames.length > 2 * TOP_FRAMES) {
        this.frames = this.frames.slice(-TOP_FRAMES);
      }
    }
  }
}

/**
 * The canonical text of the first stack trace in a text of many lines, as {@link StackTrace} has it; `undefined` if there
 * is none.
 */
export function traceSignature(text: string): string | undefined {
  const trace = new StackTrace();
  for (const line of text.split(/\r?\n/)) {
    if (!trace.addText(line) && trace.signature() !== undefined) {
      break;
    }
  }
  return trace.signature();
}

/** The types that a signature begins with; see {@link StackTrace.signature}. */
const SIGNATURE = /^((?:\S+ < )*\S*(?:Exception|Error|Throwable|Failure|Fault|Violation|panic)\w*(?: < \S+)*) at \S/;

/** The exception and its causes as a trace's signature names them; undefined for any other text. */
export function typesOfSignature(text: string): string | undefined {
  return SIGNATURE.exec(text)?.[1];
}

/** Whether a trace that begins with this line is the last word of a program, not part of what its logger wrote. */
export function isCrash(line: string): boolean {
  return CRASH.test(line);
}

/** The function that a frame names, without arguments, file and line. */
function functionOf(frame: string): string {
  const name = /^(.+?)\s*(?:\(|\[0x|\[as | in \S+:| at \S+:\d| \S+:\d+:?\d*$|$)/.exec(frame)?.[1] ?? frame;
  return /^(?:file:|https?:|\/|[A-Z]:\\|node:)/.test(name) || /:\d+:\d+$/.test(name)
    ? baseName(name.replace(/(?::\d+)+\)?$/, ''))
    : name;
}

function baseName(path: string): string {
  return /([^/\\]*)$/.exec(path)?.[1] ?? path;
}

/** How a signature names a function. */
function frameName(name: string): string {
  return withoutDigits(name).trim();
}

/** Numbers in the names of generated classes and functions differ from run to run. */
function withoutDigits(name: string): string {
  return name.replace(/\/?0x[0-9a-fA-F]+|\d+/g, '');
}

/** Bytes with which an indented line of a trace begins; frames of Ruby and Rails also begin with a path. */
const INDENTED = byteTable('aFC.-TDEgcptUSneduofN#<[{=(W0123456789');

const SUFFIXES = encodeAll(['Exception', 'Error', 'Throwable', 'Failure', 'Fault', 'Violation']);

const BEGINNINGS = encodeAll([
  'Caused by',
  'Traceback (',
  'During handling',
  'The above exc',
  'goroutine ',
  'created by ',
  'panic: ',
  'fatal error: ',
  "thread '",
  'terminate called',
  'Exception in thread',
  "exception '",
  'Unhandled exc',
  'Uncaught ',
  'Stack trace:',
  'Stacktrace:',
  'stack backtrace:',
  'PHP ',
  'Suppressed: ',
  '--- End',
  '[stacktrace]',
  '[signal ',
  '[previous exc',
  'note: run with',
  '==',
  '#',
  '<asynchronous',
  'from ',
  'File "',
]);

/** By their first byte. */
const BEGINNINGS_BY_BYTE: readonly (readonly Uint8Array[] | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const those = BEGINNINGS.filter(([first]) => first === byte);
  return those.length > 0 ? those : undefined;
});

const TYPE_BYTES = byteTable('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_$.\\/');

function isIndented(bytes: Uint8Array, start: number, end: number): boolean {
  return start < end && isSpace(bytes[start]);
}

/** A cheap first look at the bytes: false if the line cannot be part of a trace. */
function mayBelong(bytes: Uint8Array, start: number, end: number): boolean {
  let position = start;
  while (position < end && isSpace(bytes[position])) {
    position++;
  }
  if (position === end) {
    return true;
  }
  if (position > start) {
    return INDENTED[bytes[position]] !== 0 || endsWithPlace(bytes, position, end);
  }
  const beginnings = BEGINNINGS_BY_BYTE[bytes[position]];
  if (beginnings !== undefined) {
    for (let i = 0; i < beginnings.length; i++) {
      if (startsWith(bytes, position, end, beginnings[i])) {
        return true;
      }
    }
  }
  return beginsWithType(bytes, position, end);
}

/** Whether the first word is the type of an exception, or a place as Ruby writes it, `file:1:in`. */
function beginsWithType(bytes: Uint8Array, position: number, end: number): boolean {
  let wordEnd = position;
  while (wordEnd < end && TYPE_BYTES[bytes[wordEnd]] !== 0) {
    wordEnd++;
  }
  const last = wordEnd > position ? bytes[wordEnd - 1] : 0;
  // The last letters of the types: n, r, e, t.
  if (last === LOWER_N || last === LOWER_R || last === LOWER_E || last === LOWER_T) {
    for (let i = 0; i < SUFFIXES.length; i++) {
      const suffix = SUFFIXES[i];
      if (wordEnd - position >= suffix.length && startsWith(bytes, wordEnd - suffix.length, end, suffix)) {
        return true;
      }
    }
  }
  const digit = wordEnd + 1 < end && bytes[wordEnd] === COLON ? bytes[wordEnd + 1] : 0;
  return isDigit(digit) && endsWithPlace(bytes, wordEnd, end);
}

/** Whether there is a place as Ruby writes it, `:in` and a quote. */
function endsWithPlace(bytes: Uint8Array, position: number, end: number): boolean {
  for (let i = position; i + 4 < end; i++) {
    if (bytes[i] === COLON && bytes[i + 1] === LOWER_I && bytes[i + 2] === LOWER_N && bytes[i + 3] === SPACE) {
      return bytes[i + 4] === BACKTICK || bytes[i + 4] === APOSTROPHE;
    }
  }
  return false;
}

function startsWith(bytes: Uint8Array, position: number, end: number, text: Uint8Array): boolean {
  if (position + text.length > end) {
    return false;
  }
  for (let i = 0; i < text.length; i++) {
    if (bytes[position + i] !== text[i]) {
      return false;
    }
  }
  return true;
}

function encodeAll(texts: readonly string[]): readonly Uint8Array[] {
  const encoder = new TextEncoder();
  return texts.map((text) => encoder.encode(text));
}

function byteTable(members: string): Uint8Array {
  const table = new Uint8Array(256);
  new TextEncoder().encode(members).forEach((byte) => (table[byte] = 1));
  return table;
}
