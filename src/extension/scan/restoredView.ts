import type { Memento } from 'vscode';
import { Disposable } from '../base/disposable';
import type { SavedResults } from '../results/savedResults';
import type { ResultsTree } from '../tree/resultsTree';
import type { FollowCommands } from './followCommand';

const SORT_ORDER = 'sortOrder';

/** Shows what was found in earlier sessions once the view is seen for the first time, in the order that was chosen there. */
export class RestoredView extends Disposable {
  private isRestored = false;

  constructor(
    private readonly tree: ResultsTree,
    private readonly saved: Pick<SavedResults, 'restore'>,
    private readonly follows: Pick<FollowCommands, 'offer'>,
    private readonly memory: Pick<Memento, 'get' | 'update'>,
  ) {
    super();
    this.register(tree.onDidSort((order) => void memory.update(SORT_ORDER, order)));
    this.register(tree.view.onDidChangeVisibility(({ visible }) => visible && this.restore()));
    if (tree.view.visible) {
      void this.restore();
    }
  }

  private async restore(): Promise<void> {
    if (this.isRestored) {
      return;
    }
    this.isRestored = true;
    if (this.memory.get(SORT_ORDER) === 'position') {
      this.tree.sort('position');
    }
    const followed = await this.saved.restore();
    if (followed.length > 0) {
      await this.follows.offer(followed);
    }
  }
}
