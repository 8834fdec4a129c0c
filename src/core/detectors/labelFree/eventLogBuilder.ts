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
  /** Per entry its provisional event and level in one number. */
  private marks = new Uint32Array(1024);
  private sequences = new Uint32Array(1024);
  private blocks = new Uint32Array(1024);
  private sequenceCount = 0;
  private blockCount = 0;

  /**
   * Adds a record, or a record once more for a further block that it belongs to.
   * @param event provisional event of a TemplateMiner
   * @param level number of a level, see level.ts
   */
  add(event: number, level: number, sequence: number, block: number): void {
    if (this.length === this.marks.length) {
      this.marks = enlarge(this.marks);
      this.sequences = enlarge(this.sequences);
      this.blocks = enlarge(this.blocks);
    }
    this.marks[this.length] = event * LEVELS + level;
    this.sequences[this.length] = sequence;
    this.blocks[this.length] = block;
    this.length++;
    this.sequenceCount = Math.max(this.sequenceCount, sequence + 1);
    this.blockCount = Math.max(this.blockCount, block + 1);
  }

  /** The log, once the templates are known; records of one template but different severity have different ones. */
  finish(mined: MinedTemplates, kind: LogKind): EventLog {
    const templates: EventTemplate[] = [];
    const numbers = new Map<string, number>();
    /** Per mark its number + 1. */
    const byMark = new Uint32Array(LEVELS * mined.eventOf.length);
    const numberOf = (mark: number): number => {
      const event = mined.eventOf[Math.floor(mark / LEVELS)];
      const severity = severityOf(mark % LEVELS);
      const key = `${event} ${severity}`;
      const number = numbers.get(key) ?? templates.push({ text: mined.templates[event], severity }) - 1;
      numbers.set(key, number);
      byMark[mark] = number + 1;
      return number;
    };
    const events = new Uint32Array(this.length);
    for (let entry = 0; entry < events.length; entry++) {
      const mark = this.marks[entry];
      events[entry] = byMark[mark] > 0 ? byMark[mark] - 1 : numberOf(mark);
    }
    return {
      templates,
      events,
      sequences: this.sequences.slice(0, this.length),
      sequenceCount: this.sequenceCount,
      blocks: this.blocks.slice(0, this.length),
      blockCount: this.blockCount,
      kind,
    };
  }
}

function severityOf(level: number): Severity {
  return level === UNKNOWN_LEVEL ? 'unknown' : level >= ERROR ? 'error' : level === WARN ? 'warning' : 'normal';
}

function enlarge(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * array.length);
  larger.set(array);
  return larger;
}
