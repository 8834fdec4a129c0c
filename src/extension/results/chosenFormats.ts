import type { Memento, Uri } from 'vscode';
import { Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';

const KEY = 'chosenFormats';

/** The log formats that were chosen for single files, kept over sessions of the editor as their language modes are. */
export class ChosenFormats extends Disposable {
  private readonly changes = this.register(new Emitter<Uri>());

  /** Fires after another format was chosen for a file. */
  readonly onDidChange = this.changes.event;

  /** @param memory of the workspace */
  constructor(private readonly memory: Pick<Memento, 'get' | 'update'>) {
    super();
  }

  /** The format chosen for a file; empty if it is to be detected whatever the settings say, undefined without a choice. */
  get(file: Uri): string | undefined {
    return this.all()[file.toString()];
  }

  /** Keeps the choice for a file. */
  async set(file: Uri, format: string): Promise<void> {
    await this.memory.update(KEY, { ...this.all(), [file.toString()]: format });
    this.changes.fire(file);
  }

  private all(): Record<string, string> {
    return this.memory.get<Record<string, string>>(KEY) ?? {};
  }
}
