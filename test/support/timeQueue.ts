interface Entry<T> {
  time: number;
  order: number;
  item: T;
}

/** Gives items back in the order of their times, equal times in the order they came: a binary heap. */
export class TimeQueue<T> {
  private readonly heap: Entry<T>[] = [];
  private pushed = 0;

  push(time: number, item: T): void {
    const { heap } = this;
    const entry = { time, order: this.pushed++, item };
    let i = heap.push(entry) - 1;
    for (let parent = (i - 1) >> 1; i > 0 && isBefore(entry, heap[parent]); parent = (i - 1) >> 1) {
      heap[i] = heap[parent];
      i = parent;
    }
    heap[i] = entry;
  }

  /** Time of the next item, Infinity if there is none. */
  get nextTime(): number {
    return this.heap.length > 0 ? this.heap[0].time : Infinity;
  }

  /** Takes the next item out; undefined if there is none. */
  pop(): T | undefined {
    const { heap } = this;
    const first = heap[0] as Entry<T> | undefined;
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) {
      let i = 0;
      for (;;) {
        let child = 2 * i + 1;
        if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) {
          child++;
        }
        if (child >= heap.length || !isBefore(heap[child], last)) {
          break;
        }
        heap[i] = heap[child];
        i = child;
      }
      heap[i] = last;
    }
    return first?.item;
  }
}

function isBefore<T>(a: Entry<T>, b: Entry<T>): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
