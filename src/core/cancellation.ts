/** Stops a computation that its caller no longer wants. */
export class CancelledError extends Error {
  constructor() {
    super('cancelled');
  }
}

/** How a long computation speaks with its caller. */
export interface Hooks {
  /** Called now and then with how much of the whole is done. */
  onProgress?: (done: number, total: number) => void;
  /** Asked now and then; once it says true the computation ends with a {@link CancelledError}. */
  isCancelled?: () => boolean;
}

/** @throws CancelledError if the hooks say so */
export function refuseIfCancelled(hooks: Pick<Hooks, 'isCancelled'>): void {
  if (hooks.isCancelled?.()) {
    throw new CancelledError();
  }
}
