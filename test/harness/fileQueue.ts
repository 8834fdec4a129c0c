import type { ChildProcess } from 'node:child_process';

/** What a process that runs test files asks its parent: what it printed for the last file, for which it gets another. */
export interface FileRequest {
  printed: string;
}

/** The answer: the next test file; none is left without one. */
export interface HandedFile {
  file?: string | undefined;
}

/**
 * The test files of a part, handed to the processes that run them: whoever is done first takes the next, so that all
 * are busy to the end. What a file prints is printed in one piece, because processes that print together would mix.
 */
export class FileQueue {
  readonly #left: string[];
  readonly #running = new Map<ChildProcess, string>();

  /**
   * @param files the order in which they are handed out
   * @param print prints what the tests of a file have printed
   */
  constructor(
    files: readonly string[],
    private readonly print: (text: string) => void,
  ) {
    this.#left = [...files];
  }

  /** Serves a process until it has no more wishes. */
  serve(child: ChildProcess): void {
    child.on('message', ({ printed }: FileRequest) => {
      if (printed !== '') this.print(printed);
      const file = this.#left.shift();
      if (file === undefined) this.#running.delete(child);
      else this.#running.set(child, file);
      child.send({ file } satisfies HandedFile);
    });
  }

  /** Files that were never begun, or begun and not ended. */
  get unfinished(): string[] {
    return [...this.#running.values(), ...this.#left];
  }
}
