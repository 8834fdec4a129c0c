import { BoundedPattern, patternName, SHOWN_BYTES } from '../patterns/boundedPattern';
import { LineWatch } from '../patterns/lineWatch';
import { DIGIT, OTHER, WORD_CLASSES } from '../templates/masking';

/** Takes one session key found in a message: `bytes[start…end)`. */
export type KeySink = (bytes: Uint8Array, start: number, end: number) => void;

/** Finds the session keys of a message. A message may have several; the same one may be found twice. */
export interface SessionKeyFinder {
  /** Calls `sink` for each non-overlapping match in `bytes[start…end)`, from left to right. */
  find(bytes: Uint8Array, start: number, end: number, sink: KeySink): void;
  /**
   * If every match lies within a word with a digit (see masking.ts), so that only these need be looked at: the bytes with
   * which a match may begin, not 0 of 256.
   */
  readonly firstBytesInWords?: Uint8Array;
}

/**
 * Compiles a session pattern: a regular expression whose first group, or else whose whole match, is the key.
 *
 * Simple patterns such as `blk_-?\d+` or `instance: ([0-9a-f-]{36})` are matched on bytes in one pass, in which each byte is
 * looked at by at most {@link MAX_LOOKS} attempts. All others run as BoundedPattern, which limits what they cost on a
 * line; that is about twenty times slower than the byte matcher.
 * @param watch is told what that costs, and of lines that the pattern did not see as a whole
 * @throws UserError if the pattern is no regular expression of RE2 (it has neither look-around nor
 * back-references), is too large, or matches the empty text
 */
export function compileSessionPattern(pattern: string, watch = new LineWatch()): SessionKeyFinder {
  const bounded = new BoundedPattern(pattern, patternName('session-pattern', pattern), watch);
  const simple = parseSimplePattern(pattern);
  return simple === undefined ? new PatternKeyFinder(bounded, watch) : new ByteKeyFinder(simple);
}

/** How often a byte is looked at by the byte matcher at most, beside once by each step without maximum. */
const MAX_LOOKS = 256;

/** Stands for a step without maximum: more bytes than a line has. */
const NO_MAXIMUM = 0x7fffffff;

/** One element of a simple pattern: a set of bytes and how often it may occur. */
interface Step {
  set: Uint8Array;
  minimum: number;
  maximum: number;
}

/** A pattern as a sequence of steps, of which `steps[keyStart…keyEnd)` match the key. */
interface SimplePattern {
  steps: readonly Step[];
  keyStart: number;
  keyEnd: number;
}

/** Matches a sequence of steps greedily, which is exact because {@link parseSimplePattern} excludes ambiguous ones. */
class ByteKeyFinder implements SessionKeyFinder {
  private readonly sets: Uint8Array[];
  private readonly minima: Int32Array;
  private readonly maxima: Int32Array;
  private readonly first: Uint8Array;
  readonly firstBytesInWords: Uint8Array | undefined;
  private readonly keyStart: number;
  private readonly keyEnd: number;
  /** The text with which every match begins. */
  private readonly prefix: Uint8Array;
  /** Where the key of the last match began and ended. */
  private keyFrom = 0;
  private keyTo = 0;

  constructor({ steps, keyStart, keyEnd }: SimplePattern) {
    this.keyStart = keyStart;
    this.keyEnd = keyEnd;
    this.sets = steps.map((step) => step.set);
    this.minima = Int32Array.from(steps, (step) => step.minimum);
    this.maxima = Int32Array.from(steps, (step) => Math.min(step.maximum, NO_MAXIMUM));
    this.first = steps[0].set;
    const inWord = steps.every(({ set }) => set.every((member, byte) => member === 0 || WORD_CLASSES[byte] !== OTHER));
    const hasDigit = steps.some(
      ({ set, minimum }) => minimum > 0 && set.every((member, byte) => member === 0 || WORD_CLASSES[byte] === DIGIT),
    );
    const free = steps.findIndex(({ set, minimum, maximum }) => maximum !== 1 || minimum !== 1 || !isSingle(set));
    this.prefix = Uint8Array.from(steps.slice(0, free < 0 ? steps.length : free), ({ set }) => set.indexOf(1));
    this.firstBytesInWords = inWord && hasDigit ? this.first : undefined;
  }

