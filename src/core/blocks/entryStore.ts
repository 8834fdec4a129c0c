import { grown } from '../numeric/columns';
import { NO_BLOCK } from './blockTable';

/** Entries of a segment; a store grows by whole segments, so nothing is copied and little is unused. */
const SEGMENT_BITS = 16;
const SEGMENT = 1 << SEGMENT_BITS;

/** Some entries in the order of the log; only the first `length` count. */
export interface EntrySegment {
  length: number;
  blocks: Uint32Array<ArrayBuffer>;
  /** First physical line of the entry's record. */
  lines: Uint32Array<ArrayBuffer>;
  events: Uint16Array<ArrayBuffer>;
}

/** The records of every block: those of block b are the entries `offsets[b]…offsets[b + 1]`, in the order of the log. */
export interface BlockIndex {
  /** Length: blocks + 1. */
  offsets: Uint32Array;
  /** Event of each entry. */
  events: Uint16Array;
  /** First physical line of each entry's record. */
  lines: Uint32Array;
}

/**
 * Collects "this record belongs to that block" entries in the order of the log, ten bytes each. A record that names
 * several blocks makes an entry for each.
 */
export class EntryStore {
  private segments: EntrySegment[] = [];
  private last: EntrySegment | undefined;
  /** Entries of the segments before the last one. */
  private before = 0;
  /** Entries that a block may have, and how many each has; of no limit as long as these are not counted. */
  private longest = Infinity;
  private lengths = new Uint32Array(0);

  /** Adds an entry, unless its block has as many as it may: `event` 0…65,535, `line` the record's first physical line. */
  add(block: number, event: number, line: number): void {
    if (this.longest !== Infinity && !this.hasRoom(block)) {
      return;
    }
    let { last } = this;
    if (last === undefined || last.length === last.blocks.length) {
      this.before = this.length;
      last = {
        length: 0,
        blocks: new Uint32Array(SEGMENT),
        lines: new Uint32Array(SEGMENT),
        events: new Uint16Array(SEGMENT),
      };
      this.last = last;
      this.segments.push(last);
    }
    const place = last.length++;
    last.blocks[place] = block;
    last.lines[place] = line;
    last.events[place] = event;
  }

  /** How many entries there are. */
  get length(): number {
    return this.before + (this.last?.length ?? 0);
  }

  /** First physical line of the last entry's record; 0 if there is none. */
  get lastLine(): number {
    const last = this.segments[this.segments.length - 1];
    return last === undefined ? 0 : last.lines[last.length - 1];
  }

  /** First physical lines of all entries' records, ascending. */
  get lines(): Uint32Array<ArrayBuffer> {
    const all = new Uint32Array(this.length);
    let count = 0;
    for (const { length, lines } of this.segments) {
      all.set(lines.subarray(0, length), count);
      count += length;
    }
    return all;
  }

  /** Block of the entry number `entry`, counted from 0; as the next two, of a store to which no other was appended. */
  blockOf(entry: number): number {
    return this.segments[entry >>> SEGMENT_BITS].blocks[entry & (SEGMENT - 1)];
  }

  /** Event of an entry. */
  eventOf(entry: number): number {
    return this.segments[entry >>> SEGMENT_BITS].events[entry & (SEGMENT - 1)];
  }

  /** First physical line of an entry's record. */
  lineOf(entry: number): number {
    return this.segments[entry >>> SEGMENT_BITS].lines[entry & (SEGMENT - 1)];
  }

  /** Gives all entries away as they are kept, without room for more. */
  take(): EntrySegment[] {
    const { segments, last } = this;
    if (last !== undefined) {
      const { length, blocks, lines, events } = last;
      last.blocks = blocks.slice(0, length);
      last.lines = lines.slice(0, length);
      last.events = events.slice(0, length);
    }
    this.segments = [];
    this.last = undefined;
    this.before = 0;
    return segments;
  }

  /**
   * Adds the entries of another store, which has given them away, as they come after these.
   * @param blockOf number here of each block of that store; NO_BLOCK for those whose entries are left out
   * @param linesBefore lines of the log before the first of that store
   */
  append(segments: readonly EntrySegment[], blockOf: Int32Array, linesBefore: number): void {
    this.before = this.length;
    this.last = undefined;
    const isLimited = this.longest !== Infinity;
    for (const segment of segments) {
      const { length, blocks, lines, events } = segment;
      let kept = 0;
      for (let i = 0; i < length; i++) {
        const block = blockOf[blocks[i]];
        if (block !== NO_BLOCK && (!isLimited || this.hasRoom(block))) {
          blocks[kept] = block;
          lines[kept] = lines[i] + linesBefore;
          events[kept++] = events[i];
        }
      }
      segment.length = kept;
      if (kept > 0) {
        this.segments.push(segment);
        this.before += kept;
      }
    }
  }

  /**
   * Leaves many entries out, and as many of those that come.
   * @param numberOf new number of each block, none above its old one; NO_BLOCK for those that are left out
   * @param longest entries that a block may have, of which its first ones are kept
   */
  retain(numberOf: Int32Array, longest: number): void {
    const { segments } = this;
    this.longest = longest;
    this.lengths = new Uint32Array(numberOf.length + 1);
    // Entries move towards the front, never beyond the one that is read.
    let to = 0;
    let place = 0;
    this.before = 0;
    for (const { length, blocks, lines, events } of segments) {
      for (let i = 0; i < length; i++) {
        const block = numberOf[blocks[i]];
        if (block === NO_BLOCK || !this.hasRoom(block)) {
          continue;
        }
        while (place === segments[to].blocks.length) {
          segments[to++].length = place;
          this.before += place;
          place = 0;
        }
        segments[to].blocks[place] = block;
        segments[to].lines[place] = lines[i];
        segments[to].events[place++] = events[i];
      }
    }
    segments.length = place === 0 ? 0 : to + 1;
    this.last = segments.at(-1);
    if (this.last !== undefined) {
      this.last.length = place;
    }
  }

  /**
   * All entries grouped by block: a counting sort, which keeps the order of the log within each block. The store is empty
   * then, for both forms of a long log do not fit side by side.
   */
  group(blockCount: number): BlockIndex {
    const segments = this.take();
    const offsets = new Uint32Array(blockCount + 1);
    for (const { length, blocks } of segments) {
      for (let i = 0; i < length; i++) {
        offsets[blocks[i] + 1]++;
      }
    }
    for (let block = 0; block < blockCount; block++) {
      offsets[block + 1] += offsets[block];
    }
    const next = offsets.slice();
    const events = new Uint16Array(offsets[blockCount]);
    const lines = new Uint32Array(offsets[blockCount]);
    segments.reverse();
    for (let segment = segments.pop(); segment !== undefined; segment = segments.pop()) {
      const { length, blocks, lines: segmentLines, events: segmentEvents } = segment;
      for (let i = 0; i < length; i++) {
        const place = next[blocks[i]]++;
        lines[place] = segmentLines[i];
        events[place] = segmentEvents[i];
      }
    }
    return { offsets, events, lines };
  }

  /** Counts an entry more of a block; whether it may have as many. */
  private hasRoom(block: number): boolean {
    while (block >= this.lengths.length) {
      this.lengths = grown(this.lengths);
    }
    return this.lengths[block]++ < this.longest;
  }
}
