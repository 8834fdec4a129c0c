import * as vscode from 'vscode';
import { FINDING_KINDS } from '../../core/findings/findingKind';
import { STRENGTHS, strengthOf } from '../../core/findings/strength';
import { Disposable } from '../base/disposable';
import type { ResultMessages } from '../results/resultMessages';
import type { ResultsStore } from '../results/resultsStore';
import { AMOUNTS, type Amount, type FindingFilter, type ShownFindings } from '../results/shownFindings';

interface FilterItem extends vscode.QuickPickItem {
  filter: FindingFilter;
}

/** The commands that say which findings are shown: how many, and of which text, kind or strength. */
export class FilterCommands extends Disposable {
  constructor(
    private readonly store: ResultsStore,
    private readonly shown: ShownFindings,
    private readonly messages: ResultMessages,
    private readonly t: typeof vscode.l10n.t,
  ) {
    super();
    const command = (name: string, run: () => unknown) => this.register(vscode.commands.registerCommand(name, run));
    command('logcnn.howMuchToShow', () => this.chooseAmount());
    command('logcnn.filterFindings', () => this.chooseFilter());
    command('logcnn.clearFilter', () => (shown.filter = {}));
  }

  private async chooseAmount(): Promise<void> {
    const details: Record<Amount, [label: string, detail: string]> = {
      few: [this.t('Few'), this.t('What is very likely.')],
      usual: [this.t('Usual'), this.t('All findings, and what is less likely folded away.')],
      more: [this.t('More'), this.t('All findings, and more of what is less likely.')],
    };
    const items = AMOUNTS.map((amount) => {
      const [label, detail] = details[amount];
      return { label, detail, description: amount === this.shown.amount ? this.t('as now') : undefined, amount };
    });
    const item = await vscode.window.showQuickPick(items, { title: this.t('How Much to Show') });
    if (item !== undefined) {
      this.shown.amount = item.amount;
    }
  }

  /** A list of the kinds and strengths that there are; what is typed and is none of them is looked for in the messages. */
  private async chooseFilter(): Promise<void> {
    const pick = vscode.window.createQuickPick<FilterItem>();
    try {
      pick.title = this.t('Filter Findings');
      pick.placeholder = this.t('Words of the message, or a kind');
      const items = this.items();
      pick.items = items;
      pick.onDidChangeValue((value) => {
        const text = value.trim();
        pick.items = text === '' ? items : [this.textItem(text), ...items];
      });
      const chosen = await new Promise<FilterItem | undefined>((resolve) => {
        pick.onDidAccept(() => resolve(pick.selectedItems.at(0)));
        pick.onDidHide(() => resolve(undefined));
        pick.show();
      });
      if (chosen !== undefined) {
        this.shown.filter = chosen.filter;
      }
    } finally {
      pick.dispose();
    }
  }

  private textItem(text: string): FilterItem {
    return {
      label: this.t('Findings with “{0}”', text.replaceAll('$(', '\\$(')),
      alwaysShow: true,
      filter: { text: text.toLowerCase() },
    };
  }

  private items(): FilterItem[] {
    const found = this.store.all.flatMap(({ outcome }) =>
      outcome === undefined
        ? []
        : outcome.findings.map((finding) => ({
            kind: finding.kind,
            strength: strengthOf(finding, outcome.summary.threshold),
          })),
    );
    const counted = (count: number): string => this.messages.findingCount(count);
    const all = this.shown.isFiltered
      ? [{ label: this.t('All Findings'), description: counted(found.length), filter: {} }]
      : [];
    const strengths = STRENGTHS.map((strength) => ({
      label: this.messages.strength(strength),
      count: found.filter((each) => each.strength === strength).length,
      filter: { strength },
    }));
    const kinds = FINDING_KINDS.map((kind) => ({
      label: this.messages.kind({ kind }),
      count: found.filter((each) => each.kind === kind).length,
      filter: { kind },
    }));
    const choices = [...strengths, ...kinds].filter(({ count }) => count > 0);
    return [...all, ...choices.map(({ count, ...item }) => ({ ...item, description: counted(count) }))];
  }
}
