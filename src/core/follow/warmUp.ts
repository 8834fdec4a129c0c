import type { Hooks } from '../cancellation';
import type { Verdict } from '../verdict/verdict';
import type { LogFollower } from './logFollower';

/**
 * A log of fewer records teaches too little of what comes later; with more bytes it is learned from once more and not read
 * anew after that, whatever it holds.
 */
const MIN_RECORDS = 1000;
const MAX_BYTES = 1 << 20;

/** What has happened to a log: more of it came, its last line was taken as complete, or it went on in another file. */
type Step = Uint8Array | 'endLine' | 'newFile';

/** Makes a follower to which nothing has come yet. */
export type BeginFollower = (
  /** The first bytes of the log as far as they are known. */
  beginning: Uint8Array,
) => LogFollower;

/**
 * A growing log that is learned anew with all that has come, format and session key too, as long as it is short: who
 * follows a log from its first lines on is else shown all that was not among them. Whether its sessions are alike is
 * decided anew with that too: a few of them tell little of those that come.
 */
export class WarmUp implements LogFollower {
  private steps: Step[] | undefined = [];
  private bytes = 0;
  /** None before the first update, unless the log is long: what decides how it is read is all that has come by then. */
  private follower: LogFollower | undefined;
  /** A follower that another has taken the place of, to be released. */
  private outdated: LogFollower | undefined;

  constructor(private readonly begin: BeginFollower) {}

  get learnedRecords(): number {
    return this.follower?.learnedRecords ?? 0;
  }

  push(bytes: Uint8Array): void {
    this.take(bytes);
  }

  endLine(): boolean {
    return this.take('endLine');
  }

  beginFile(): void {
    this.take('newFile');
  }

  async makeRoom(hooks?: Hooks): Promise<void> {
    await this.follower?.makeRoom(hooks);
  }

  async update(hooks?: Hooks): Promise<Verdict> {
    const follower = this.steps === undefined ? this.follower! : this.beginAnew(this.steps);
    await this.releaseOutdated();
    const verdict = await follower.update(hooks);
    if (follower.learnedRecords >= MIN_RECORDS) {
      this.steps = undefined;
    }
    return verdict;
  }

  async release(): Promise<void> {
    await this.releaseOutdated();
    await this.follower?.release();
  }

  private async releaseOutdated(): Promise<void> {
    const { outdated } = this;
    this.outdated = undefined;
    await outdated?.release();
  }

  private take(step: Step): boolean {
    const { steps } = this;
    if (steps === undefined) {
      return takeStep(this.follower!, step);
    }
    steps.push(step instanceof Uint8Array ? step.slice() : step);
    this.bytes += step instanceof Uint8Array ? step.length : 0;
    if (this.bytes > MAX_BYTES) {
      // It will be learned from once more; to begin with that now spares keeping all bytes until then.
      this.steps = undefined;
      this.beginAnew(steps);
      return true;
    }
    return this.follower === undefined || takeStep(this.follower, step);
  }

  /** Puts a follower that has gone through the same in place of this one. */
  private beginAnew(steps: readonly Step[]): LogFollower {
    const known = steps.filter((step) => step instanceof Uint8Array);
    const beginning = new Uint8Array(known.reduce((sum, { length }) => sum + length, 0));
    let end = 0;
    for (const bytes of known) {
      beginning.set(bytes, end);
      end += bytes.length;
    }
    const follower = this.begin(beginning);
    steps.forEach((step) => takeStep(follower, step));
    this.outdated = this.follower;
    this.follower = follower;
    return follower;
  }
}

/** @returns whether it changed anything */
function takeStep(follower: LogFollower, step: Step): boolean {
  if (step === 'endLine') {
    return follower.endLine();
  }
  if (step === 'newFile') {
    follower.beginFile();
  } else {
    follower.push(step);
  }
  return true;
}
