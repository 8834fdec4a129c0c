import type { DisposableLike } from './disposable';

/** Subscribes a listener until the result is disposed. */
export type Event<T> = (listener: (value: T) => void) => DisposableLike;

/** An event source as VS Code's own, for modules that do not import vscode. */
export class Emitter<T> implements DisposableLike {
  private readonly listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of [...this.listeners]) {
      listener(value);
    }
  }

  dispose(): void {
    this.listeners.clear();
  }
}
