import { basename, dirname } from 'node:path';
import { byBlock, relocated } from '../core/verdict/relocated';
import { configuredSettings, type ConfiguredSettings } from '../node/settings/configuredSettings';
import type { FoundBy } from '../node/settings/scanConfig';
import { SCAN_OPTIONS } from '../node/settings/options';
import { findConfig, findOwnConfig, unusedConfigNotes } from '../node/settings/findConfig';
import { followLog } from '../node/scan/followLog';
import { encodingOf } from '../node/scan/inEncoding';
import { openLogFile } from '../node/files/logSource';
import { openRotatedLog } from '../node/files/rotatedLog';
import { LogScanner } from '../node/scan/scanLog';
import type { LogTextReader } from './logText';
import type { ScanOptions } from './protocol';
import type { ScanEngine } from './scanEngine';

/** Findings that are kept where neither setting nor configuration says how many. */
const MAX_FINDINGS = SCAN_OPTIONS.maxFindings.setting.default;

/**
 * The engine of the worker: the same scanner as the command line's. Its errors (UserError,
 * CancelledError) go through as they are; WorkerServer turns them into responses.
 * @param modelsFolder where the bundled models are
 * @param helperPath program of a thread that helps with large logs, see sliceScanner.ts
 * @param reader opens the logs, and remembers where their lines begin
 */
export function createLogEngine(
  modelsFolder: string,
  helperPath: string,
  reader: Pick<LogTextReader, 'openForScan' | 'tellEncoding'>,
): ScanEngine {
  const scanner = new LogScanner(modelsFolder, helperPath, openLogFile);
  return {
    async scanFile(path, { isOneOfSeveral, rotatedPaths, ...options }, callbacks) {
      const configured = await configuration(path, options);
      const isLeftOut = (log: string) => isOneOfSeveral && configured(log).excludedBy !== undefined;
      if (isLeftOut(path)) {
        return undefined;
      }
      const { settings, maxFindings = MAX_FINDINGS } = configured(path);
      const encoding = encodingOf(settings);
      if (rotatedPaths === undefined) {
        const { source, mark } = await reader.openForScan(path, encoding);
        const { verdict } = await scanner.scan(source, settings, callbacks);
        return { verdict, maxFindings, mark: await mark() };
      }
      const { source, parts } = await openRotatedLog(
        rotatedPaths.filter((log) => !isLeftOut(log)),
        encoding,
      );
      parts.forEach((part) => reader.tellEncoding(part.path, encoding));
      const { verdict } = await scanner.scan(source, settings, callbacks);
      const named = parts.map((part) => ({ ...part, name: basename(part.path) }));
      return { verdict: relocated(verdict, named, byBlock, 'files, read as one log'), maxFindings, parts };
    },
    async followFile(path, options, hooks) {
      const { settings, maxFindings = MAX_FINDINGS } = (await configuration(path, options))(path);
      reader.tellEncoding(path, encodingOf(settings));
      await followLog(path, settings, modelsFolder, {
        ...hooks,
        onUpdate: (update) => hooks.onUpdate({ ...update, maxFindings }),
      });
    },
    release: () => scanner.release(),
  };
}

/** A configuration beside a log that lies in no folder of the workspace: to trust this workspace says nothing of it. */
const FOUND_OUTSIDE: FoundBy = {
  why: 'since the log lies in no folder of the workspace',
  remedy: () => 'open its folder as a trusted workspace to use it all the same',
};

/** What is in force for logs, with the configuration beside the given one or of the workspace folder. */
async function configuration(
  path: string,
  { workspaceFolder, isTrusted, ...given }: ScanOptions,
): Promise<(log: string) => ConfiguredSettings> {
  const folders = [dirname(path), ...(workspaceFolder === undefined ? [] : [workspaceFolder])];
  if (!isTrusted) {
    const notes = await unusedConfigNotes(folders);
    return (log) => configuredSettings(log, { ...given, notes }, undefined);
  }
  if (workspaceFolder !== undefined) {
    const loaded = await findConfig(folders);
    return (log) => configuredSettings(log, given, loaded);
  }
  const { loaded, refusals } = await findOwnConfig(folders, FOUND_OUTSIDE);
  return (log) => configuredSettings(log, { ...given, notes: refusals }, loaded);
}
