import { basename, dirname } from 'node:path';
import type { Finding } from '../core/findings/finding';
import { placeIn } from '../core/input/logParts';
import { configuredSettings, type ConfiguredSettings } from '../node/settings/configuredSettings';
import type { FoundBy } from '../node/settings/scanConfig';
import { SCAN_OPTIONS } from '../node/settings/options';
import { findConfig, findOwnConfig, unusedConfigNotes } from '../node/settings/findConfig';
import { followLog } from '../node/scan/followLog';
import { openLogFile, type LogSource } from '../node/files/logSource';
import { mostSuspicious } from '../node/scan/mostSuspicious';
import { openRotatedLog, type FilePart } from '../node/files/rotatedLog';
import { LogScanner } from '../node/scan/scanLog';
import type { LogTextReader } from './logText';
import type { ScanOptions } from './protocol';
import type { ScanEngine, ScanResult } from './scanEngine';

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
  reader: Pick<LogTextReader, 'openForScan'>,
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
      const scan = async (source: LogSource) => {
        const verdict = await scanner.scan(source, settings, callbacks);
        const findings: ScanResult['findings'] = (start, end) =>
          verdict.findings(start, end, { isCancelled: callbacks.isCancelled });
        const suspects = () => mostSuspicious(verdict, callbacks.isCancelled);
        return { maxFindings, summary: verdict.summary, findings, suspects };
      };
      if (rotatedPaths === undefined) {
        const { source, mark } = await reader.openForScan(path);
        return { ...(await scan(source)), mark: await mark() };
      }
      const { source, parts } = await openRotatedLog(rotatedPaths.filter((log) => !isLeftOut(log)));
      const result = await scan(source);
      result.summary.notes.push(`files, read as one log: ${parts.map((part) => basename(part.path)).join(', ')}`);
      return {
        ...result,
        findings: async (start, end) => withOwnLines(await result.findings(start, end), parts),
        suspects: async () => withOwnLines(await result.suspects(), parts),
        parts,
      };
    },
    async followFile(path, options, hooks) {
      const { settings, maxFindings = MAX_FINDINGS } = (await configuration(path, options))(path);
      await followLog(path, { ...settings, maxFindings }, modelsFolder, hooks);
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

/** Names blocks that are windows of lines by the lines' own numbers in their files, as the editor shows them. */
function withOwnLines(findings: Finding[], parts: readonly FilePart[]): Finding[] {
  return findings.map((finding) => {
    const window = /^L(\d+)-L(\d+)$/.exec(finding.block);
    if (window === null) {
      return finding;
    }
    const [first, last] = window.slice(1).map((line) => placeIn(parts, Number(line)));
    const end = first.part === last.part ? '' : `${basename(last.part.path)}:`;
    return { ...finding, block: `${basename(first.part.path)}:L${first.line}-${end}L${last.line}` };
  });
}
