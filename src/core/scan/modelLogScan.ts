import { grown } from '../numeric/columns';
import { BlockTable, NO_BLOCK, type BlockKeys } from '../blocks/blockTable';
import { EntryStore, type BlockIndex, type EntrySegment } from '../blocks/entryStore';
import type { SessionKeyFinder } from '../blocks/sessionKey';
import { Chronology } from '../formats/chronology';
import type { LogFormat } from '../formats/logFormat';
import { NotationHeader } from '../formats/notationHeader';
import { RecordHeader } from '../formats/recordHeader';
import { ByteDecoder } from '../input/byteDecoder';
import { Continuations } from '../records/continuations';
import { LINES_APART, type LinePlaces } from '../input/lineIndex';
import { LineSplitter } from '../input/lineSplitter';
import type { TextVerdict } from '../input/textRule';
import type { TimeGate } from '../records/timeGate';
import { LineWatch } from '../patterns/lineWatch';
import type { EventSource } from '../templates/eventSource';

/** Bytes that what is kept of a log takes at most, see {@link ModelLogScan}. */
const MAX_BYTES = 820_000_000;
/** What an entry takes of them when entries are grouped, a session, a byte of its key, a record with continuation lines. */
const ENTRY_BYTES = 16;
const SESSION_BYTES = 48;
const KEY_BYTES = 2;
const CONTINUATION_BYTES = 12;
/** Records that a session has at most where that is too much. */
const LONGEST_SESSION = 1 << 16;

/** The event of a record whose message has no template. */
export const UNKNOWN_EVENT = 0xffff;

/** How a log is read: the parts of the pipeline before the features. */
export interface LogReading {
  /** The fixed header of a model's logs; every other line continues a record. */
  format: LogFormat;
  sessionKey: SessionKeyFinder;
  events: EventSource;
  /** Stands beside the lines; that of the session key if it has one. */
  watch?: LineWatch;
  /** What the beginning of the log says of its text; nothing is held back to find that out then. */
  text?: TextVerdict;
}

/** A record as the scan comes by it; all positions are in `bytes` and only valid during the call. */
export interface RecordView {
  bytes: Uint8Array;
  /** First physical line, from 1. */
  line: number;
  /** Its fields: field i is `bytes[header.starts[i]…header.ends[i])`; content, level, time and component. */
  header: RecordHeader;
  /** Template index or {@link UNKNOWN_EVENT}. */
  event: number;
}

/** The blocks of a log and what was counted on the way. */
export interface ScannedLog {
  blocks: BlockIndex;
  /** Number of blocks. */
  blockCount: number;
  /** Session key of a block. */
  keyOf: (block: number) => string;
  /** First and last time of each block in milliseconds since 1970 as of TimeLayout; NaN where there is none. */
  firstTimes: Float64Array;
  lastTimes: Float64Array;
  continuations: Continuations;
  /** Physical lines. */
  lines: number;
  /** Records: lines that begin with a header. */
  records: number;
  /** Records without template. */
  unknownRecords: number;
  /** Lines of which only the beginning was parsed. */
  clippedLines: number;
  /** Lines that patterns did not see as a whole, see LineWatch. */
  limitedLines: number;
  /** What was kept of a log that needs too much memory; undefined if all of it was. */
  sample: SessionsSample | undefined;
}

/** Which sessions of a log were kept, and what of them. */
export interface SessionsSample {
  /** One of about how many sessions; which they are follows from their keys. */
  step: number;
  /** How many of its records a session has at most, its first ones. */
  longest: number;
}

/** A log that is still being read: its entries in place of its blocks. */
export interface LogSoFar extends Omit<ScannedLog, 'blocks'> {
  entries: EntryStore;
}

/**
 * Some lines of a log that were scanned by themselves. Lines are counted from the first of them, blocks are numbered in
 * the order of their first lines among them. Plain data, to be posted between threads.
 */
