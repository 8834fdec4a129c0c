import { openLog } from '../node/logSource';
import { LogScanner } from '../node/scanLog';
import type { ScanEngine } from './scanEngine';

/**
 * The engine of the worker: the same scanner as the command line's. Its errors (InputError, OnnxRuntimeError,
 * CancelledError) go through as they are; WorkerServer turns them into responses.
 * @param modelsFolder where the bundled models are
 */
export function createLogEngine(modelsFolder: string): ScanEngine {
  const scanner = new LogScanner(modelsFolder);
  return {
    async scanFile(path, options, callbacks) {
      const verdict = await scanner.scan(await openLog(path), options, callbacks);
      return {
        summary: verdict.summary,
        findings: (start, end) => verdict.findings(start, end, { isCancelled: callbacks.isCancelled }),
      };
    },
    release: () => scanner.release(),
  };
}
