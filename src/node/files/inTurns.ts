import { setImmediate as nextTurn } from 'node:timers/promises';
import { refuseIfCancelled, type Hooks } from '../../core/cancellation';
import type { Steps } from '../../core/patterns/steps';

/**
 * Runs a computation and lets the event loop take turns in its pauses: without one a program never hears of Ctrl+C.
 * @throws CancelledError if the hooks say so in a pause
 */
export async function inTurns<T>(steps: Steps<T>, hooks: Pick<Hooks, 'isCancelled'>): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) {
      return value;
    }
    await nextTurn();
    refuseIfCancelled(hooks);
  }
}
