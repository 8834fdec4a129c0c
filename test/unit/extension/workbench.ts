import * as vscode from 'vscode';
import type { Finding, ScanSummary } from '../../../src/core/findings/finding';
import type { WorkerClient } from '../../../src/extension/engine/workerClient';
import { configurationState } from '../../../src/extension/results/configurationFiles';
import { documentOf, goodLogsState } from '../../../src/extension/results/logFiles';
import { ResultsStore, type FileResults, type ScanOutcome } from '../../../src/extension/results/resultsStore';
import { ShownFindings } from '../../../src/extension/results/shownFindings';
import { ResultMessages } from '../../../src/extension/results/resultMessages';
import { fake } from '../../support/fakeVscode';
import { outcome } from './fixtures';

/** The parts that most features of the extension are made with, and what stands for the worker. */
class Workbench {
  readonly t = vscode.l10n.t;
  readonly messages = new ResultMessages(this.t, 'en');
  readonly store = new ResultsStore(documentOf);
  readonly shown = new ShownFindings();
  /** What was asked of the worker for texts of lines. */
  readonly linesAsked: { path: string; lines: number[] }[] = [];
  /** Set to let the worker say that it cannot read a file. */
  unreadable: Error | undefined;
  /** The decompressed texts of files. */
  readonly texts = new Map<string, { bytes: Uint8Array; truncated: boolean }>();
  private readonly parts: { dispose(): unknown }[] = [];

  /** Gives each line the text `line N of PATH`. */
  readonly client: WorkerClient = {
    lines: async (path: string, lines: readonly number[], maximumLength: number) => {
      this.linesAsked.push({ path, lines: [...lines] });
      if (this.unreadable) throw this.unreadable;
      return lines.map((line) => `line ${line} of ${path}`.slice(0, maximumLength));
    },
    headedLines: async (path: string, lines: readonly number[], maximumLength: number) => ({
      texts: await this.client.lines(path, lines, maximumLength),
      messageStarts: new Uint32Array(lines.length).fill('line '.length),
      times: new Float64Array(lines.length).fill(NaN),
    }),
    text: async (path: string) => this.texts.get(path)!,
  } as unknown as WorkerClient;

  /** Keeps a part until the end of the test. */
  own<T extends { dispose(): unknown }>(part: T): T {
    this.parts.push(part);
    return part;
  }

  dispose(): void {
    for (const part of this.parts.reverse()) part.dispose();
    this.store.dispose();
  }

  /** Puts the results of a complete scan into the store, as the runner does; gives them. */
  async scanned(
    path: string,
    findings: Finding[],
    values: { summary?: Partial<ScanSummary>; outcome?: Partial<ScanOutcome> } = {},
  ): Promise<FileResults> {
    const uri = vscode.Uri.file(path);
    if (!fake.files.has(path)) fake.write(path);
    const { size, mtime } = fake.files.get(path)!;
    this.store.begin(uri);
    this.store.complete(uri, {
      ...outcome(findings, values.summary),
      file: { size, mtime },
      configuration: await configurationState(uri),
      goodLogs: await goodLogsState(values.summary?.baselines ?? []),
      ...values.outcome,
    });
    await fake.settled();
    return this.store.get(uri)!;
  }
}

/** Gives each test of the calling suite an editor and a workbench of its own. */
export function useWorkbench(): () => Workbench {
  let workbench: Workbench;
  beforeEach(() => {
    fake.reset();
    workbench = new Workbench();
  });
  afterEach(() => workbench.dispose());
  return () => workbench;
}