  find(bytes: Uint8Array, start: number, end: number, sink: KeySink): void {
    const { first } = this;
    let position = start;
    while (position < end) {
      if (first[bytes[position]] === 0) {
        position++;
        continue;
      }
      const after = this.matchAt(bytes, position, end);
      if (after >= 0) {
        if (this.keyTo > this.keyFrom) {
          sink(bytes, this.keyFrom, this.keyTo);
        }
        position = after;
      } else {
        position++;
        // A later start within the same endless first step would fail at the same place.
        while (this.maxima[0] === NO_MAXIMUM && position < end && first[bytes[position]] !== 0) {
          position++;
        }
      }
    }
  }

  private matchAt(bytes: Uint8Array, start: number, end: number): number {
    const { prefix, sets, minima, maxima, keyStart, keyEnd } = this;
    if (start + prefix.length > end) {
      return -1;
    }
    for (let i = 1; i < prefix.length; i++) {
      if (bytes[start + i] !== prefix[i]) {
        return -1;
      }
    }
    // Each step of the prefix is one byte.
    this.keyFrom = start + Math.min(keyStart, prefix.length);
    this.keyTo = start + Math.min(keyEnd, prefix.length);
    let position = start + prefix.length;
    for (let i = prefix.length; i < sets.length; i++) {
      if (i === keyStart) {
        this.keyFrom = position;
      }
      const set = sets[i];
      const most = maxima[i];
      const limit = most < end - position ? position + most : end;
      const required = position + minima[i];
      while (position < limit && set[bytes[position]] !== 0) {
        position++;
      }
      if (position < required) {
        return -1;
      }
      if (i === keyEnd - 1) {
        this.keyTo = position;
      }
    }
    return position;
  }
}

/** The general way: through RE2JS. */
class PatternKeyFinder implements SessionKeyFinder {
  constructor(
    private readonly pattern: BoundedPattern,
    private readonly watch: LineWatch,
  ) {}

  find(bytes: Uint8Array, start: number, end: number, sink: KeySink): void {
    const { pattern } = this;
    const group = pattern.groupCount > 0 ? 1 : 0;
    if (end - start > SHOWN_BYTES) {
      this.watch.limitLine();
    }
    pattern.begin(bytes, start, end);
    while (pattern.next()) {
      const from = pattern.startOf(group);
      const to = pattern.endOf(group);
      if (to > from) {
        sink(bytes, start + from, start + to);
      }
    }
  }
}

const CLASSES: Record<string, (byte: number) => boolean> = {
  d: (byte) => /[0-9]/.test(String.fromCharCode(byte)),
  w: (byte) => /[0-9A-Za-z_]/.test(String.fromCharCode(byte)),
  s: (byte) => /[\t\n\f\r ]/.test(String.fromCharCode(byte)),
};

/**
 * The steps of a pattern made only of literal ASCII characters, `\d`, `\w`, `\s`, escaped punctuation and simple
 * classes, each optionally followed by a greedy `?`, `*`, `+` or `{n,m}`, and at most one group around some of them;
 * undefined for any other, and where greedy matching without a way back could differ from a regular expression's result.
 */
