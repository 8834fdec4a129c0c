import { RE2JS } from 're2js';
import { LearningEvents } from './eventSource';

/** A mask that cannot be used; the message says why. */
export class MaskError extends Error {}

/** Stands for what a mask found: a digit, which makes its word variable. */
const VARIABLE_BYTE = 0x30;

/**
 * Events that are learned from messages in which what a user's masks find is variable: the word that it is a part of
 * becomes `<*>`. Since it is put in before the signature is made, messages of one signature still have one event. Masks
 * run in RE2JS, whose time is linear in the length of the message.
 */
export class MaskedEvents extends LearningEvents {
  private readonly masks: readonly RE2JS[];
  /** Read from one and written to the other, in turn. */
  private buffers = [new Uint8Array(512), new Uint8Array(512)];
  private length = 0;

  /**
   * @param masks regular expressions of RE2; of one with a group, that is variable, else the whole match
   * @throws MaskError if one of them cannot be used
   */
  constructor(masks: readonly string[]) {
    super();
    this.masks = masks.map(compileMask);
  }

  override eventOf(bytes: Uint8Array, start: number, end: number): number {
    for (const mask of this.masks) {
      if (this.replace(mask, bytes.subarray(start, end))) {
        const [written, other] = this.buffers;
        this.buffers = [other, written];
        bytes = written;
        start = 0;
        end = this.length;
      }
    }
    const event = super.eventOf(bytes, start, end);
    // They are places in what the masks have made of the message.
    this.markedWords = undefined;
    return event;
  }

  /** Writes the message with what the mask finds replaced; false if it finds nothing. */
  private replace(mask: RE2JS, message: Uint8Array): boolean {
    const matcher = mask.matcher(message);
    const group = matcher.groupCount() > 0 ? 1 : 0;
    let copied = 0;
    this.length = 0;
    while (matcher.find()) {
      const from = matcher.start(group);
      const to = matcher.end(group);
      if (from >= copied && to > from) {
        this.append(message.subarray(copied, from));
        this.buffers[0][this.length++] = VARIABLE_BYTE;
        copied = to;
      }
    }
    if (copied > 0) {
      this.append(message.subarray(copied));
    }
    return copied > 0;
  }

  /** Appends bytes to what is written, and leaves room for one more. */
  private append(bytes: Uint8Array): void {
    const needed = this.length + bytes.length + 1;
    if (needed > this.buffers[0].length) {
      const larger = new Uint8Array(2 * needed);
      larger.set(this.buffers[0].subarray(0, this.length));
      this.buffers[0] = larger;
    }
    this.buffers[0].set(bytes, this.length);
    this.length += bytes.length;
  }
}

function compileMask(mask: string): RE2JS {
  let regex: RE2JS;
  try {
    regex = RE2JS.compile(mask);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new MaskError(
      `The mask "${mask}" is no valid regular expression (${why}); use RE2 syntax, without look-around and back-references.`,
    );
  }
  if (regex.matches('')) {
    throw new MaskError(`The mask "${mask}" matches the empty text; make at least one character of it required.`);
  }
  return regex;
}