export interface LogSlice {
  keys: BlockKeys;
  entries: EntrySegment[];
  firstTimes: Float64Array<ArrayBuffer>;
  lastTimes: Float64Array<ArrayBuffer>;
  /** First lines of records and numbers of their continuation lines in turn. */
  continuations: Uint32Array<ArrayBuffer>;
  /** Lines before the first record: they continue a record of the slice before. */
  leadingLines: number;
  /** First line of the last record; 0 if there is none. */
  lastRecord: number;
  bytes: number;
  /** Bytes of the slice before each {@link LINES_APART}th line, from the first on. */
  lineStarts: Float64Array<ArrayBuffer>;
  lines: number;
  records: number;
  unknownRecords: number;
  clippedLines: number;
  limitedLines: number;
}

/**
 * The first half of the pipeline as a state machine: it is pushed the bytes of a log and groups its records by session.
 * The chunk sizes make no difference to the result, nor does it whether slices of the log are scanned by themselves and
 * put together (see {@link takeSlice} and {@link append}), provided that the format has a time layout.
 *
 * A log that needs too much memory is cut down until it does not: very long sessions first, then every other session, and so
 * on. Which sessions are left follows from their keys, and how many from the whole log, so that each is kept from its
 * first record on.
 */
export class ModelLogScan {
  /** Physical lines read so far. */
  get lines(): number {
    return this.appendedLines + this.splitter.lineCount;
  }
  /** Empty lines read so far. */
  emptyLines = 0;
  /** Records read so far. */
  records = 0;
  /** Records without template so far. */
  unknownRecords = 0;

  private readonly splitter = new LineSplitter(this.takeLine.bind(this));
  private readonly decoder: ByteDecoder;
  private readonly reader: NotationHeader;
  private readonly header = new RecordHeader();
  /** Whether keys need only be looked for in the words that the events mark. */
  private readonly keysInWords: boolean;
  private readonly entries = new EntryStore();
  private continuations = new Continuations();
  private firstTimes = new Float64Array(1024);
  private lastTimes = new Float64Array(1024);
  private leadingLines = 0;
  /** Bytes given to `pushText`, and those before each 1,024th of their lines. */
  private textBytes = 0;
  private readonly lineStarts: number[] = [];
  /** Bytes of the slices that were appended, and where some of their lines begin. */
  private appendedBytes = 0;
  private readonly places = { lines: [] as number[], starts: [] as number[] };
  /** Lines of the slices that were appended, and how many of them were clipped. */
  private appendedLines = 0;
  private appendedClips = 0;
  private appendedLimits = 0;
  private readonly watch: LineWatch;
  /** Lines of other scans that the watch has counted before. */
  private readonly limitedBefore: number;

  /** State of the record that is being read. */
  private recordLine = 0;
  private recordEvent = 0;
  private recordTime = NaN;
  /** Blocks that have been given times, as far as any are known. */
  private timedBlocks = 0;
  /** For each block the line of its last entry: a record that names a block twice belongs to it once. */
  private lastLines = new Uint32Array(1024);

  private readonly table = new BlockTable(Infinity, Infinity);
  /** One of 2 to the power of so many sessions is kept; undefined as long as nothing is left out. */
  private sampleBits: number | undefined;
  private isSettled = false;

  /**
   * @param reading how the log is read
   * @param onRecord called for every record, for those who want more than the blocks
   * @param gate lets the records of a time range through; all if left out
   * @param mostBytes that what is kept of the log takes
   * @throws UserError if the format cannot be used
   */
  constructor(
    private readonly reading: LogReading,
    private readonly onRecord?: (record: RecordView) => void,
    private readonly gate?: TimeGate,
    private readonly mostBytes = MAX_BYTES,
  ) {
    this.decoder = new ByteDecoder((bytes) => this.splitter.push(bytes), reading.text);
    this.reader = new NotationHeader(reading.format, new Chronology());
    this.watch = reading.watch ?? new LineWatch();
    this.limitedBefore = this.watch.limitedLines;
    const { firstBytesInWords } = reading.sessionKey;
    this.keysInWords = firstBytesInWords !== undefined;
    if (firstBytesInWords !== undefined) {
      reading.events.markBytes(firstBytesInWords);
    }
  }

