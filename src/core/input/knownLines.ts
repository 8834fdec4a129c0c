import { goldenStep, mixed } from '../numeric/hash';
import { ByteView } from './byteView';

/** Lines that are kept at most, and how many of them may have hashes that begin alike. */
const BUCKETS = 2048;
const WAYS = 4;
/** Longer lines are not kept. */
const LONGEST = 512;

/** Remembers what some lines say, by all their bytes, so that it need not be found out again. */
export class KnownLines {
  private readonly lines: (DataView | undefined)[] = Array.from({ length: BUCKETS * WAYS }, () => undefined);
  private readonly texts = Array.from({ length: BUCKETS * WAYS }, () => '');
  private readonly byteView = new ByteView();

  /** What was {@link set} for a line with the same bytes; undefined if it is not known any more. */
  get(bytes: Uint8Array, start: number, end: number): string | undefined {
    const view = this.byteView.of(bytes);
    const first = bucketOf(view, start, end);
    for (let slot = first; slot < first + WAYS; slot++) {
      const line = this.lines[slot];
      if (line === undefined) {
        return undefined;
      }
      if (line.byteLength === end - start && isSame(line, view, start)) {
        return this.texts[slot];
      }
    }
    return undefined;
  }

  /** Keeps what a line says that {@link get} does not know, in place of another one if there is no room. */
  set(bytes: Uint8Array, start: number, end: number, text: string): void {
    if (end - start > LONGEST) {
      return;
    }
    let slot = bucketOf(this.byteView.of(bytes), start, end);
    const last = slot + WAYS - 1;
    while (slot < last && this.lines[slot] !== undefined) {
      slot++;
    }
    this.lines[slot] = new DataView(bytes.slice(start, end).buffer);
    this.texts[slot] = text;
  }
}

function bucketOf(view: DataView, start: number, end: number): number {
  let hash = end - start;
  for (let position = start; position + 4 <= end; position += 4) {
    hash = goldenStep(hash, view.getInt32(position));
  }
  return (mixed(hash) & (BUCKETS - 1)) * WAYS;
}

function isSame(line: DataView, view: DataView, start: number): boolean {
  const length = line.byteLength;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    if (line.getInt32(i) !== view.getInt32(start + i)) {
      return false;
    }
  }
  for (; i < length; i++) {
    if (line.getUint8(i) !== view.getUint8(start + i)) {
      return false;
    }
  }
  return true;
}
