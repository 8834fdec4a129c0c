import { UserError } from '../../src/core/errors/userError';
import { CancelledError } from '../../src/core/cancellation';
import type { CaseEnd } from '../fuzzCase';
import { demand, Fault, shown } from '../fault';

/** A message may repeat a setting, however long, but no whole file. */
const LONGEST_MESSAGE = 1 << 16;

/**
 * Runs something that may refuse its input.
 * @throws Fault if it refuses in any other way than by a sentence for the user
 */
export async function refusable(run: () => Promise<unknown>): Promise<CaseEnd> {
  try {
    await run();
    return 'accepted';
  } catch (error) {
    if (error instanceof Fault) {
      throw error;
    }
    checkRefusal(error);
    return 'refused';
  }
}

/** @throws Fault if an error is none for the user, or says it badly */
export function checkRefusal(error: unknown): void {
  if (error instanceof CancelledError) {
    return;
  }
  if (!(error instanceof UserError)) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const where = /\/(src\/[^:)]+:\d+)/.exec(trace)?.[1] ?? 'unknown place';
    throw new Fault(`unexpected ${error instanceof Error ? error.constructor.name : typeof error} at ${where}`, trace);
  }
  checkSentence(error.message);
}

/**
 * What it quotes may hold control characters and line ends: whoever shows a message takes care of them, see checkRun.
 * @throws Fault if a message is no sentence for the user
 */
export function checkSentence(message: string): void {
  demand('refusal without a sentence', /^\S[^]*\S\.$/.test(message), () => shown(message));
  demand('refusal with a stack trace', !/ at \S+ \(.*:\d+:\d+\)/.test(message), () => shown(message));
  demand('refusal that is very long', message.length <= LONGEST_MESSAGE, () => `${message.length}: ${shown(message)}`);
}
