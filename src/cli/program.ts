import { CancelledError } from '../core/cancellation';
import { UserError } from '../core/errors/userError';
import { discardUnfinishedFiles } from '../node/files/atomicFile';
import { stopWaitingForInput } from '../node/files/openInput';
import { writeError } from '../node/files/writeError';
import { UsageError } from './usageError';
import { tell } from './standardError';

/** Exit codes of all programs. */
export const EXIT = { ok: 0, anomalies: 1, wrong: 2, interrupted: 130 } as const;

/** How a program is run by its entry. */
export interface Program {
  /** Its name, for messages. */
  name: string;
  /** Does the work and gives the exit code. The signal is aborted once the user has pressed Ctrl+C. */
  run: (args: string[], signal: AbortSignal) => Promise<number>;
}

/**
 * Runs a program: errors become one line on stderr and exit code 2, Ctrl+C lets it clean up, and a reader that has seen
 * enough (`| head`) is no fault. The exit code is set, not forced, so that everything open is closed.
 */
export function runProgram({ name, run }: Program): void {
  const interrupted = watchForInterrupts();
  endTidily('SIGTERM');
  endTidily('SIGHUP');
  // What went wrong is looked at in the end, see outputFault.
  process.stdout.on('error', () => {});
  // Messages that nobody can read are no reason to end the work.
  process.stderr.on('error', () => {});
  run(process.argv.slice(2), interrupted).then(
    (code) => {
      process.exitCode = code;
      // What was written last may fail only now.
      process.stdout.write('', () => {
        const fault = outputFault();
        if (fault !== undefined) {
          process.exitCode = report(name, fault);
        }
      });
    },
    (error: unknown) => {
      process.exitCode = report(name, error);
    },
  );
}

/**
 * At the first Ctrl+C the program is to clean up and end, and waits for no more input; at the second one it ends as it is.
 * @returns is aborted when the user presses Ctrl+C
 */
function watchForInterrupts(): AbortSignal {
  const interrupt = new AbortController();
  process.once('SIGINT', () => {
    interrupt.abort();
    stopWaitingForInput();
    endTidily('SIGINT');
  });
  return interrupt.signal;
}

/** Has a signal end the process at once, but leave no unfinished file behind. */
function endTidily(signal: NodeJS.Signals): void {
  process.once(signal, () => {
    discardUnfinishedFiles();
    // The signal's own effect, now that nobody listens any more: exit code 128 + its number, and nothing is torn down
    // under ONNX Runtime.
    // eslint-disable-next-line no-restricted-syntax
    process.kill(process.pid, signal);
  });
}

/** Why standard output could not be written, if not because its reader has seen enough. */
export function outputFault(): Error | undefined {
  const fault = process.stdout.errored;
  if (fault === null || ('code' in fault && fault.code === 'EPIPE')) {
    return undefined;
  }
  const meaning = writeError(fault, 'standard output');
  return meaning instanceof Error ? meaning : fault;
}

function report(name: string, error: unknown): number {
  if (error instanceof CancelledError) {
    return EXIT.interrupted;
  }
  if (error instanceof UserError || error instanceof UsageError) {
    tell(`${name}: ${error.message}`);
    return EXIT.wrong;
  }
  const message = error instanceof Error ? error.message : String(error);
  tell(`${name}: unexpected error: ${message}`);
  if (process.env.LOGCNN_DEBUG && error instanceof Error) {
    error.stack?.split('\n').forEach(tell);
  } else {
    tell('This is a fault of LogCNN; set LOGCNN_DEBUG=1 for the details and report them.');
  }
  return EXIT.wrong;
}