  /**
   * Takes the next bytes of the log, as they are on disk.
   * @throws NotTextError once its beginning shows that it is no text
   * @throws CancelledError if the watch has asked and the scan is no longer wanted
   */
  push(chunk: Uint8Array): void {
    this.decoder.push(chunk);
    this.leaveOut();
  }

  /** Takes the next bytes of whole lines of a log, or the log's last bytes, in UTF-8 without byte order mark. */
  pushText(bytes: Uint8Array): void {
    this.textBytes += bytes.length;
    this.splitter.push(bytes);
  }

  /** Says that the lines given to {@link pushText} are complete, and gives what they hold. The scan is of no use then. */
  takeSlice(): LogSlice {
    this.splitter.end();
    const blockCount = this.table.count;
    return {
      keys: this.table.keys(),
      entries: this.entries.take(),
      firstTimes: this.firstTimes.slice(0, blockCount),
      lastTimes: this.lastTimes.slice(0, blockCount),
      continuations: this.continuations.pairs(),
      leadingLines: this.leadingLines,
      lastRecord: this.recordLine,
      bytes: this.textBytes,
      lineStarts: Float64Array.from(this.lineStarts),
      lines: this.lines,
      records: this.records,
      unknownRecords: this.unknownRecords,
      clippedLines: this.splitter.clippedCount,
      limitedLines: this.limitedLines,
    };
  }

  /** Takes the lines that come after those that were taken so far, scanned by themselves. */
  append(slice: LogSlice): void {
    const before = this.lines;
    const { continuations } = slice;
    if (this.recordLine > 0 && slice.leadingLines > 0) {
      this.addContinuations(slice.leadingLines);
    }
    const blockOf = this.table.append(slice.keys);
    this.entries.append(slice.entries, blockOf, before);
    const kept = this.sampleBits === undefined ? undefined : new Set(slice.entries.flatMap(linesOf));
    for (let i = 0; i < continuations.length; i += 2) {
      const line = before + continuations[i];
      if (kept === undefined || kept.has(line)) {
        this.continuations.add(line, continuations[i + 1]);
      }
    }
    for (let i = 0; i < blockOf.length; i++) {
      if (blockOf[i] !== NO_BLOCK) {
        this.widenTimes(blockOf[i], slice.firstTimes[i], slice.lastTimes[i]);
      }
    }
    if (slice.lastRecord > 0) {
      this.recordLine = before + slice.lastRecord;
    }
    slice.lineStarts.forEach((start, i) => {
      this.places.lines.push(before + 1 + i * LINES_APART);
      this.places.starts.push(this.appendedBytes + start);
    });
    this.appendedBytes += slice.bytes;
    this.appendedLines += slice.lines;
    this.appendedClips += slice.clippedLines;
    this.appendedLimits += slice.limitedLines;
    this.records += slice.records;
    this.unknownRecords += slice.unknownRecords;
    this.leaveOut();
  }

  /**
   * Where some lines of the slices that were appended begin.
   * @param bytesBefore bytes of the file before the first slice
   */
  linePlaces(bytesBefore: number): LinePlaces {
    const { lines, starts } = this.places;
    return { lines: Uint32Array.from(lines), starts: Float64Array.from(starts, (start) => bytesBefore + start) };
  }

  /**
   * Says that the log is complete and gives its blocks.
   * @throws NotTextError if it is no text
   */
  finish(): ScannedLog {
    if (this.appendedLines === 0) {
      this.decoder.end();
      this.splitter.end();
    }
    this.leaveOut();
    const { entries, ...counted } = this.soFar();
    this.table.complete();
    return { blocks: entries.group(counted.blockCount), ...counted };
  }

