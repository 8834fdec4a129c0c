import { SPACE } from '../input/bytes';

/** Texts of other lengths are not remembered. */
const SHORTEST = 4;
const LONGEST = 64;
const LONGEST_WORDS = LONGEST / 4;

/**
 * Remembers the last different texts of some neighbouring fields of a header (with what stands between and after them)
 * and where the fields are in them, so that fields that most lines have in common need not be matched byte by byte.
 */
export class SeenFields {
  /** Number of the text that was found or added last, 0…ways − 1; −1 if it was not remembered. */
  last = -1;

  /** Numbers of the texts, those that are met often first. */
  private readonly order: Uint8Array;
  private readonly lengths: Int32Array;
  private readonly words: Int32Array;
  private readonly lastWords: Int32Array;
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private readonly count: number;

  /**
   * @param first the first of the fields
   * @param behind the field after them
   * @param ways how many texts are remembered
   */
  constructor(
    private readonly first: number,
    behind: number,
    ways: number,
  ) {
    this.count = behind - first;
    this.order = Uint8Array.from({ length: ways }, (_, way) => way);
    this.lengths = new Int32Array(ways);
    this.words = new Int32Array(ways * LONGEST_WORDS);
    this.lastWords = new Int32Array(ways);
    this.starts = new Int32Array(ways * this.count);
    this.ends = new Int32Array(ways * this.count);
  }

  /**
   * The place after the fields if a remembered text stands at the position, and then where they are in `starts` and
   * `ends`; else −1. No blank may follow the text, for what stands between fields takes all blanks.
   */
  find(view: DataView, position: number, end: number, starts: Int32Array, ends: Int32Array): number {
    const { order, lengths, lastWords } = this;
    for (let i = 0; i < order.length; i++) {
      const way = order[i];
      const length = lengths[way];
      if (length === 0) {
        break;
      }
      const after = position + length;
      if (
        after <= end &&
        view.getInt32(after - 4) === lastWords[way] &&
        this.hasWords(way, length, view, position) &&
        (after === end || view.getUint8(after) !== SPACE)
      ) {
        if (i > 0) {
          order[i] = order[i - 1];
          order[i - 1] = way;
        }
        const { first, count } = this;
        for (let k = 0; k < count; k++) {
          starts[first + k] = position + this.starts[way * count + k];
          ends[first + k] = position + this.ends[way * count + k];
        }
        this.last = way;
        return after;
      }
    }
    this.last = -1;
    return -1;
  }

  /**
   * Remembers the fields `starts`, `ends` of a text that {@link find} does not know, in place of one that is rarely met,
   * which is forgotten even if the new one is too long to be remembered.
   */
  add(view: DataView, position: number, after: number, starts: Int32Array, ends: Int32Array): void {
    const length = after - position;
    const { order, first, count } = this;
    let i = 0;
    while (i < order.length - 1 && this.lengths[order[i]] > 0) {
      i++;
    }
    const way = order[i];
    if (length < SHORTEST || length > LONGEST) {
      this.lengths[way] = 0;
      return;
    }
    this.lengths[way] = length;
    for (let k = 0; k + 4 <= length; k += 4) {
      this.words[way * LONGEST_WORDS + k / 4] = view.getInt32(position + k);
    }
    this.lastWords[way] = view.getInt32(after - 4);
    for (let k = 0; k < count; k++) {
      this.starts[way * count + k] = starts[first + k] - position;
      this.ends[way * count + k] = ends[first + k] - position;
    }
    this.last = way;
  }

  private hasWords(way: number, length: number, view: DataView, position: number): boolean {
    const { words } = this;
    let word = way * LONGEST_WORDS;
    const limit = position + length - 3;
    for (let place = position; place < limit; place += 4) {
      if (words[word++] !== view.getInt32(place)) {
        return false;
      }
    }
    return true;
  }
}
