import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { baseName } from '../base/baseName';
import { Disposable } from '../base/disposable';
import { isoTime } from '../../core/formats/timeLayout';
import { timeOf, titleOf } from '../../node/reports/findingWords';
import { timeText } from '../../node/reports/reportContent';
import { rangeOf, timelineSvg, type TimelineMark, type TimelineRange } from '../../node/reports/timelineSvg';
import { activeResource } from '../results/logFiles';
import type { FileResults, ResultsStore } from '../results/resultsStore';
import type { FindingReference } from './navigation';
import { timelinePage, type ShownTimeline, type TimelineRequest } from './timelinePage';

const HEIGHT = 110;
/** Findings that are marked, those of the highest scores: more cannot be told apart. */
const MOST_MARKS = 500;
/** Width of the picture before the page has told its own. */
const WIDTH = 300;
/** The shortest time that is zoomed to, in intervals of the counts. */
const FEWEST_INTERVALS = 4;

/** Shows how many records a log has over its time, and its findings there: of the log in the active editor, or the last one. */
export class TimelineView extends Disposable implements vscode.WebviewViewProvider {
  private view: vscode.WebviewView | undefined;
  private shown: FileResults | undefined;
  private range: TimelineRange | undefined;
  private width = WIDTH;

  constructor(
    private readonly store: ResultsStore,
    private readonly t: typeof vscode.l10n.t,
  ) {
    super();
    this.register(vscode.window.registerWebviewViewProvider('logcnn.timeline', this));
    this.register(
      store.onDidChange(({ kind, results }) => {
        if (kind === 'completed' || kind === 'removed' || kind === 'renamed') {
          this.choose(kind === 'completed' ? results : undefined);
        }
      }),
    );
    this.register(vscode.window.onDidChangeActiveTextEditor(() => this.choose(undefined)));
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { t } = this;
    this.view = view;
    view.webview.options = { enableScripts: true, localResourceRoots: [] };
    view.webview.html = timelinePage(randomBytes(16).toString('base64url'), {
      language: vscode.env.language,
      wholeLog: t('Whole Log'),
      picture: t('Records over time, with findings as marks'),
    });
    view.webview.onDidReceiveMessage((request: TimelineRequest) => this.take(request));
    view.onDidChangeVisibility(() => this.draw());
    view.onDidDispose(() => (this.view = undefined));
    this.choose(undefined);
  }

  /** @param latest results that are to be shown if no editor shows others */
  private choose(latest: FileResults | undefined): void {
    const active = activeResource();
    const ofEditor = active && this.store.get(active);
    const known = this.shown && this.store.get(this.shown.uri);
    const next = [ofEditor, latest, known, ...this.store.all].find(
      (results) => results?.outcome?.summary.timeline !== undefined,
    );
    if (next?.uri.toString() !== this.shown?.uri.toString()) {
      this.range = undefined;
    }
    this.shown = next;
    this.draw();
  }

  private draw(): void {
    if (this.view?.visible === true) {
      void this.view.webview.postMessage(this.timeline());
    }
  }

  private timeline(): ShownTimeline {
    const { t, shown, width } = this;
    const outcome = shown?.outcome;
    const timeline = outcome?.summary.timeline;
    if (shown === undefined || outcome === undefined || timeline === undefined) {
      return { title: '', svg: '', note: t('No log with times has been scanned.'), isZoomed: false };
    }
    const marks = outcome.findings.slice(0, MOST_MARKS).flatMap((finding, index): TimelineMark[] => {
      const time = timeOf(finding);
      const label = `${finding.firstTime ?? ''} ${titleOf(finding)}`;
      return time === undefined ? [] : [{ time, label, target: `#${index}` }];
    });
    const range = this.range ?? rangeOf(timeline);
    return {
      title: baseName(shown.uri),
      svg: timelineSvg(timeline, marks, { width, height: HEIGHT }, range),
      note: t('{0} to {1}', shownTime(range.start), shownTime(range.end)),
      isZoomed: this.range !== undefined,
    };
  }

  /** What comes from the page is of no type that could be relied on. */
  private take(request: TimelineRequest): void {
    switch (request.type) {
      case 'size':
        if (Number.isFinite(request.width) && request.width > 0 && request.width !== this.width) {
          this.width = Math.min(4000, Math.round(request.width));
        }
        this.draw();
        return;
      case 'open':
        this.open(request.target);
        return;
      case 'zoom':
        this.zoom(request.from, request.to);
        this.draw();
    }
  }

  private open(target: unknown): void {
    const index = /^#(\d{1,7})$/.exec(String(target))?.[1];
    if (index !== undefined && this.shown?.outcome?.findings[Number(index)] !== undefined) {
      const reference: FindingReference = { file: this.shown.uri.toString(), finding: Number(index) };
      void vscode.commands.executeCommand('logcnn.openFinding', reference);
    }
  }

  private zoom(from: number | undefined, to: number | undefined): void {
    const timeline = this.shown?.outcome?.summary.timeline;
    if (timeline === undefined || !Number.isFinite(from) || !Number.isFinite(to)) {
      this.range = undefined;
      return;
    }
    const { start, end } = this.range ?? rangeOf(timeline);
    const whole = rangeOf(timeline);
    const { width } = timeline;
    const aligned = (share: number): number => Math.round((start + share * (end - start) - whole.start) / width);
    const first = Math.max(0, aligned(Math.min(from!, to!)));
    const last = Math.min(
      (whole.end - whole.start) / width,
      Math.max(first + FEWEST_INTERVALS, aligned(Math.max(from!, to!))),
    );
    const begin = Math.max(0, Math.min(first, last - FEWEST_INTERVALS));
    this.range = { start: whole.start + begin * width, end: whole.start + last * width };
  }
}

function shownTime(time: number): string {
  return timeText(isoTime(time) ?? '');
}