  /** Says that the blocks keep their numbers from now on: what is kept is kept, and grows with the log. */
  settle(): void {
    this.isSettled = true;
  }

  /** Says that the log goes on in another file: what comes does not continue the last record. */
  endRecord(): void {
    this.recordLine = 0;
  }

  /**
   * What was read so far, but for a line that is not complete; more may be pushed after it. The encoding is settled by it.
   * @throws NotTextError if it is no text
   */
  soFar(): LogSoFar {
    if (this.appendedLines === 0) {
      this.decoder.settle();
    }
    const blockCount = this.table.count;
    return {
      entries: this.entries,
      blockCount,
      keyOf: (block) => this.table.key(block),
      firstTimes: this.firstTimes.subarray(0, blockCount),
      lastTimes: this.lastTimes.subarray(0, blockCount),
      continuations: this.continuations,
      lines: this.lines,
      records: this.records,
      unknownRecords: this.unknownRecords,
      clippedLines: this.appendedClips + this.splitter.clippedCount,
      limitedLines: this.limitedLines,
      sample: this.sampleBits === undefined ? undefined : { step: 2 ** this.sampleBits, longest: LONGEST_SESSION },
    };
  }

  private get limitedLines(): number {
    return this.appendedLimits + this.watch.limitedLines - this.limitedBefore;
  }

  /** Leaves sessions out until what is kept takes no more memory than it may. */
  private leaveOut(): void {
    while (!this.isSettled && this.bytes() > this.mostBytes) {
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

  private bytes(): number {
    const { table, entries, continuations } = this;
    return (
      SESSION_BYTES * table.count +
      KEY_BYTES * table.keyBytes +
      ENTRY_BYTES * entries.length +
      CONTINUATION_BYTES * continuations.length
    );
  }

  /** The last record has more lines, which count unless it is left out. */
  private addContinuations(lines: number): void {
    if (this.sampleBits === undefined || this.entries.lastLine === this.recordLine) {
      this.continuations.add(this.recordLine, lines);
    }
  }

  private takeLine(bytes: Uint8Array, start: number, end: number, line: number): void {
    const { header } = this;
    this.watch.beginLine();
    if (line % LINES_APART === 1) {
      this.lineStarts.push(this.splitter.lineOffset);
    }
    if (!this.reader.match(bytes, start, end, header)) {
      if (start === end) {
        this.emptyLines++;
      }
      if (this.recordLine > 0) {
        this.addContinuations(1);
      } else {
        this.leadingLines++;
      }
      return;
    }
    if (this.gate?.takes(header.time, header.zone, line) === false) {
      this.recordLine = 0;
      return;
    }
    const { contentStart, contentEnd } = header;
    let event = this.reading.events.eventOf(bytes, contentStart, contentEnd);
    if (event < 0) {
      event = UNKNOWN_EVENT;
      this.unknownRecords++;
    }
    this.records++;
    this.recordLine = line;
    this.recordEvent = event;
    this.recordTime = header.time;
    const { sessionKey, events } = this.reading;
    const words = this.keysInWords ? events.markedWords : undefined;
    if (words === undefined) {
      sessionKey.find(bytes, contentStart, end, this.takeKey);
    } else {
      for (let i = 0; i < words.count; i++) {
        sessionKey.find(bytes, words.starts[i], words.ends[i], this.takeKey);
      }
    }
    this.onRecord?.({ bytes, line, header, event });
  }

  private readonly takeKey = (bytes: Uint8Array, start: number, end: number): void => {
    const block = this.table.numberOf(bytes, start, end);
    if (block === NO_BLOCK) {
      return;
    }
    const { recordLine, recordTime } = this;
    this.widenTimes(block, recordTime, recordTime);
    if (this.lastLines[block] !== recordLine) {
      this.lastLines[block] = recordLine;
      this.entries.add(block, this.recordEvent, recordLine);
    }
  };

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
