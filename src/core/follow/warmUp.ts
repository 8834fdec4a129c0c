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

/** Makes a verdict of nothing yet. */
export type BeginVerdict = (
  /** The first bytes of the log as far as they are known. */
  beginning: Uint8Array,
) => LogFollower;

/**
 * A growing log that is learned anew with all that has come, format and session key too, as long as it is short: who
 * follows a log from its first lines on is else told of all that was not among them. Whether its sessions are alike is
 * decided anew with that too: a few of them tell little of those that come.
 */
export class WarmUp implements LogFollower {
  private steps: Step[] | undefined = [];
  private bytes = 0;
  private isJudged = false;
  private verdict: LogFollower;
  /** A verdict that another has taken the place of, to be released. */
  private outdated: LogFollower | undefined;

  /** @param beginning of the log, its first bytes as far as they are known */
  constructor(
    private readonly begin: BeginVerdict,
    beginning: Uint8Array,
  ) {
    this.verdict = begin(beginning);
  }

  get learnedRecords(): number {
    return this.verdict.learnedRecords;
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

  makeRoom(hooks?: Hooks): Promise<void> {
    return this.verdict.makeRoom(hooks);
  }

  async judge(hooks?: Hooks): Promise<Verdict> {
    if (this.steps !== undefined && this.isJudged) {
      this.beginAnew(this.steps);
    }
    await this.releaseOutdated();
    const found = await this.verdict.judge(hooks);
    this.isJudged = true;
    if (this.verdict.learnedRecords >= MIN_RECORDS) {
      this.steps = undefined;
    }
    return found;
  }

  async release(): Promise<void> {
    await this.releaseOutdated();
    await this.verdict.release();
  }

  private async releaseOutdated(): Promise<void> {
    const { outdated } = this;
    this.outdated = undefined;
    await outdated?.release();
  }

  private take(step: Step): boolean {
    const { steps } = this;
    if (steps !== undefined) {
      steps.push(step instanceof Uint8Array ? step.slice() : step);
      this.bytes += step instanceof Uint8Array ? step.length : 0;
      if (this.bytes > MAX_BYTES) {
        this.steps = undefined;
        if (this.isJudged) {
          // It will be learned from once more; to begin with that now spares keeping all bytes until then.
          this.beginAnew(steps);
          return true;
        }
      }
    }
    return takeStep(this.verdict, step);
  }

  /** Puts a verdict that has gone through the same in place of this one. */
  private beginAnew(steps: readonly Step[]): void {
    const known = steps.filter((step) => step instanceof Uint8Array);
    const beginning = new Uint8Array(known.reduce((sum, { length }) => sum + length, 0));
    let end = 0;
    for (const bytes of known) {
      beginning.set(bytes, end);
      end += bytes.length;
    }
    const verdict = this.begin(beginning);
    steps.forEach((step) => takeStep(verdict, step));
    this.outdated = this.verdict;
    this.verdict = verdict;
  }
}

/** @returns whether it changed anything */
function takeStep(verdict: LogFollower, step: Step): boolean {
  if (step === 'endLine') {
    return verdict.endLine();
  }
  if (step === 'newFile') {
    verdict.beginFile();
  } else {
    verdict.push(step);
  }
  return true;
}
