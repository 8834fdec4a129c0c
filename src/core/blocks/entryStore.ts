/** Entries of a segment; a store grows by whole segments, so nothing is copied and little is unused. */
const SEGMENT_BITS = 16;
const SEGMENT = 1 << SEGMENT_BITS;

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
  /** How many entries there are. */
  length = 0;

  private readonly blocks: Uint32Array[] = [];
  private readonly lines: Uint32Array[] = [];
  private readonly events: Uint16Array[] = [];

  /** Adds an entry: `event` 0…65,535, `line` the record's first physical line. */
  add(block: number, event: number, line: number): void {
    const segment = this.length >>> SEGMENT_BITS;
    const place = this.length & (SEGMENT - 1);
    if (place === 0) {
      this.blocks.push(new Uint32Array(SEGMENT));
      this.lines.push(new Uint32Array(SEGMENT));
      this.events.push(new Uint16Array(SEGMENT));
    }
    this.blocks[segment][place] = block;
    this.lines[segment][place] = line;
    this.events[segment][place] = event;
    this.length++;
  }

  /** Block of the entry number `entry`, counted from 0. */
  blockOf(entry: number): number {
    return this.blocks[entry >>> SEGMENT_BITS][entry & (SEGMENT - 1)];
  }

  /** Event of an entry. */
  eventOf(entry: number): number {
    return this.events[entry >>> SEGMENT_BITS][entry & (SEGMENT - 1)];
  }

  /** First physical line of an entry's record. */
  lineOf(entry: number): number {
    return this.lines[entry >>> SEGMENT_BITS][entry & (SEGMENT - 1)];
  }

  /** All entries grouped by block: a counting sort, which keeps the order of the log within each block. */
  group(blockCount: number): BlockIndex {
    const offsets = new Uint32Array(blockCount + 1);
    this.forEachSegment((segment, length) => {
      const blocks = this.blocks[segment];
      for (let i = 0; i < length; i++) {
        offsets[blocks[i] + 1]++;
      }
    });
    for (let block = 0; block < blockCount; block++) {
      offsets[block + 1] += offsets[block];
    }
    const next = offsets.slice();
    const events = new Uint16Array(this.length);
    const lines = new Uint32Array(this.length);
    this.forEachSegment((segment, length) => {
      const segmentBlocks = this.blocks[segment];
      const segmentLines = this.lines[segment];
      const segmentEvents = this.events[segment];
      for (let i = 0; i < length; i++) {
        const place = next[segmentBlocks[i]]++;
        lines[place] = segmentLines[i];
        events[place] = segmentEvents[i];
      }
    });
    return { offsets, events, lines };
  }

  private forEachSegment(visit: (segment: number, length: number) => void): void {
    for (let segment = 0; segment < this.blocks.length; segment++) {
      visit(segment, Math.min(SEGMENT, this.length - segment * SEGMENT));
    }
  }
}
