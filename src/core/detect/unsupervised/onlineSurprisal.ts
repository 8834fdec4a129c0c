import { CONTEXT } from '../../model/nextEventCnn';
import { UNKNOWN, type NextEventKnowledge } from './nextEventKnowledge';
import type { NextEventNet } from './nextEventNet';
import { END, START } from './windowTable';

/** Windows in one run of a network, and in the least one: it is exactly the same for a window whatever is beside it. */
const CHUNK = 2048;
const MIN_CHUNK = 16;
/** Distinct windows that are remembered with their surprisal; then it starts afresh, which changes nothing but speed. */
const REMEMBERED = 1 << 16;

/** An event that is to be judged. */
export interface LaterEvent {
  /** Templates before it in its sequence, the last one last: all of them, or {@link LOOK_BACK}. */
  before: ArrayLike<number>;
  /** Its template; undefined for the end of a session. */
  template: number | undefined;
}

/** Templates before a record among which those that the networks know are looked for. */
export const LOOK_BACK = 100;

/** Judges events of records that came after a log was learned from. */
export class OnlineSurprisal {
  private readonly remembered = new Map<string, number>();

  /** @param net of the same vocabulary */
  constructor(
    private readonly knowledge: NextEventKnowledge,
    private readonly net: NextEventNet,
  ) {}

  /** −log of the probability of each event after those before it, in nats; see surprisalOf. */
  async of(windows: readonly LaterEvent[]): Promise<Float64Array> {
    const keys = windows.map((window) => this.keyOf(window));
    const fresh = [...new Set(keys)].filter((key) => !this.remembered.has(key));
    if (this.remembered.size + fresh.length > REMEMBERED) {
      this.remembered.clear();
      return this.compute([...new Set(keys)], keys);
    }
    return this.compute(fresh, keys);
  }

  private async compute(fresh: readonly string[], keys: readonly string[]): Promise<Float64Array> {
    for (let start = 0; start < fresh.length; start += CHUNK) {
      const chunk = fresh.slice(start, start + CHUNK);
      (await this.surprisals(chunk)).forEach((surprisal, i) => this.remembered.set(chunk[i], surprisal));
    }
    return Float64Array.from(keys, (key) => this.remembered.get(key)!);
  }

  private async surprisals(keys: readonly string[]): Promise<Float64Array> {
    const { vocabulary, parameters, lastEventShare, pairs, firsts, shares, shareOfUnknown, rare, rareTemplates } =
      this.knowledge;
    const rows = keys.map((key) => Int32Array.from(key, (character) => character.charCodeAt(0) - 1));
    const probabilities = Float64Array.from(rows, (row) => {
      const [last, next] = row.subarray(CONTEXT - 1);
      const probability = next === UNKNOWN || firsts[last] === 0 ? 0 : pairs[last * vocabulary + next] / firsts[last];
      return parameters.length === 0 ? probability : lastEventShare * probability;
    });
    const contexts = new Int32Array(Math.max(MIN_CHUNK, rows.length) * CONTEXT);
    const next = new Int32Array(contexts.length / CONTEXT);
    rows.forEach((row, i) => {
      contexts.set(row.subarray(0, CONTEXT), i * CONTEXT);
      next[i] = Math.max(0, row[CONTEXT]);
    });
    const share = (1 - lastEventShare) / parameters.length;
    for (const trained of parameters) {
      this.net.start(trained);
      const logs = await this.net.logProbabilities(contexts, next);
      rows.forEach((row, i) => {
        probabilities[i] += row[CONTEXT] === UNKNOWN ? 0 : share * Math.exp(logs[i]);
      });
    }
    return probabilities.map((probability, i) => {
      const event = rows[i][CONTEXT];
      const part = event === rare && event !== UNKNOWN ? Math.log(rareTemplates) : 0;
      return part - Math.log(0.5 * probability + 0.5 * (event === UNKNOWN ? shareOfUnknown : shares[event]));
    });
  }

  /** A window as a text: a character for each event of its context and for the one that came next. */
  private keyOf({ before, template }: LaterEvent): string {
    const context: number[] = [];
    for (let i = before.length - 1; i >= Math.max(0, before.length - LOOK_BACK) && context.length < CONTEXT; i--) {
      const event = this.eventOf(before[i]);
      if (event !== UNKNOWN) {
        context.push(event);
      }
    }
    while (context.length < CONTEXT) {
      context.push(START);
    }
    const next = template === undefined ? END : this.eventOf(template);
    return String.fromCharCode(...context.reverse().map((event) => event + 1), next + 1);
  }

  private eventOf(template: number): number {
    const { eventOf, rare } = this.knowledge;
    return template < eventOf.length ? eventOf[template] : rare;
  }
}
