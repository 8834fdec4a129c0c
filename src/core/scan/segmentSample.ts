import { partitionPoint } from '../numeric/bisect';
import { areFew, EntrySample, FULL_SHARE, PRECIOUS_SHARE, type SampleOf } from './entrySample';
import type { NewEntry } from './recordEntries';

/** Entries that are kept or left out together: many more than a network looks back. */
export const SEGMENT = 4096;
/** Entries before and after a precious one that are kept with it: what a network looks back, and what may follow from it. */
const BEFORE = 10;
const AFTER = 5;

/**
 * The entries of a stream, of which every second, fourth, eighth … segment is kept when there are too many, with the
 * first entries of each form and those around them, at most a quarter of what there is room for, and the latest segment.
 */
export class SegmentSample extends EntrySample {
  /** The first entry of the latest segment. */
  private segmentStart = 0;
  /** Ascending; after each but the last some entries were left out. */
  private runs: Run[] = [{ first: 0, place: 0 }];
  private precious = 0;
  /** How many of the next entries are precious for what came before them. */
  private ahead = 0;

  add(entry: NewEntry, _session: number): boolean {
    const { entries } = this;
    if (this.step > 1 && this.count % SEGMENT === 0 && !this.isSettled) {
      this.endSegment();
    }
    this.count++;
    entries.add(entry, 0);
    const last = entries.length - 1;
    if (areFew(entry.rank)) {
      const isRoom = this.precious < PRECIOUS_SHARE * this.most;
      for (
        let near = isRoom ? Math.max(0, last - BEFORE) : last;
        near <= last && (isRoom || entry.rank === 1);
        near++
      ) {
        this.treasure(near);
      }
      this.ahead = isRoom ? AFTER : 0;
    } else if (this.ahead > 0) {
      this.ahead--;
      this.treasure(last);
    }
    return true;
  }

  leaveOut(): void {
    do {
      this.step *= 2;
      this.retain(0, Math.floor((this.count - 1) / SEGMENT));
    } while (this.length > FULL_SHARE * this.most && this.step < this.count);
  }

  override forget(): void {
    super.forget();
    this.runs = [{ first: 0, place: 0 }];
  }

  get sample(): SampleOf {
    const gaps = Uint32Array.from(this.runs.slice(1), ({ first }) => first);
    return { unit: 'segment', step: this.step, entries: this.count, gaps };
  }

  private treasure(entry: number): void {
    this.precious += this.entries.treasure(entry) ? 1 : 0;
  }

  /** Leaves the latest segment out, unless its turn is to be kept. */
  private endSegment(): void {
    const next = Math.floor(this.count / SEGMENT);
    if ((next - 1) % this.step !== 0) {
      this.retain(this.segmentStart, next);
    }
    this.segmentStart = this.length;
  }

  /** @param latest segment, which is kept */
  private retain(from: number, latest: number): void {
    const { entries, runs, step } = this;
    const kept = new Uint32Array(entries.length - from);
    let count = 0;
    const later = runs.splice(
      Math.max(
        1,
        partitionPoint(runs, ({ first }) => first < from),
      ),
    );
    const last = runs[runs.length - 1];
    const moved = [{ first: from, place: last.place + from - last.first }, ...later];
    let before = moved[0].place - 1;
    this.segmentStart = -1;
    moved.forEach((run, k) => {
      const end = moved[k + 1]?.first ?? entries.length;
      for (let entry = run.first; entry < end; entry++) {
        const place = run.place + entry - run.first;
        const segment = Math.floor(place / SEGMENT);
        if (segment % step !== 0 && segment !== latest && !entries.isPrecious(entry)) {
          continue;
        }
        if (place !== before + 1) {
          runs.push({ first: from + count, place });
        }
        if (this.segmentStart < 0 && segment === latest) {
          this.segmentStart = from + count;
        }
        before = place;
        kept[count++] = entry;
      }
    });
    entries.retain(from, kept.subarray(0, count));
    if (before + 1 !== this.count) {
      runs.push({ first: this.length, place: this.count });
    }
  }
}

/** Entries that directly followed each other in the log: the first of them, and which one of the log it is. */
interface Run {
  first: number;
  place: number;
}
