import { RE2JS, type Matcher } from 're2js';
import { messageOf, type UserMessage } from '../errors/messages';
import { UserError } from '../errors/userError';
import { CountedInput, CountedText, SPENT } from './countedText';
import { LineWatch } from './lineWatch';

/** Characters of a pattern at most. */
export const PATTERN_LENGTH = 1000;
/** Instructions at most to which a pattern may be compiled, see `RE2JS.programSize`. */
const PROGRAM_SIZE = 1000;
/** Bytes of a line that a pattern is shown. */
export const SHOWN_BYTES = 8192;
/**
 * Work that patterns may have on a line, in units of one instruction of a compiled pattern at one character: at most some
 * tens of milliseconds.
 */
export const LINE_UNITS = 1 << 22;

/** What it costs to begin a search, in units. */
const SEARCH_UNITS = 256;
/** Characters of a pattern in a message. */
const QUOTED_LENGTH = 100;

/**
 * A regular expression of a user, and the only way to run one. RE2JS needs no more steps for one search than the length of
 * the text times the size of the compiled pattern; but both may be large, and as many searches as there are matches
 * may each look on to the end. So both sizes are limited here, and each character that RE2JS looks at is counted: when a
 * line has cost {@link LINE_UNITS}, the search ends there as if nothing more were found. The count is no time, so that the
 * same log has the same result everywhere.
 *
 * {@link begin} takes a text, and each {@link next} looks for the next match that does not overlap the one before.
 */
export class BoundedPattern {
  /** Instructions of the compiled pattern. */
  readonly programSize: number;
  /** Numbers of the named groups. */
  readonly namedGroups: Readonly<Record<string, number>>;
  /** How many groups there are. */
  readonly groupCount: number;
  /** Units that are left of what {@link begin} was given. */
  unitsLeft = 0;

  private readonly regex: RE2JS;
  private readonly matcher: Matcher;
  private readonly text = new CountedText();
  private readonly input = new CountedInput(this.text);

  /**
   * @param pattern regular expression of RE2
   * @param name how to call it in messages
   * @param watch is told what it costs
   * @throws UserError if it is none, is too large, or matches the empty text though it may not
   */
  constructor(
    pattern: string,
    name: UserMessage,
    private readonly watch = new LineWatch(),
    mayBeEmpty = false,
  ) {
    if (pattern.length > PATTERN_LENGTH) {
      throw new UserError('pattern-too-long', { pattern: name, length: pattern.length, most: PATTERN_LENGTH });
    }
    try {
      this.regex = RE2JS.compile(pattern);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new UserError('pattern-invalid', { pattern: name, why });
    }
    this.programSize = this.regex.programSize();
    if (this.programSize > PROGRAM_SIZE) {
      throw new UserError('pattern-too-large', {
        pattern: name,
        size: this.programSize,
        most: PROGRAM_SIZE,
        example: '{1000}',
      });
    }
    if (!mayBeEmpty && this.regex.matches('')) {
      throw new UserError('pattern-matches-empty', { pattern: name });
    }
    this.namedGroups = this.regex.namedGroups();
    this.groupCount = this.regex.groupCount();
    this.matcher = this.regex.matcher(this.input);
  }

  /**
   * Takes `bytes[start…end)`, of which {@link SHOWN_BYTES} are looked at.
   * @param units of work that it may have
   */
  begin(bytes: Uint8Array, start: number, end: number, units = LINE_UNITS): void {
    this.text.set(bytes, start, Math.min(end, start + SHOWN_BYTES));
    this.matcher.resetMatcherInput(this.input);
    this.unitsLeft = units;
  }

  /**
   * Looks for the next match.
   * @returns whether there is one
   * @throws CancelledError if the watch has asked and the scan is no longer wanted
   */
  next(): boolean {
    const { text, matcher, programSize } = this;
    const before = this.unitsLeft;
    const steps = Math.floor((before - SEARCH_UNITS) / programSize);
    text.stepsLeft = steps;
    let isFound = false;
    let isSpent = steps <= 0;
    if (!isSpent) {
      try {
        isFound = matcher.find();
        if (isFound && this.groupCount > 0) {
          // Has the places of all groups found.
          matcher.start(1);
        }
      } catch (error) {
        if (error !== SPENT) {
          throw error;
        }
        isSpent = true;
      }
    }
    if (isSpent) {
      isFound = false;
      this.unitsLeft = 0;
      this.watch.limitLine();
    } else {
      this.unitsLeft = before - SEARCH_UNITS - (steps - text.stepsLeft) * programSize;
    }
    this.watch.spend(before - this.unitsLeft);
    return isFound;
  }

  /** Where a group of the match begins, counted from where the text did; −1 if it is not part of the match. */
  startOf(group: number): number {
    const start = this.matcher.start(group);
    return start < 0 ? -1 : this.text.placeOf(start);
  }

  /** Where a group of the match ends. */
  endOf(group: number): number {
    const end = this.matcher.end(group);
    return end < 0 ? -1 : this.text.placeOf(end);
  }
}

/** A pattern as a message names it. */
export function quoted(pattern: string): string {
  return pattern.length > QUOTED_LENGTH ? `"${pattern.slice(0, QUOTED_LENGTH)}…"` : `"${pattern}"`;
}

/** How messages call a user's pattern: what it is, and its text. */
export function patternName(
  kind: 'session-pattern' | 'mask' | 'log-format' | 'file-pattern',
  pattern: string,
): UserMessage {
  return messageOf(kind, { pattern: quoted(pattern) });
}
