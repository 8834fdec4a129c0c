import { grown } from '../numeric/columns';
import { BoundedPattern, LINE_UNITS, patternName, SHOWN_BYTES } from '../patterns/boundedPattern';
import { LineWatch } from '../patterns/lineWatch';
import { LearningEvents } from './eventSource';

/** Stands for what a mask found: a digit, which makes its word variable. */
const VARIABLE_BYTE = 0x30;

/**
 * Events that are learned from messages in which what a user's masks find is variable: the word that it is a part of
 * becomes `<*>`. Since it is put in before the signature is made, messages of one signature still have one event. The masks
 * of a message share what a line may cost, see BoundedPattern; what they are not shown stays as it is.
 */
export class MaskedEvents extends LearningEvents {
  private readonly masks: readonly BoundedPattern[];
  /** Read from one and written to the other, in turn. */
  private buffers = [new Uint8Array(512), new Uint8Array(512)];
  private length = 0;

  /**
   * @param masks regular expressions of RE2; of one with a group, that is variable, else the whole match
   * @param watch is told what they cost, and of lines that they did not see as a whole
   * @throws UserError if one of them cannot be used
   */
  constructor(
    masks: readonly string[],
    private readonly watch = new LineWatch(),
  ) {
    super();
    this.masks = masks.map((mask) => new BoundedPattern(mask, patternName('mask', mask), watch));
  }

  override eventOf(bytes: Uint8Array, start: number, end: number): number {
    if (end - start > SHOWN_BYTES) {
      this.watch.limitLine();
    }
    let unitsLeft = LINE_UNITS;
    for (const mask of this.masks) {
      if (unitsLeft === 0) {
        break;
      }
      const isFound = this.replace(mask, bytes.subarray(start, end), unitsLeft);
      unitsLeft = mask.unitsLeft;
      if (isFound) {
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
  private replace(mask: BoundedPattern, message: Uint8Array, units: number): boolean {
    const group = mask.groupCount > 0 ? 1 : 0;
    let copied = 0;
    this.length = 0;
    mask.begin(message, 0, message.length, units);
    while (mask.next()) {
      const from = mask.startOf(group);
      const to = mask.endOf(group);
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
      this.buffers[0] = grown(this.buffers[0], needed);
    }
    this.buffers[0].set(bytes, this.length);
    this.length += bytes.length;
  }
}
