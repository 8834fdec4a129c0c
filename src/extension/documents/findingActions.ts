import * as vscode from 'vscode';
import { Disposable } from '../base/disposable';
import { notificationText } from '../base/plainText';
import { shownError } from '../base/shownError';
import type { WorkerClient } from '../engine/workerClient';
import { isShownInEditor } from '../results/largeFiles';
import { openAtLine } from '../results/logFiles';
import { placeOf, textsOf } from '../results/logPlaces';
import { causeMarkdown } from '../../node/reports/markdownReport';
import { causeOf, LINE_LENGTH } from '../../node/reports/reportContent';
import type { ResultMessages } from '../results/resultMessages';
import type { FindingReference } from '../tree/navigation';
import type { ResultNode } from '../tree/treeModel';
import { exactFinding, exactTextsOf } from './exactTexts';
import type { FindingTarget, TargetFinding } from './findingTarget';
import { likePattern } from './likePattern';

/** Lines of a finding that are copied at most, and characters of each. */
const MOST_LINES = 10_000;
const COPIED_LENGTH = 65_536;

/** What can be done with a finding: copy it in some form, or look for others like it. */
export class FindingActions extends Disposable {
  constructor(
    private readonly target: FindingTarget,
    private readonly client: WorkerClient,
    messages: ResultMessages,
    private readonly t: typeof vscode.l10n.t,
  ) {
    super();
    this.command('logcnn.copyText', (target) => this.copyLines(target, [target.finding.line]));
    this.command('logcnn.copyReason', ({ finding }) => vscode.env.clipboard.writeText(messages.finding(finding)));
    this.command('logcnn.copyLines', (target) =>
      this.copyLines(target, [...target.finding.lines.subarray(0, MOST_LINES)]),
    );
    this.command('logcnn.copyMarkdown', (target) => this.copyMarkdown(target));
    this.command('logcnn.findLikeThis', (target) => findLikeThis(target));
  }

  private command(name: string, run: (target: TargetFinding) => Thenable<void>): void {
    this.register(
      vscode.commands.registerCommand(name, async (named?: ResultNode | FindingReference) => {
        const target = this.target.of(named);
        if (target === undefined) {
          return;
        }
        try {
          await run(target);
        } catch (error) {
          void vscode.window.showErrorMessage(notificationText(shownError(error, this.t)));
        }
      }),
    );
  }

  private async copyLines({ results }: TargetFinding, lines: readonly number[]): Promise<void> {
    const texts = await textsOf(this.client, results, lines, COPIED_LENGTH);
    await vscode.env.clipboard.writeText(texts.join('\n'));
  }

  private async copyMarkdown({ results, finding }: TargetFinding): Promise<void> {
    const { summary } = results.outcome!;
    const textsFor = exactTextsOf(this.client, results, LINE_LENGTH);
    const cause = await causeOf(exactFinding(finding), textsFor, summary.lines);
    await vscode.env.clipboard.writeText(causeMarkdown(cause));
  }
}

/** Opens the log at the finding and the editor's search for lines of the same form. */
async function findLikeThis({ results, finding }: TargetFinding): Promise<void> {
  const searchString = likePattern(finding.template);
  const { uri, documentUri, line } = placeOf(results, finding.line);
  if (isShownInEditor(results, finding.line)) {
    await openAtLine(documentUri, line);
    await vscode.commands.executeCommand('editor.actions.findWithArgs', { searchString, isRegex: true });
  } else {
    const filesToInclude = vscode.workspace.asRelativePath(uri);
    await vscode.commands.executeCommand('workbench.action.findInFiles', {
      query: searchString,
      isRegex: true,
      triggerSearch: true,
      filesToInclude,
    });
  }
}
