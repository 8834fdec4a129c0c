import { grown } from '../numeric/columns';
import { ERROR, UNKNOWN_LEVEL, WARN } from '../formats/level';
import type { EventLog, EventTemplate, LogKind, Severity } from './eventLog';

/** Templates by the provisional events that a TemplateMiner gave; see its `finish`. */
export interface MinedTemplates {
  templates: readonly string[];
  eventOf: ArrayLike<number>;
}

const LEVELS = 8;

/** How many records there are of each form and level. */
export class FormCounts {
  private counts = new Uint32Array(1024);

  /**
   * Counts a record.
   * @param event provisional event of a TemplateMiner
   * @param level number of a level, see level.ts
   * @returns how many there are with this one
   */
  take(event: number, level: number): number {
    const mark = event * LEVELS + level;
    if (mark >= this.counts.length) {
      this.counts = grown(this.counts, mark + 1);
    }
    return ++this.counts[mark];
  }

  /** Tells each mark, see EventLogBuilder, that has a record, and how many. */
  forEach(visit: (mark: number, count: number) => void): void {
    this.counts.forEach((count, mark) => {
      if (count > 0) {
        visit(mark, count);
      }
    });
  }
}

/** Collects the records of a log, as they are read, into an {@link EventLog}. */
export class EventLogBuilder {
  private length = 0;
  /** Per entry its provisional event and level in one number; once it is {@link numbered}, its template. */
  private marks = new Uint32Array(1024);
  private readonly sequences = new Numbers();
  /** None as long as each block is the sequence of the same number. */
  private blocks: Numbers | undefined;
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
      this.marks = grown(this.marks);
    }
    this.marks[this.length] = event * LEVELS + level;
    if (block !== sequence) {
      this.blocks ??= this.sequences.copy(this.length);
    }
    this.blocks?.set(this.length, block);
    this.sequences.set(this.length, sequence);
    this.length++;
  }

  /** The block of an entry. */
  blockOf(entry: number): number {
    return (this.blocks ?? this.sequences).at(entry);
  }

  /**
   * Drops all entries from one on but for some, before the log is given out.
   * @param kept those, ascending
   * @param numbers new number of each sequence, which is that of its block; they stay if left out
   */
  retain(from: number, kept: Uint32Array, numbers?: Int32Array): void {
    kept.forEach((entry, i) => (this.marks[from + i] = this.marks[entry]));
    this.sequences.retain(from, kept, numbers);
    this.blocks?.retain(from, kept, numbers);
    this.length = from + kept.length;
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
    const sequences = this.sequences.first(length);
    return {
      templates: this.templates.slice(),
      events: marks.subarray(0, length),
      sequences,
      sequenceCount: this.sequences.end,
      blocks: this.blocks?.first(length) ?? sequences,
      blockCount: (this.blocks ?? this.sequences).end,
      kind,
    };
  }

  /** How many records there are of each template of the log, those among them that are no entries. */
  countsOf(forms: FormCounts, mined: MinedTemplates): Uint32Array {
    const counts = new Uint32Array(this.templates.length);
    forms.forEach((mark, count) => {
      const number = this.numbers.get(keyOf(mark, mined));
      if (number !== undefined) {
        counts[number] += count;
      }
    });
    return counts;
  }

  /** Drops all entries; templates keep their numbers, and what was given stays as it is. */
  forget(): void {
    this.length = 0;
    this.numbered = 0;
    this.marks = new Uint32Array(1024);
    this.sequences.forget();
    this.blocks = undefined;
  }

  private numberOf(mark: number, mined: MinedTemplates): number {
    const event = mined.eventOf[Math.floor(mark / LEVELS)];
    const severity = severityOf(mark % LEVELS);
    const key = keyOf(mark, mined);
    const number = this.numbers.get(key) ?? this.templates.push({ text: mined.templates[event], severity }) - 1;
    this.numbers.set(key, number);
    this.byMark.set(mark, number);
    return number;
  }
}

function keyOf(mark: number, mined: MinedTemplates): string {
  return `${mined.eventOf[Math.floor(mark / LEVELS)]} ${severityOf(mark % LEVELS)}`;
}

/** Numbers of entries; no memory is touched as long as all are 0, as in a stream. */
class Numbers {
  /** One more than the highest; 0 if there are none. */
  end = 0;
  private values: Uint32Array | undefined;
  private zeros = new Uint32Array(0);

  set(entry: number, value: number): void {
    this.end = Math.max(this.end, value + 1);
    if (this.values === undefined) {
      if (value === 0) {
        return;
      }
      this.values = new Uint32Array(1024);
    }
    if (entry >= this.values.length) {
      this.values = grown(this.values, entry + 1);
    }
    this.values[entry] = value;
  }

  /** The same numbers of the first entries. */
  copy(length: number): Numbers {
    const copied = new Numbers();
    for (let entry = 0; entry < length; entry++) {
      copied.set(entry, this.at(entry));
    }
    return copied;
  }

  at(entry: number): number {
    return this.values?.[entry] ?? 0;
  }

  first(length: number): Uint32Array {
    if (this.values !== undefined) {
      if (this.values.length < length) {
        this.values = grown(this.values, length);
      }
      return this.values.subarray(0, length);
    }
    if (this.zeros.length < length) {
      this.zeros = new Uint32Array(2 * length);
    }
    return this.zeros.subarray(0, length);
  }

  retain(from: number, kept: Uint32Array, numbers: Int32Array | undefined): void {
    const { values } = this;
    if (values === undefined) {
      return;
    }
    kept.forEach((entry, i) => (values[from + i] = numbers === undefined ? values[entry] : numbers[values[entry]]));
    this.end = 0;
    for (let entry = 0; entry < from + kept.length; entry++) {
      this.end = Math.max(this.end, values[entry] + 1);
    }
  }

  forget(): void {
    this.values = undefined;
    this.end = 0;
  }
}

function severityOf(level: number): Severity {
  return level === UNKNOWN_LEVEL ? 'unknown' : level >= ERROR ? 'error' : level === WARN ? 'warning' : 'normal';
}
