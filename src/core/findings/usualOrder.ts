import type { EventLog } from '../detectors/labelFree/eventLog';

/** A template that has fewer others beside it has no usual ones. */
const LEAST_OCCURRENCES = 10;
/** Share of a template's occurrences beside which another stands, to be the usual one. */
const USUAL = 0.9;
/** How many entries before or after are looked through for the usual one. */
const NEAR = 10;

/** Stands for the beginning or the end of a sequence. */
const BORDER = -1;

/** What usually stands before and after each template in the sequences of a log, and where it does not. */
export class UsualOrder {
  /** Entry before each in its sequence, and after it; −1 at its ends. */
  private readonly previous: Int32Array;
  private readonly next: Int32Array;
  private before: UsualNeighbours | undefined;
  private after: UsualNeighbours | undefined;

  constructor(private readonly log: EventLog) {
    const { events, sequences, sequenceCount } = log;
    this.previous = new Int32Array(events.length);
    this.next = new Int32Array(events.length).fill(-1);
    const last = new Int32Array(sequenceCount).fill(-1);
    sequences.forEach((sequence, entry) => {
      const before = last[sequence];
      this.previous[entry] = before;
      if (before >= 0) {
        this.next[before] = entry;
      }
      last[sequence] = entry;
    });
  }

  /** Whether an entry is the last one of its sequence. */
  isLast(entry: number): boolean {
    return this.next[entry] < 0;
  }

  /**
   * In plain words how an entry is out of order.
   * @param shown how a template is shown
   */
  violation(entry: number, shown: (template: number) => string): string {
    const { events, kind } = this.log;
    const before = this.previous[entry];
    const usual = this.usualBefore(events[entry]);
    if (usual !== undefined && usual !== BORDER && !this.isNear(entry, usual, this.previous)) {
      return `without its usual ${shown(usual)} before it`;
    }
    if (before < 0) {
      return kind === 'sessions' ? 'unexpected as the first line of its session' : 'unexpected at the beginning';
    }
    const previous = events[before];
    if (usual === BORDER && kind === 'sessions') {
      return `usually the first line of its session, here after ${shown(previous)}`;
    }
    const expected = this.usualAfter(previous);
    if (expected === BORDER && kind === 'sessions') {
      return `comes after ${shown(previous)}, usually the last line of its session`;
    }
    if (expected !== undefined && expected !== BORDER && !this.isNear(before, expected, this.next)) {
      return `comes where ${shown(previous)} is usually followed by ${shown(expected)}`;
    }
    if (previous === events[entry]) {
      return 'unexpected right after another such line';
    }
    const usually = expected === undefined || expected === BORDER ? undefined : expected;
    return `unexpected after ${shown(previous)}${usually === undefined ? '' : `, which ${shown(usually)} usually follows`}`;
  }

  /** What usually follows the last entry of a session but does not; undefined if nothing does usually. */
  missingAfter(entry: number): number | undefined {
    const usual = this.usualAfter(this.log.events[entry]);
    return usual === BORDER ? undefined : usual;
  }

  /** Whether a template stands among the entries that follow each other from one on, itself left out. */
  private isNear(entry: number, template: number, links: Int32Array): boolean {
    let at = links[entry];
    for (let i = 0; i < NEAR && at >= 0; i++, at = links[at]) {
      if (this.log.events[at] === template) {
        return true;
      }
    }
    return false;
  }

  private usualBefore(template: number): number | undefined {
    this.before ??= usualNeighbours(this.log, this.previous);
    return this.before.get(template);
  }

  private usualAfter(template: number): number | undefined {
    this.after ??= usualNeighbours(this.log, this.next);
    return this.after.get(template);
  }
}

/** Per template that has one the template that usually stands beside it, or {@link BORDER}. */
type UsualNeighbours = Map<number, number>;

/** The majority of each template's neighbours (Boyer & Moore 1981), where it is large enough. */
function usualNeighbours({ templates, events }: EventLog, links: Int32Array): UsualNeighbours {
  const candidates = new Int32Array(templates.length);
  const lead = new Uint32Array(templates.length);
  const neighbourOf = (entry: number): number => (links[entry] < 0 ? BORDER : events[links[entry]]);
  events.forEach((template, entry) => {
    const neighbour = neighbourOf(entry);
    if (lead[template] === 0) {
      candidates[template] = neighbour;
    }
    lead[template] = candidates[template] === neighbour ? lead[template] + 1 : lead[template] - 1;
  });
  const all = new Uint32Array(templates.length);
  const same = new Uint32Array(templates.length);
  events.forEach((template, entry) => {
    all[template]++;
    same[template] += candidates[template] === neighbourOf(entry) ? 1 : 0;
  });
  const usual: UsualNeighbours = new Map();
  all.forEach((count, template) => {
    if (count >= LEAST_OCCURRENCES && same[template] >= USUAL * count) {
      usual.set(template, candidates[template]);
    }
  });
  return usual;
}
