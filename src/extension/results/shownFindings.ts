import type { Finding } from '../../core/findings/finding';
import type { FindingKind } from '../../core/findings/findingKind';
import { strengthOf, type Strength } from '../../core/findings/strength';
import { Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import type { ScanOutcome } from './resultsStore';

/** How much is shown: what is very likely; that and what is likely; and more of what is less likely too. */
export const AMOUNTS = ['few', 'usual', 'more'] as const;

export type Amount = (typeof AMOUNTS)[number];

/** What else a finding has to be to be shown; what is left out does not matter. */
export interface FindingFilter {
  /** Stands in its message, template or session, whatever the case. */
  text?: string;
  kind?: FindingKind;
  strength?: Strength;
}

/** Blocks below the threshold that are shown as usual. */
const LESS_LIKELY = 10;

/** Says which findings are shown, of all that are known: nothing is scanned again for it. */
export class ShownFindings extends Disposable {
  private amountShown: Amount = 'usual';
  private filterSet: FindingFilter = {};
  private readonly changes = this.register(new Emitter<'amount' | 'filter'>());
  private kept = new WeakMap<ScanOutcome, readonly number[]>();

  /** Fires after each change. */
  readonly onDidChange = this.changes.event;

  get amount(): Amount {
    return this.amountShown;
  }

  set amount(amount: Amount) {
    this.amountShown = amount;
    this.changed('amount');
  }

  get filter(): FindingFilter {
    return this.filterSet;
  }

  set filter(filter: FindingFilter) {
    this.filterSet = filter;
    this.changed('filter');
  }

  get isFiltered(): boolean {
    const { text, kind, strength } = this.filterSet;
    return text !== undefined || kind !== undefined || strength !== undefined;
  }

  /** Places of the findings of an outcome that are shown, highest score first. */
  of(outcome: ScanOutcome): readonly number[] {
    let kept = this.kept.get(outcome);
    if (kept === undefined) {
      const { findings, summary } = outcome;
      kept = [...findings.keys()].filter((i) => this.shows(findings[i], summary.threshold));
      this.kept.set(outcome, kept);
    }
    return kept;
  }

  /** The findings of an outcome that are sure enough, whatever the filter of the view. */
  sureEnough({ findings, summary }: ScanOutcome): readonly Finding[] {
    return this.amountShown === 'few'
      ? findings.filter((finding) => this.isSureEnough(finding, summary.threshold))
      : findings;
  }

  /** Whether a finding of an outcome is shown. */
  has({ findings, summary }: ScanOutcome, index: number): boolean {
    return index < findings.length && this.shows(findings[index], summary.threshold);
  }

  /** Places of the blocks below the threshold that are shown, the most suspicious first. */
  suspectsOf({ suspects, summary }: ScanOutcome): readonly number[] {
    if (this.amountShown === 'few') {
      return [];
    }
    const kept = [...suspects.keys()].filter((i) => this.passes(suspects[i], summary.threshold));
    return this.amountShown === 'more' ? kept : kept.slice(0, LESS_LIKELY);
  }

  private shows(finding: Finding, threshold: number): boolean {
    return this.isSureEnough(finding, threshold) && this.passes(finding, threshold);
  }

  private isSureEnough(finding: Finding, threshold: number): boolean {
    return this.amountShown !== 'few' || strengthOf(finding, threshold) === 'very-likely';
  }

  private passes(finding: Finding, threshold: number): boolean {
    const { text, kind, strength } = this.filterSet;
    return (
      (kind === undefined || finding.kind === kind) &&
      (strength === undefined || strengthOf(finding, threshold) === strength) &&
      (text === undefined ||
        [finding.text ?? '', finding.template, finding.block].some((own) => own.toLowerCase().includes(text)))
    );
  }

  private changed(what: 'amount' | 'filter'): void {
    this.kept = new WeakMap();
    this.changes.fire(what);
  }
}
