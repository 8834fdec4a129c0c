import type { Hooks } from '../detectors/imageScorer';
import type { GrowingVerdict, VerdictSoFar } from './growingVerdict';

/** A log of fewer records teaches too little of what comes later; with more bytes it is not read anew whatever it holds. */
const LEAST_RECORDS = 1000;
const MOST_BYTES = 1 << 20;

/** A verdict that is learned from what the log has at its first judgement. */
export interface LearnedVerdict extends GrowingVerdict {
  /** Records that it was learned from; 0 before. */
  readonly learnedRecords: number;
}

/** What has happened to a log: more of it came, its last line was taken as complete, or it went on in another file. */
type Step = Uint8Array | 'endLine' | 'newFile';

/**
 * A growing log that is learned anew with all that has come, format and session key too, as long as it is short: who
 * follows a log from its first lines on is else told of all that was not among them.
 */
export class ShortLog implements GrowingVerdict {
  private steps: Step[] | undefined = [];
  private bytes = 0;
  private isJudged = false;
  private verdict: LearnedVerdict;

  /**
   * @param begin makes a verdict of nothing yet
   * @param beginning of the log, its first bytes as far as they are known
   */
  constructor(
    private readonly begin: (beginning: Uint8Array) => LearnedVerdict,
    beginning: Uint8Array,
  ) {
    this.verdict = begin(beginning);
  }

  push(bytes: Uint8Array): void {
    this.note(this.steps && bytes.slice());
    this.verdict.push(bytes);
  }

  endLine(): boolean {
    this.note('endLine');
    return this.verdict.endLine();
  }

  beginFile(): void {
    this.note('newFile');
    this.verdict.beginFile();
  }

  async judge(hooks?: Hooks): Promise<VerdictSoFar> {
    if (this.steps !== undefined && this.isJudged) {
      await this.verdict.release();
      this.verdict = this.begun(this.steps);
    }
    const found = await this.verdict.judge(hooks);
    this.isJudged = true;
    if (this.verdict.learnedRecords >= LEAST_RECORDS) {
      this.steps = undefined;
    }
    return found;
  }

  release(): Promise<void> {
    return this.verdict.release();
  }

  /** A verdict that has gone through the same. */
  private begun(steps: readonly Step[]): LearnedVerdict {
    const known = steps.filter((step) => step instanceof Uint8Array);
    const beginning = new Uint8Array(known.reduce((sum, { length }) => sum + length, 0));
    let end = 0;
    for (const bytes of known) {
      beginning.set(bytes, end);
      end += bytes.length;
    }
    const verdict = this.begin(beginning);
    for (const step of steps) {
      if (step === 'endLine') {
        verdict.endLine();
      } else if (step === 'newFile') {
        verdict.beginFile();
      } else {
        verdict.push(step);
      }
    }
    return verdict;
  }

  private note(step: Step | undefined): void {
    if (this.steps === undefined || step === undefined) {
      return;
    }
    this.steps.push(step);
    this.bytes += step instanceof Uint8Array ? step.length : 0;
    if (this.bytes > MOST_BYTES) {
      this.steps = undefined;
    }
  }
}
