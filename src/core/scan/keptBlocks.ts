import { BlockTable, NO_BLOCK, type BlockKeys } from '../blocks/blockTable';
import { EntryStore, type EntrySegment } from '../blocks/entryStore';
import { grown } from '../numeric/columns';
import { Continuations } from '../records/continuations';
import type { ModelLog } from './modelLog';

/** Bytes that what is kept of a log takes at most, see {@link KeptBlocks}. */
const MAX_BYTES = 820_000_000;
/** What an entry takes of them when entries are grouped, a session, a byte of its key, a record with continuation lines. */
const ENTRY_BYTES = 16;
const SESSION_BYTES = 48;
const KEY_BYTES = 2;
const CONTINUATION_BYTES = 12;
/** Records that a session has at most where that is too much. */
const LONGEST_SESSION = 1 << 16;

/** Blocks of a slice of a log, as LogSlice has them. */
export interface SliceBlocks {
  keys: BlockKeys;
  entries: EntrySegment[];
  firstTimes: Float64Array<ArrayBuffer>;
  lastTimes: Float64Array<ArrayBuffer>;
  /** First lines of records and numbers of their continuation lines in turn. */
  continuations: Uint32Array<ArrayBuffer>;
}

/**
 * What is kept of a log that a model reads: its blocks with their entries, times and continuation lines.
 *
 * A log that needs too much memory is cut down until it does not: very long sessions first, then every other session, and so
 * on. Which sessions are left follows from their keys, and how many from the whole log, so that each is kept from its
 * first record on.
 */
export class KeptBlocks {
  private readonly table = new BlockTable(Infinity, Infinity);
  private readonly entries = new EntryStore();
  private continuations = new Continuations();
  private firstTimes = new Float64Array(1024);
  private lastTimes = new Float64Array(1024);
  /** For each block the line of its last entry: a record that names a block twice belongs to it once. */
  private lastLines = new Uint32Array(1024);
  /** Blocks that have been given times, as far as any are known. */
  private timedBlocks = 0;
  /** One of 2 to the power of so many sessions is kept; undefined as long as nothing is left out. */
  private sampleBits: number | undefined;
  private isSettled = false;

  /** @param mostBytes that it takes */
  constructor(private readonly mostBytes = MAX_BYTES) {}

  /** Adds a record to the session whose key is `bytes[start…end)`, which may be new, unless it has it or is left out. */
  add(bytes: Uint8Array, start: number, end: number, event: number, line: number, time: number): void {
    const block = this.table.numberOf(bytes, start, end);
    if (block === NO_BLOCK) {
      return;
    }
    this.widenTimes(block, time, time);
    if (this.lastLines[block] !== line) {
      this.lastLines[block] = line;
      this.entries.add(block, event, line);
    }
  }

  /** The last record, which begins at a line, has more lines, which count unless it is left out. */
  continueRecord(line: number, lines: number): void {
    if (this.sampleBits === undefined || this.entries.lastLine === line) {
      this.continuations.add(line, lines);
    }
  }

  /**
   * Adds the blocks of a slice that comes after these.
   * @param linesBefore lines of the log before the slice
   */
  append(slice: SliceBlocks, linesBefore: number): void {
    const { continuations } = slice;
    const blockOf = this.table.append(slice.keys);
    this.entries.append(slice.entries, blockOf, linesBefore);
    const kept = this.sampleBits === undefined ? undefined : new Set(slice.entries.flatMap(linesOf));
    for (let i = 0; i < continuations.length; i += 2) {
      const line = linesBefore + continuations[i];
      if (kept === undefined || kept.has(line)) {
        this.continuations.add(line, continuations[i + 1]);
      }
    }
    for (let i = 0; i < blockOf.length; i++) {
      if (blockOf[i] !== NO_BLOCK) {
        this.widenTimes(blockOf[i], slice.firstTimes[i], slice.lastTimes[i]);
      }
    }
    this.leaveOut();
  }

  /** Gives all away, as a slice has it. */
  take(): SliceBlocks {
    const blockCount = this.table.count;
    return {
      keys: this.table.keys(),
      entries: this.entries.take(),
      firstTimes: this.firstTimes.slice(0, blockCount),
      lastTimes: this.lastTimes.slice(0, blockCount),
      continuations: this.continuations.pairs(),
    };
  }

  /** Says that the blocks keep their numbers from now on: what is kept is kept, and grows with the log. */
  settle(): void {
    this.isSettled = true;
  }

  /** None yet of a log that goes on after it was settled; what was given of these stays as it is. */
  anew(): KeptBlocks {
    const none = new KeptBlocks(this.mostBytes);
    none.settle();
    return none;
  }

  /** Says that no more comes. */
  complete(): void {
    this.leaveOut();
    this.table.complete();
  }

  /** Bytes that it takes, about. */
  get bytes(): number {
    const { table, entries, continuations } = this;
    return (
      SESSION_BYTES * table.count +
      KEY_BYTES * table.keyBytes +
      ENTRY_BYTES * entries.length +
      CONTINUATION_BYTES * continuations.length
    );
  }

  /** What is kept now; it goes on with what comes. */
  soFar(): Pick<
    ModelLog,
    'entries' | 'blockCount' | 'keyOf' | 'firstTimes' | 'lastTimes' | 'continuations' | 'sample'
  > {
    const { table, entries, continuations, sampleBits } = this;
    const blockCount = table.count;
    return {
      entries,
      blockCount,
      keyOf: (block) => table.key(block),
      firstTimes: this.firstTimes.subarray(0, blockCount),
      lastTimes: this.lastTimes.subarray(0, blockCount),
      continuations,
      sample: sampleBits === undefined ? undefined : { step: 2 ** sampleBits, longest: LONGEST_SESSION },
    };
  }

  /** Leaves sessions out until what is kept takes no more memory than it may. */
  leaveOut(): void {
    while (!this.isSettled && this.bytes > this.mostBytes) {
      this.sampleBits = this.sampleBits === undefined ? 0 : this.sampleBits + 1;
      const numberOf = this.table.sample(this.sampleBits);
      for (const column of [this.firstTimes, this.lastTimes, this.lastLines]) {
        numberOf.forEach((block, before) => {
          if (block !== NO_BLOCK) {
            column[block] = column[before];
          }
        });
      }
      this.timedBlocks = this.table.count;
      this.entries.retain(numberOf, LONGEST_SESSION);
      this.continuations = this.continuations.only(this.entries.lines);
    }
  }

  /** Extends the time of a block, which may be new. */
  private widenTimes(block: number, first: number, last: number): void {
    if (block === this.timedBlocks) {
      if (block === this.firstTimes.length) {
        this.firstTimes = grown(this.firstTimes);
        this.lastTimes = grown(this.lastTimes);
        this.lastLines = grown(this.lastLines);
      }
      this.timedBlocks++;
      this.firstTimes[block] = first;
      this.lastTimes[block] = last;
      return;
    }
    // No comparison with NaN is true, so that any time replaces it.
    if (!(first >= this.firstTimes[block]) && first === first) {
      this.firstTimes[block] = first;
    }
    if (!(last <= this.lastTimes[block]) && last === last) {
      this.lastTimes[block] = last;
    }
  }
}

function linesOf({ length, lines }: EntrySegment): number[] {
  return Array.from(lines.subarray(0, length));
}
