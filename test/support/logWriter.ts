import { Random } from '../../src/core/numeric/random';

/** A log of an invented program, and what is wrong in it. */
export interface ServiceLog {
  text: string;
  /** The lines of the fault, counted from 1, first and last; undefined in a healthy log. */
  fault?: { first: number; last: number };
}

/** Collects the lines of a log under a clock that goes on between them. */
export class LogWriter {
  readonly random: Random;
  private readonly lines: string[] = [];
  private fault: ServiceLog['fault'];

  constructor(
    seed: number,
    private time: number,
  ) {
    this.random = new Random(seed);
  }

  /** The time of the next line, some milliseconds after that of the last one. */
  tick(longest: number): Date {
    this.time += 1 + this.random.below(longest);
    return new Date(this.time);
  }

  add(...lines: string[]): void {
    this.lines.push(...lines);
  }

  /** Adds the lines of the fault. */
  fail(...lines: string[]): void {
    this.fault = { first: this.lines.length + 1, last: this.lines.length + lines.length };
    this.add(...lines);
  }

  log(): ServiceLog {
    return { text: `${this.lines.join('\n')}\n`, fault: this.fault };
  }
}

/** When the logs begin, in milliseconds since 1970. */
export const EPOCH = Date.UTC(2024, 4, 13, 6, 30, 0);