function parseSimplePattern(pattern: string): SimplePattern | undefined {
  const element =
    /(?:\\([dws])|\\([^\w\s])|\[((?:[\w-]|\\[^\w\s]|\\[dws])+)\]|([\w\s:=/@#%&,;!"'<>~`-]))(?:([?*+])|\{(\d{1,3})(?:(,)(\d{1,3})?)?\})?/y;
  const steps: Step[] = [];
  let keyStart = -1;
  let keyEnd = -1;
  while (element.lastIndex < pattern.length) {
    const bracket = pattern[element.lastIndex];
    if (bracket === '(' && keyStart < 0 && pattern[element.lastIndex + 1] !== '?') {
      keyStart = steps.length;
      element.lastIndex++;
      continue;
    }
    if (bracket === ')' && keyStart >= 0 && keyEnd < 0 && !/[?*+{]/.test(pattern[element.lastIndex + 1] ?? '')) {
      keyEnd = steps.length;
      element.lastIndex++;
      continue;
    }
    const match = element.exec(pattern);
    if (match === null || /[?+*]/.test(pattern[element.lastIndex] ?? '')) {
      return undefined;
    }
    const [, named, escaped, listed, literal, sign, least, comma, most] = match;
    const set = listed === undefined ? byteSet(named, escaped ?? literal) : classSet(listed);
    if (set === undefined) {
      return undefined;
    }
    let [minimum, maximum] =
      sign === undefined ? [1, 1] : { '?': [0, 1], '*': [0, Infinity], '+': [1, Infinity] }[sign]!;
    if (least !== undefined) {
      minimum = Number(least);
      maximum = comma === undefined ? minimum : most === undefined ? Infinity : Number(most);
    }
    if (maximum < minimum || maximum === 0) {
      return undefined;
    }
    steps.push({ set, minimum, maximum });
  }
  const simple = steps.length > 0 && steps[0].minimum > 0 && !isAmbiguous(steps) && !isCostly(steps);
  if (!simple || keyEnd < 0 !== keyStart < 0 || (keyStart >= 0 && keyStart === keyEnd)) {
    return undefined;
  }
  return keyStart < 0 ? { steps, keyStart: 0, keyEnd: steps.length } : { steps, keyStart, keyEnd };
}

/**
 * Whether failed matches may look at a byte again and again: at most as often as the steps with a maximum are long, and
 * without end if a step without maximum runs over many further starts of a match.
 */
function isCostly(steps: readonly Step[]): boolean {
  const looks = steps.reduce((sum, { maximum }) => sum + (maximum === Infinity ? 0 : maximum), 0);
  return (
    looks > MAX_LOOKS || steps.slice(1).some((step) => step.maximum === Infinity && intersect(step.set, steps[0].set))
  );
}

function intersect(a: Uint8Array, b: Uint8Array): boolean {
  return a.some((member, byte) => member !== 0 && b[byte] !== 0);
}

function isSingle(set: Uint8Array): boolean {
  return set.reduce((sum, member) => sum + member, 0) === 1;
}

function byteSet(named: string | undefined, char: string): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) =>
    (named === undefined ? byte === char.charCodeAt(0) : CLASSES[named](byte)) ? 1 : 0,
  );
}

function classSet(listed: string): Uint8Array | undefined {
  const set = new Uint8Array(256);
  const item = /\\([dws])|(?:\\([^\w\s])|([\w-]))(?:-(\w))?/y;
  while (item.lastIndex < listed.length) {
    const match = item.exec(listed);
    if (match === null) {
      return undefined;
    }
    const [, named, escaped, plain, upper] = match;
    if (named !== undefined) {
      byteSet(named, '').forEach((member, byte) => (set[byte] |= member));
      continue;
    }
    const from = (escaped ?? plain).charCodeAt(0);
    const to = upper === undefined ? from : upper.charCodeAt(0);
    if (to < from) {
      return undefined;
    }
    set.fill(1, from, to + 1);
  }
  return set;
}

/** Whether a step with a variable number of bytes could take bytes that a later step of the same run needs. */
function isAmbiguous(steps: readonly Step[]): boolean {
  return steps.some((step, i) => {
    if (step.minimum === step.maximum) {
      return false;
    }
    for (let j = i + 1; j < steps.length; j++) {
      if (intersect(steps[j].set, step.set)) {
        return true;
      }
      if (steps[j].minimum > 0) {
        return false;
      }
    }
    return false;
  });
}
