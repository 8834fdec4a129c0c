import * as vscode from 'vscode';
import { CATALOGUE } from '../../core/formats/catalogue';
import type { ChosenFormats } from '../results/chosenFormats';
import { Disposable } from '../base/disposable';
import { activeResource } from '../results/logFiles';
import type { FileResults, ResultsStore } from '../results/resultsStore';
import type { ResultNode } from '../tree/treeModel';

const NOTATION = '<Date> <Time> <Level> <Component>: <Content>';

interface FormatItem extends vscode.QuickPickItem {
  /** Name of a format; empty to have it detected, undefined to ask for a pattern. */
  format?: string;
}

/** The command that chooses the log format of a scanned file and scans it again. */
export class FormatPicker extends Disposable {
  constructor(
    private readonly store: ResultsStore,
    private readonly chosen: ChosenFormats,
    private readonly t: typeof vscode.l10n.t,
  ) {
    super();
    this.register(vscode.commands.registerCommand('logcnn.chooseLogFormat', (node?: ResultNode) => this.choose(node)));
  }

  private async choose(node: ResultNode | undefined): Promise<void> {
    const active = activeResource();
    const results = node?.kind === 'file' ? node.results : ((active && this.store.get(active)) ?? this.store.all.at(0));
    if (results === undefined) {
      return;
    }
    const format = await this.pick(results);
    if (format !== undefined) {
      await this.chosen.set(results.uri, format);
      await vscode.commands.executeCommand('logcnn.rescan', { kind: 'file', results } satisfies ResultNode);
    }
  }

  private async pick({ uri, outcome }: FileResults): Promise<string | undefined> {
    const items: FormatItem[] = [
      { label: this.t('Detect automatically'), iconPath: new vscode.ThemeIcon('sparkle'), format: '' },
      { label: this.t('Give a pattern…'), iconPath: new vscode.ThemeIcon('regex') },
      { label: '', kind: vscode.QuickPickItemKind.Separator },
      ...CATALOGUE.map(({ name, title }) => ({ label: title, description: name, format: name })),
    ];
    const item = await vscode.window.showQuickPick(items, {
      title: this.t('Choose Log Format'),
      placeHolder: outcome && this.t('Read as: {0}', outcome.summary.format),
      matchOnDescription: true,
    });
    return item === undefined ? undefined : (item.format ?? this.askForPattern(this.chosen.get(uri)));
  }

  private askForPattern(known: string | undefined): Thenable<string | undefined> {
    return vscode.window.showInputBox({
      title: this.t('Choose Log Format'),
      prompt: this.t(
        'How records begin, with a field in angle brackets for each part, or a regular expression with (?<content>…)',
      ),
      value: known?.includes('<') ? known : NOTATION,
      validateInput: (text) =>
        /<Content>|\(\?P?<(content|message|msg)>/i.test(text)
          ? undefined
          : this.t('Say where the message is: with <Content>, or with (?<content>…) in a regular expression.'),
    });
  }
}
