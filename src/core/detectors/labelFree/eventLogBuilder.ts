import { doubled } from '../../doubled';
import { ERROR, UNKNOWN_LEVEL, WARN } from '../../formats/level';
import type { EventLog, EventTemplate, LogKind, Severity } from './eventLog';

/** Templates by the provisional events that a TemplateMiner gave; see its `finish`. */
export interface MinedTemplates {
  templates: readonly string[];
  eventOf: ArrayLike<number>;
}

const LEVELS = 8;

/** Collects the records of a log, as they are read, into an {@link EventLog}. */
export class EventLogBuilder {
  private length = 0;
  /** Per entry its provisional event and level in one number; once it is {@link numbered}, its template. */
  private marks = new Uint32Array(1024);
  private sequences = new Uint32Array(1024);
  private blocks = new Uint32Array(1024);
  private sequenceCount = 0;
  private blockCount = 0;
  /** Entries that have their templates. */
  private numbered = 0;
  private readonly templates: EventTemplate[] = [];
  /** Templates by event and severity, and by mark. */
  private readonly numbers = new Map<string, number>();
  private readonly byMark = new Map<number, number>();

  /**
   * Adds a record, or a record once more for a further block that it belongs to.
   * @param event provisional event of a TemplateMiner
   * @param level number of a level, see level.ts
   */
  add(event: number, level: number, sequence: number, block: number): void {
    if (this.length === this.marks.length) {
      this.marks = doubled(this.marks);
      this.sequences = doubled(this.sequences);
      this.blocks = doubled(this.blocks);
    }
    this.marks[this.length] = event * LEVELS + level;
    this.sequences[this.length] = sequence;
    this.blocks[this.length] = block;
    this.length++;
    this.sequenceCount = Math.max(this.sequenceCount, sequence + 1);
    this.blockCount = Math.max(this.blockCount, block + 1);
  }

  /**
   * The log, once the templates are known; records of one template but different severity have different ones. More may be
   * added after it if the templates are frozen; what was given stays as it is.
   */
  finish(mined: MinedTemplates, kind: LogKind): EventLog {
    const { marks, length } = this;
    for (; this.numbered < length; this.numbered++) {
      const mark = marks[this.numbered];
      marks[this.numbered] = this.byMark.get(mark) ?? this.numberOf(mark, mined);
    }
    return {
      templates: this.templates.slice(),
      events: marks.subarray(0, length),
      sequences: this.sequences.subarray(0, length),
      sequenceCount: this.sequenceCount,
      blocks: this.blocks.subarray(0, length),
      blockCount: this.blockCount,
      kind,
    };
  }

  /** Drops all entries; templates keep their numbers, and what was given stays as it is. */
  forget(): void {
    this.length = 0;
    this.numbered = 0;
    this.sequenceCount = 0;
    this.blockCount = 0;
    this.marks = new Uint32Array(1024);
    this.sequences = new Uint32Array(1024);
    this.blocks = new Uint32Array(1024);
  }

  private numberOf(mark: number, mined: MinedTemplates): number {
    const event = mined.eventOf[Math.floor(mark / LEVELS)];
    const severity = severityOf(mark % LEVELS);
    const key = `${event} ${severity}`;
    const number = this.numbers.get(key) ?? this.templates.push({ text: mined.templates[event], severity }) - 1;
    this.numbers.set(key, number);
    this.byMark.set(mark, number);
    return number;
  }
}

function severityOf(level: number): Severity {
  return level === UNKNOWN_LEVEL ? 'unknown' : level >= ERROR ? 'error' : level === WARN ? 'warning' : 'normal';
}
