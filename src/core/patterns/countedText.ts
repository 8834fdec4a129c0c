import { MatcherInputBase } from 're2js';

/** Thrown out of a search whose steps are used up. */
export const SPENT = new Error('The steps of a search are used up.');

/** Characters that a search for a literal text passes in the time of one step. */
const PASSED_PER_STEP = 8;
/** What stands for a byte that is no UTF-8. */
const REPLACEMENT = 0xfffd;

/**
 * A piece of a line as RE2JS is shown it: UTF-16 code units, each of which costs one step whenever it is looked at. It
 * poses as a string, since RE2JS takes no other input that tells what is read of it.
 */
export class CountedText {
  length = 0;
  /** Steps that may still be taken. */
  stepsLeft = 0;

  private units = new Uint16Array(512);
  /** Place of each unit in the bytes; the same as its index where all are ASCII. */
  private places = new Int32Array(512);
  private isAscii = true;
  private size = 0;

  /** What RE2JS takes for a string. */
  get [Symbol.toStringTag](): string {
    return 'String';
  }

  /** Decodes `bytes[start…end)`, and makes its places count from `start`. */
  set(bytes: Uint8Array, start: number, end: number): void {
    const size = end - start;
    if (size > this.units.length) {
      this.units = new Uint16Array(2 * size);
      this.places = new Int32Array(2 * size);
    }
    const { units } = this;
    let i = 0;
    for (; i < size && bytes[start + i] < 0x80; i++) {
      units[i] = bytes[start + i];
    }
    this.size = size;
    this.length = i;
    this.isAscii = i === size;
    if (!this.isAscii) {
      this.decode(bytes, start, i);
    }
  }

  /** Place in the bytes of the unit with an index, or of the end. */
  placeOf(index: number): number {
    return this.isAscii ? index : index === this.length ? this.size : this.places[index];
  }

  charCodeAt(index: number): number {
    if (--this.stepsLeft < 0) {
      throw SPENT;
    }
    return this.units[index];
  }

  indexOf(text: string, from: number): number {
    const { units } = this;
    const last = this.length - text.length;
    const first = text.charCodeAt(0);
    let passed = 0;
    for (let i = from; i <= last; i++) {
      passed++;
      if (units[i] === first) {
        let same = 1;
        while (same < text.length && units[i + same] === text.charCodeAt(same)) {
          same++;
        }
        passed += same;
        if (same >= text.length) {
          this.pass(passed);
          return i;
        }
      }
    }
    this.pass(passed);
    return -1;
  }

  private pass(units: number): void {
    this.stepsLeft -= 1 + Math.floor(units / PASSED_PER_STEP);
    if (this.stepsLeft < 0) {
      throw SPENT;
    }
  }

  /** Decodes from the first byte on that is not ASCII; what is no UTF-8 becomes one U+FFFD a byte. */
  private decode(bytes: Uint8Array, start: number, from: number): void {
    const { units, places, size } = this;
    for (let i = 0; i < from; i++) {
      places[i] = i;
    }
    let length = from;
    for (let at = from; at < size; length++) {
      places[length] = at;
      const width = widthOf(bytes, start + at, start + size);
      let code = width === 1 ? bytes[start + at] : bytes[start + at] & (0xff >> (width + 1));
      for (let i = 1; i < width; i++) {
        code = (code << 6) | (bytes[start + at + i] & 0x3f);
      }
      if (width === 0) {
        code = REPLACEMENT;
      } else if (code > 0xffff) {
        units[length++] = 0xd800 + ((code - 0x10000) >> 10);
        places[length] = at;
        code = 0xdc00 + ((code - 0x10000) & 0x3ff);
      }
      units[length] = code;
      at += Math.max(1, width);
    }
    this.length = length;
  }
}

/** How many bytes the character takes that begins there, by table 3-7 of the Unicode Standard; 0 if there is none. */
function widthOf(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at];
  if (first < 0x80) {
    return 1;
  }
  const width = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (width === 0 || at + width > end) {
    return 0;
  }
  const second = bytes[at + 1];
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) {
    return 0;
  }
  for (let i = 2; i < width; i++) {
    if ((bytes[at + i] & 0xc0) !== 0x80) {
      return 0;
    }
  }
  return width;
}

/** A {@link CountedText} as an input of RE2JS. */
export class CountedInput extends MatcherInputBase {
  constructor(private readonly text: CountedText) {
    super();
  }

  override getEncoding(): unknown {
    // The enumeration is not declared.
    return (MatcherInputBase.Encoding as { UTF_16: unknown }).UTF_16;
  }

  override asCharSequence(): string {
    return this.text as unknown as string;
  }

  override length(): number {
    return this.text.length;
  }
}
