import { basename } from 'node:path';
import { escapeControls } from '../../core/findings/escapeControls';
import type { Finding } from '../../core/findings/finding';
import { durationText, findingText, kindText, reasonsOf, type Language } from '../../core/findings/wording';
import type { FileResults, ScanProgress, Staleness } from './resultsStore';
import type { Strength } from '../../core/findings/strength';
import type { Translate } from '../base/translate';

/** The sentences that several features show, in one place so that they say the same. */
export class ResultMessages {
  /** In which findings are told. */
  private readonly wording: Language;

  /** @param language of the user's display, for numbers */
  constructor(
    private readonly t: Translate,
    private readonly language: string,
  ) {
    this.wording = { translate: (sentence) => t(sentence), number: (value) => this.number(value) };
  }

  /** One sentence about a finding: what it is, of which message, and why. */
  finding(finding: Finding): string {
    return findingText(finding, this.wording);
  }

  /** What a finding is, in a word or two. */
  kind({ kind }: Pick<Finding, 'kind'>): string {
    return kindText(kind, this.wording);
  }

  /** Why a finding is one: at most two reasons. */
  reasons(finding: Finding): string[] {
    return reasonsOf(finding, this.wording);
  }

  /** What a finding is and why, without the message of its line. */
  why(finding: Finding): string {
    const reasons = this.reasons(finding);
    return [this.kind(finding), ...(reasons.length === 0 ? [] : [reasons.join('; ')])].join(' · ');
  }

  /** Three decimals; a score below 1 is never shown as 1. */
  score(score: number): string {
    return (Math.floor(score * 1000) / 1000).toFixed(3);
  }

  number(value: number): string {
    return value.toLocaleString(this.language);
  }

  /** Time of the day, for example `14:03:22`. */
  private time(milliseconds: number): string {
    return new Date(milliseconds).toLocaleTimeString(this.language);
  }

  /** Time of the day, with the date where that is another one than today. */
  private moment(milliseconds: number): string {
    const [moment, today] = [new Date(milliseconds), new Date()];
    const isToday = moment.toDateString() === today.toDateString();
    return moment.toLocaleString(this.language, {
      ...(isToday ? {} : { month: 'short', day: 'numeric' }),
      hour: '2-digit',
      minute: '2-digit',
    });
  }

  lineCount(count: number): string {
    return count === 1 ? this.t('1 line') : this.t('{0} lines', this.number(count));
  }

  blockCount(count: number): string {
    return count === 1 ? this.t('1 anomalous block') : this.t('{0} anomalous blocks', this.number(count));
  }

  /** For example `0.998 · 12 lines · ×3`. */
  figures(finding: Finding): string {
    const parts = [this.score(finding.score), this.lineCount(finding.lines.length)];
    if (finding.count > 1) {
      parts.push(`×${this.number(finding.count)}`);
    }
    return parts.join(' · ');
  }

  /** How sure a finding is. */
  strength(strength: Strength): string {
    switch (strength) {
      case 'very-likely':
        return this.t('very likely');
      case 'likely':
        return this.t('likely');
      case 'less-likely':
        return this.t('less likely');
    }
  }

  duration(milliseconds: number): string {
    return durationText(milliseconds, this.wording);
  }

  /** The name of a block: a window of one line is that line. */
  block(block: string): string {
    return block.replace(/(^|:)(L\d+)-\2$/, '$1$2');
  }

  findingCount(count: number): string {
    return count === 1 ? this.t('1 finding') : this.t('{0} findings', this.number(count));
  }

  /** How far a scan is, for example `42 %`; undefined progress is a scan that waits for its turn. */
  progress(progress: ScanProgress | undefined): string {
    if (progress === undefined) {
      return this.t('waiting');
    }
    const percent = progress.total === 0 ? 100 : Math.floor((100 * progress.done) / progress.total);
    switch (progress.phase) {
      case 'reading':
        return this.t('reading {0} %', percent);
      case 'judging':
        return this.t('judging {0} %', percent);
      case 'explaining':
        return this.t('explaining {0} %', percent);
    }
  }

  staleness(staleness: Staleness): string {
    switch (staleness) {
      case 'changed':
        return this.t('file has changed since the scan');
      case 'edited':
        return this.t('unsaved edits were not scanned');
      case 'settings':
        return this.t('settings have changed since the scan');
      case 'gone':
        return this.t('the file is gone');
      case 'goodLog':
        return this.t('a good log has changed since the scan');
    }
  }

  /**
   * What the row of a file says beside its name.
   * @param shown how many of its findings are; all if left out
   */
  fileState(results: FileResults, shown?: number): string {
    const older = (results.rotated?.length ?? 1) - 1;
    const state = this.scanState(results, shown);
    return older === 0 ? state : `${this.rotatedFiles(older)} · ${state}`;
  }

  /** Without the log's path, which the row has already: it would leave no room for the cause. */
  private failedScan({ uri, outcome }: FileResults, failure: string): string {
    const cause = escapeControls(failure.startsWith(uri.fsPath) ? failure.slice(uri.fsPath.length).trim() : failure);
    return outcome === undefined
      ? this.t('scan failed: {0}', cause)
      : this.t('scan failed, below are the results of the scan before: {0}', cause);
  }

  private rotatedFiles(count: number): string {
    return count === 1 ? this.t('and 1 rotated file') : this.t('and {0} rotated files', this.number(count));
  }

  private scanState(results: FileResults, shown?: number): string {
    if (results.scanning) {
      return this.progress(results.progress);
    }
    if (results.failure !== undefined) {
      return this.failedScan(results, results.failure);
    }
    const { anomalous, suppressed = 0, format, baselines = [] } = results.outcome!.summary;
    const parts = [
      shown !== undefined && shown < anomalous
        ? this.t('{0} of {1} findings', this.number(shown), this.number(anomalous))
        : anomalous === 0
          ? this.t('no findings')
          : this.findingCount(anomalous),
    ];
    if (suppressed > 0) {
      parts.push(this.t('{0} suppressed', this.number(suppressed)));
    }
    if (results.following !== undefined) {
      parts.push(this.t('following, {0}', this.time(results.following.lastUpdate)));
    }
    if (results.staleness !== undefined) {
      parts.push(results.staleness === 'gone' ? this.staleness('gone') : this.t('out of date'));
    }
    const from = results.outcome!.restoredFrom;
    if (from !== undefined && results.following === undefined) {
      parts.push(this.t('from {0}', this.moment(from)));
    }
    if (baselines.length > 0) {
      parts.push(this.t('against {0}', baselines.map((path) => escapeControls(basename(path))).join(', ')));
    }
    return [...parts, format].join(' · ');
  }
}
