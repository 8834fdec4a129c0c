import { dirname } from 'node:path';
import { configuredSettings } from '../node/configuredSettings';
import { openLog } from '../node/logSource';
import { findConfig } from '../node/scanConfig';
import { LogScanner } from '../node/scanLog';
import type { ScanEngine } from './scanEngine';

/** Findings that are kept where neither setting nor configuration says how many. */
const MAXIMUM_FINDINGS = 5000;

/**
 * The engine of the worker: the same scanner as the command line's. Its errors (InputError, OnnxRuntimeError,
 * CancelledError) go through as they are; WorkerServer turns them into responses.
 * @param modelsFolder where the bundled models are
 * @param helperPath program of a thread that helps with large logs, see partScanner.ts
 */
export function createLogEngine(modelsFolder: string, helperPath: string): ScanEngine {
  const scanner = new LogScanner(modelsFolder, helperPath);
  return {
    async scanFile(path, options, callbacks) {
      const { workspaceFolder, isTrusted, isOneOfSeveral, ...given } = options;
      const folders = [dirname(path), ...(workspaceFolder === undefined ? [] : [workspaceFolder])];
      const config = await findConfig(folders);
      const { settings, maximumFindings, excludedBy } = configuredSettings(path, given, config, isTrusted);
      if (excludedBy !== undefined && isOneOfSeveral) {
        return undefined;
      }
      const verdict = await scanner.scan(await openLog(path), settings, callbacks);
      return {
        maximumFindings: maximumFindings ?? MAXIMUM_FINDINGS,
        summary: verdict.summary,
        findings: (start, end) => verdict.findings(start, end, { isCancelled: callbacks.isCancelled }),
      };
    },
    release: () => scanner.release(),
  };
}
