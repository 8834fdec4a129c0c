import type { Uri } from 'vscode';
import { Disposable } from '../base/disposable';
import type { ResultsStore } from './resultsStore';

/** The good logs that files are judged against because the user has said so; kept as long as the results of the file. */
export class ChosenGoodLogs extends Disposable {
  private readonly paths = new Map<string, readonly string[]>();

  constructor(store: Pick<ResultsStore, 'onDidChange'>) {
    super();
    this.register(
      store.onDidChange(({ kind, results: { uri, outcome } }) => {
        if (kind === 'removed') {
          this.delete(uri);
        } else if (kind === 'renamed' && outcome?.options.baseline !== undefined) {
          this.paths.set(uri.toString(), outcome.options.baseline);
        }
      }),
    );
  }

  /** Absolute paths of the good logs that were chosen for a file; undefined without a choice. */
  get(file: Uri): readonly string[] | undefined {
    return this.paths.get(file.toString());
  }

  /** Keeps the choice for a file: absolute paths of its good logs. */
  set(file: Uri, paths: readonly string[]): void {
    this.paths.set(file.toString(), paths);
  }

  /** Forgets the choice for a file. */
  delete(file: Uri): void {
    this.paths.delete(file.toString());
  }
}
