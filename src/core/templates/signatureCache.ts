/** Signatures that are kept at most; beyond, the cache starts afresh. Bounds memory to 20 MB on hostile logs. */
const MAXIMUM_ENTRIES = 1 << 20;

/** Marks a free slot: no event has this number. */
const FREE = -2;

/** Remembers the event of each signature: an open-addressing table over typed arrays with linear probing. */
export class SignatureCache {
  private lows = new Int32Array(1024);
  private highs = new Int32Array(1024);
  private events = new Int32Array(1024).fill(FREE);
  private size = 0;

  /** The event kept for the signature, or `undefined`. Events are −1 (unknown) or a template's index. */
  get(low: number, high: number): number | undefined {
    const mask = this.events.length - 1;
    let slot = (low ^ high) & mask;
    for (;;) {
      const event = this.events[slot];
      if (event === FREE) {
        return undefined;
      }
      if (this.lows[slot] === low && this.highs[slot] === high) {
        return event;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** Keeps the event of a signature that {@link get} does not know. */
  set(low: number, high: number, event: number): void {
    if (2 * this.size >= this.events.length) {
      this.grow();
    }
    const mask = this.events.length - 1;
    let slot = (low ^ high) & mask;
    while (this.events[slot] !== FREE) {
      slot = (slot + 1) & mask;
    }
    this.lows[slot] = low;
    this.highs[slot] = high;
    this.events[slot] = event;
    this.size++;
  }

  private grow(): void {
    const { lows, highs, events } = this;
    const full = this.size >= MAXIMUM_ENTRIES;
    const capacity = full ? 1024 : 2 * events.length;
    this.lows = new Int32Array(capacity);
    this.highs = new Int32Array(capacity);
    this.events = new Int32Array(capacity).fill(FREE);
    this.size = 0;
    if (full) {
      return;
    }
    for (let slot = 0; slot < events.length; slot++) {
      if (events[slot] !== FREE) {
        this.set(lows[slot], highs[slot], events[slot]);
      }
    }
  }
}
