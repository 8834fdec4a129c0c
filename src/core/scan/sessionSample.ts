import { grown } from '../numeric/columns';
import { areFew, EntrySample, FULL_SHARE, type SampleOf } from './entrySample';
import type { NewEntry } from './recordEntries';

/** Share of the entries that one session may have once some are left out, halved for as long as that is not enough, and the least. */
const LONGEST_SHARE = 1 / 64;
const SHORTEST = 16;
/** Share of the entries that may be sessions which are kept for a precious one. */
const MAX_TREASURED = 1 / 256;

/** What a session is that has no number: not met yet, or left out. Numbers stand behind these. */
const UNMET = 0;
const LEFT_OUT = 1;
const NUMBERED = 2;

/**
 * The entries of a log of sessions, of which every second, fourth, eighth … session is kept when there are too many, with
 * those that have one of the first records of a form. Very long sessions are cut then, but for such records.
 */
export class SessionSample extends EntrySample {
  /** Entries that a session may have. */
  private longest = LONGEST_SHARE * this.most;
  /** Once some are left out: what each session is; the session of each number, and how many entries it has. */
  private states = new Uint32Array(1024);
  private kept: number[] = [];
  private lengths: number[] = [];

  /** The session, as it was given, of a number in the event log. */
  sessionOf(number: number): number {
    return this.step === 1 ? number : this.kept[number];
  }

  add(entry: NewEntry, session: number): boolean {
    const { entries } = this;
    this.count++;
    let number = session;
    if (this.step > 1) {
      number = this.numberOf(session);
      if (number < 0 || (this.lengths[number] >= this.longest && !areFew(entry.rank) && !this.isSettled)) {
        return false;
      }
      this.lengths[number]++;
    }
    entries.add(entry, number);
    if (areFew(entry.rank)) {
      entries.treasure(entries.length - 1);
    }
    return true;
  }

  leaveOut(): void {
    for (;;) {
      this.step *= 2;
      this.retain();
      if (this.length <= FULL_SHARE * this.most || this.longest <= SHORTEST) {
        return;
      }
      this.longest /= 2;
    }
  }

  override forget(): void {
    super.forget();
    this.states = new Uint32Array(1024);
    this.kept = [];
    this.lengths = [];
  }

  get sample(): SampleOf {
    return { unit: 'session', step: this.step, entries: this.count, gaps: new Uint32Array(0) };
  }

  private numberOf(session: number): number {
    if (session >= this.states.length) {
      this.states = grown(this.states, session + 1);
    }
    if (this.states[session] === UNMET) {
      if (session % this.step === 0 || this.isSettled) {
        this.lengths.push(0);
        this.states[session] = NUMBERED + this.kept.push(session) - 1;
      } else {
        this.states[session] = LEFT_OUT;
      }
    }
    return this.states[session] - NUMBERED;
  }

  private retain(): void {
    const { entries } = this;
    let sessions = this.kept.length;
    const treasured = new Set<number>();
    for (let entry = 0; entry < entries.length; entry++) {
      const session = entries.sessionOf(entry);
      sessions = Math.max(sessions, session + 1);
      if (entries.isPrecious(entry) && treasured.size < MAX_TREASURED * this.most) {
        treasured.add(session);
      }
    }
    const before = Array.from({ length: sessions }, (_, number) => this.kept[number] ?? number);
    if (this.states.length <= before[sessions - 1]) {
      this.states = grown(this.states, before[sessions - 1] + 1);
    }
    this.kept = [];
    const numbers = Int32Array.from(before, (session, number) => {
      const isKept = session % this.step === 0 || treasured.has(number);
      this.states[session] = isKept ? NUMBERED + this.kept.length : LEFT_OUT;
      return isKept ? this.kept.push(session) - 1 : -1;
    });
    this.lengths = this.kept.map(() => 0);
    const left = new Uint32Array(entries.length);
    let count = 0;
    for (let entry = 0; entry < entries.length; entry++) {
      const number = numbers[entries.sessionOf(entry)];
      if (number >= 0 && (this.lengths[number] < this.longest || entries.isPrecious(entry))) {
        this.lengths[number]++;
        left[count++] = entry;
      }
    }
    entries.retain(0, left.subarray(0, count), numbers);
  }
}
