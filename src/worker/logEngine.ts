import { dirname } from 'node:path';
import { configuredSettings, type ConfiguredSettings } from '../node/configuredSettings';
import { followLog } from '../node/follow/followLog';
import { openLog } from '../node/logSource';
import { findConfig } from '../node/scanConfig';
import { LogScanner } from '../node/scanLog';
import type { ScanOptions } from './protocol';
import type { ScanEngine } from './scanEngine';

/** Findings that are kept where neither setting nor configuration says how many. */
const MAXIMUM_FINDINGS = 5000;

/**
 * The engine of the worker: the same scanner as the command line's. Its errors (InputError, OnnxRuntimeError,
 * CancelledError) go through as they are; WorkerServer turns them into responses.
 * @param modelsFolder where the bundled models are
 */
export function createLogEngine(modelsFolder: string): ScanEngine {
  const scanner = new LogScanner(modelsFolder);
  return {
    async scanFile(path, { isOneOfSeveral, ...options }, callbacks) {
      const { settings, maximumFindings, excludedBy } = await settingsOf(path, options);
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
    async followFile(path, options, hooks) {
      const { settings, maximumFindings = MAXIMUM_FINDINGS } = await settingsOf(path, options);
      await followLog(path, { ...settings, maximumFindings }, modelsFolder, hooks);
    },
    release: () => scanner.release(),
  };
}

/** What is in force for a log, with the configuration beside it or of the workspace folder. */
async function settingsOf(
  path: string,
  { workspaceFolder, isTrusted, ...given }: ScanOptions,
): Promise<ConfiguredSettings> {
  const folders = [dirname(path), ...(workspaceFolder === undefined ? [] : [workspaceFolder])];
  return configuredSettings(path, given, await findConfig(folders), isTrusted);
}
