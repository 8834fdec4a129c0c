import { ByteView } from '../input/byteView';
import { goldenStep, mixed } from '../numeric/hash';
import { DIGIT, OTHER, WORD_CLASSES } from './masking';

/** What {@link KnownForms.find} gives for a message of a form that it does not know; events are −1 or more. */
export const NO_FORM = -2;

/** Forms with more variable words or more literal bytes are not kept: nearly all messages are shorter. */
const MAX_WORDS = 16;
const MAX_LITERAL_BYTES = 512;

/** Forms that begin alike and are kept together; they are looked at one after another. */
const WAYS = 8;
const BUCKETS = 2048;
const BEGINNING_WORDS = 4;

/**
 * Bytes of literal text that are kept at most, and a quarter as many pieces of it; beyond, all is forgotten. Half a megabyte
 * holds thousands of forms.
 */
const TEXT_BYTES = 1 << 19;

/** Marks the bytes of which a variable word must have one to be told. */
const MARK = 4;

/** Words of a message that have a digit: word i is `bytes[starts[i]…ends[i])`. */
export interface VariableWords {
  count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/**
 * Recognises messages whose masked text (see masking.ts) was seen before, by comparing the literal text between their
 * variable words four bytes at a time, without hashing it. Most lines of a log have one of a few forms, and this touches
 * their bytes once. It is exact: what it finds has the same masked text.
 */
export class KnownForms {
  /** Where the variable words are of the message that was found last: those with one of the marked bytes. */
  readonly words: VariableWords = {
    count: 0,
    starts: new Int32Array(MAX_WORDS),
    ends: new Int32Array(MAX_WORDS),
  };

  /** Form + 1, 0 = free; {@link WAYS} for each beginning, those that are met often first. */
  private readonly slots = new Uint32Array(BUCKETS * WAYS);
  private formCount = 0;
  /** Literal texts of all forms one after another; form f has the pieces `firstPieces[f]…firstPieces[f + 1]`. */
  private readonly text = new DataView(new ArrayBuffer(TEXT_BYTES));
  private readonly firstPieces = new Uint32Array(BUCKETS * WAYS + 1);
  private readonly pieceStarts = new Uint32Array(TEXT_BYTES / 4);
  private readonly events = new Int32Array(BUCKETS * WAYS);

  private readonly byteView = new ByteView();
  private classes: Uint8Array = WORD_CLASSES;

  /**
   * Says which variable words are told by {@link words}; none if it is not called.
   * @param bytes 256 entries, not 0 for a byte of which they have at least one
   */
  mark(bytes: Uint8Array): void {
    this.classes = WORD_CLASSES.map((kind, byte) => (bytes[byte] === 0 || kind === OTHER ? kind : kind | MARK));
  }

  /** The event of a message that has the same masked text as one that was added, or {@link NO_FORM}. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const { slots } = this;
    const view = this.byteView.of(bytes);
    const first = bucketOf(view, start, end);
    for (let slot = first; slot < first + WAYS; slot++) {
      const form = slots[slot];
      if (form === 0) {
        return NO_FORM;
      }
      if (this.matches(form - 1, bytes, view, start, end)) {
        if (slot > first) {
          slots[slot] = slots[slot - 1];
          slots[slot - 1] = form;
        }
        return this.events[form - 1];
      }
    }
    return NO_FORM;
  }

  /** Keeps the event of a message of a form that {@link find} does not know, in place of one that is rarely met. */
  add(bytes: Uint8Array, start: number, end: number, event: number): void {
    const form = this.formCount;
    if (form === this.events.length || !this.hasRoomAt(this.firstPieces[form])) {
      this.formCount = 0;
      this.slots.fill(0);
      this.add(bytes, start, end, event);
      return;
    }
    const pieceEnd = this.addPieces(bytes, start, end, this.firstPieces[form]);
    if (pieceEnd < 0) {
      return;
    }
    this.firstPieces[form + 1] = pieceEnd;
    this.events[form] = event;
    this.formCount++;
    const first = bucketOf(this.byteView.of(bytes), start, end);
    let slot = first;
    while (slot < first + WAYS - 1 && this.slots[slot] !== 0) {
      slot++;
    }
    this.slots[slot] = form + 1;
  }

  /** Whether the longest form that is kept could be written from this piece on. */
  private hasRoomAt(piece: number): boolean {
    const { pieceStarts } = this;
    // A form has a piece more than words, and the end of its last piece is the start of the next form's first.
    return piece + MAX_WORDS + 1 < pieceStarts.length && pieceStarts[piece] + MAX_LITERAL_BYTES <= TEXT_BYTES;
  }

  /** Writes the literal texts of a message, and gives the number of the piece after them; −1 if it is too long. */
  private addPieces(bytes: Uint8Array, start: number, end: number, piece: number): number {
    const first = piece;
    let length = this.pieceStarts[piece];
    const limit = length + MAX_LITERAL_BYTES;
    let position = start;
    while (position < end) {
      const wordStart = position;
      let kinds = 0;
      while (position < end && WORD_CLASSES[bytes[position]] !== OTHER) {
        kinds |= WORD_CLASSES[bytes[position++]];
      }
      if ((kinds & DIGIT) !== 0) {
        if (piece - first === MAX_WORDS) {
          return -1;
        }
        this.pieceStarts[++piece] = length;
        continue;
      }
      const literalEnd = position === wordStart ? position + 1 : position;
      if (length + literalEnd - wordStart > limit) {
        return -1;
      }
      for (position = wordStart; position < literalEnd; position++) {
        this.text.setUint8(length++, bytes[position]);
      }
    }
    this.pieceStarts[++piece] = length;
    return piece;
  }

  private matches(form: number, bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
    const { pieceStarts, text, classes } = this;
    const { starts, ends } = this.words;
    let count = 0;
    const firstPiece = this.firstPieces[form];
    const lastPiece = this.firstPieces[form + 1] - 1;
    let position = start;
    for (let piece = firstPiece; ; piece++) {
      let from = pieceStarts[piece];
      const to = pieceStarts[piece + 1];
      if (position + to - from > end) {
        return false;
      }
      for (; from + 4 <= to; from += 4, position += 4) {
        if (text.getInt32(from) !== view.getInt32(position)) {
          return false;
        }
      }
      for (; from < to; from++, position++) {
        if (text.getUint8(from) !== bytes[position]) {
          return false;
        }
      }
      if (piece === lastPiece) {
        this.words.count = count;
        return position === end;
      }
      const wordStart = position;
      let kinds = 0;
      let kind: number;
      while (position < end && (kind = classes[bytes[position]]) !== OTHER) {
        kinds |= kind;
        position++;
      }
      if ((kinds & DIGIT) === 0) {
        return false;
      }
      if ((kinds & MARK) !== 0) {
        starts[count] = wordStart;
        ends[count] = position;
        count++;
      }
    }
  }
}

/** Where the forms are that begin like the message: by its first bytes up to those in which a digit may be. */
function bucketOf(view: DataView, start: number, end: number): number {
  const limit = Math.min(end - 3, start + 4 * BEGINNING_WORDS);
  let hash = 0;
  for (let position = start; position < limit; position += 4) {
    const four = view.getInt32(position);
    // Zero where a byte is from 0x30 to 0x3f; then the usual test for a byte of zero.
    const high = (four & 0xf0f0f0f0) ^ 0x30303030;
    if (((high - 0x01010101) & ~high & 0x80808080) !== 0) {
      break;
    }
    hash = goldenStep(hash, four);
  }
  return (mixed(hash) & (BUCKETS - 1)) * WAYS;
}
