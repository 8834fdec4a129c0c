import { basename, dirname } from 'node:path';
import { UserError } from '../core/errors/userError';
import { NotTextError } from '../core/input/byteDecoder';
import { byBlock, relocated } from '../core/verdict/relocated';
import { configuredSettings, type ConfiguredSettings } from '../node/settings/configuredSettings';
import type { FoundBy } from '../node/settings/scanConfig';
import type { ScanSettings } from '../node/settings/scanSettings';
import { SCAN_OPTIONS } from '../node/settings/options';
import { findConfig, findOwnConfig, unusedConfigNotes } from '../node/settings/findConfig';
import { followLog } from '../node/scan/followLog';
import { encodingOf, inEncoding } from '../node/scan/inEncoding';
import { openLogFile } from '../node/files/logSource';
import { openRotatedLog, type FilePart } from '../node/files/rotatedLog';
import { LogScanner, type ScanOutcome } from '../node/scan/scanLog';
import { fileHolding } from '../node/files/zipArchive';
import type { LogTextReader } from './logText';
import type { ScanOptions } from './protocol';
import type { ScanEngine, WithTexts } from './scanEngine';
import { FindingTexts } from './findingTexts';
import type { RecordReaderOptions } from '../core/records/recordReader';
import type { FileMark } from '../node/files/fileMark';
import { peek } from '../node/scan/modelChoice';

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
  reader: Pick<LogTextReader, 'openForScan' | 'tellEncoding' | 'forEachLine'>,
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
        const { source, mark, textBytes } = await reader.openForScan(path, encoding);
        const { verdict, read } = await scanner.scan(source, settings, callbacks);
        const scanned = await mark();
        return {
          verdict,
          maxFindings,
          mark: scanned,
          textBytes: textBytes(),
          withTexts: withTexts(reader, [{ path, linesBefore: 0 }], () => optionsOf(read, path, settings), scanned),
        };
      }
      const { source, parts } = await openRotatedLog(
        rotatedPaths.filter((log) => !isLeftOut(log)),
        encoding,
      );
      parts.forEach((part) => reader.tellEncoding(part.path, encoding));
      const { verdict, read } = await scanner.scan(source, settings, callbacks);
      const named = parts.map((part) => ({ ...part, name: basename(part.path) }));
      return {
        verdict: relocated(verdict, named, byBlock, 'files, read as one log'),
        maxFindings,
        parts,
        withTexts: withTexts(reader, parts, () => optionsOf(read, path, settings)),
      };
    },
    async followFile(path, options, hooks) {
      const { settings, maxFindings = MAX_FINDINGS } = (await configuration(path, options))(path);
      reader.tellEncoding(path, encodingOf(settings));
      const texts = withTexts(reader, [{ path, linesBefore: 0 }], () => readingOf(path, settings));
      await followLog(path, settings, modelsFolder, {
        ...hooks,
        onUpdate: (update) => hooks.onUpdate({ ...update, maxFindings, withTexts: texts }),
      });
    },
    release: () => scanner.release(),
  };
}

/** Gives findings the texts of their lines. How the log is read is found out when the first ones are wanted. */
function withTexts(
  reader: Pick<LogTextReader, 'forEachLine'>,
  parts: readonly FilePart[],
  options: () => Promise<RecordReaderOptions>,
  mark?: FileMark,
): WithTexts {
  let texts: FindingTexts | undefined;
  return async (findings) => {
    try {
      texts ??= new FindingTexts(reader, await options(), parts, mark);
      return await texts.of(findings);
    } catch (error) {
      // The file has gone, or become another one: that the results are out of date is told elsewhere.
      if (error instanceof UserError || error instanceof NotTextError) {
        return [...findings];
      }
      throw error;
    }
  };
}

/** How the records of a log that was scanned are read. */
async function optionsOf(
  read: ScanOutcome['read'],
  path: string,
  settings: ScanSettings,
): Promise<RecordReaderOptions> {
  return read.by === 'mining' ? read.reading.options : readingOf(path, settings);
}

/** How the records of a log are read by what its beginning says. */
async function readingOf(path: string, settings: ScanSettings): Promise<RecordReaderOptions> {
  const { probe, close } = await peek(inEncoding(await openLogFile(path), settings), {});
  await close();
  return { preview: probe.preview };
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
  const folders = [dirname(await fileHolding(path)), ...(workspaceFolder === undefined ? [] : [workspaceFolder])];
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
