import path from 'node:path';
import { UserError } from '../../core/errors/userError';
import type { ScanOptions } from '../../worker/protocol';

/** Severities of the setting `logcnn.severity`. */
export const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** The part of VS Code's `WorkspaceConfiguration` for the section `logcnn` that is read. */
export interface SettingsSource {
  inspect(
    key: string,
  ):
    | { defaultValue?: unknown; globalValue?: unknown; workspaceValue?: unknown; workspaceFolderValue?: unknown }
    | undefined;
}

/** Where the settings of a file come from. */
export interface SettingsScope {
  source: SettingsSource;
  /** Of a workspace that is not trusted no setting is used: each can hide findings. */
  isTrusted: boolean;
  /** Absolute path of the workspace folder that the file lies in, if any. */
  folder: string | undefined;
  /** The log format chosen for this very file; empty to have it detected, undefined without a choice. */
  chosenFormat?: string;
  /** Absolute paths of the good logs chosen for this very file. */
  goodLogs?: readonly string[];
}

/**
 * Reads the settings that a scan follows.
 * @throws UserError if a setting has a value that cannot be used
 */
export function readScanOptions(scope: SettingsScope): ScanOptions {
  const threshold = valueOf(scope, 'threshold') ?? undefined;
  if (threshold !== undefined && !(typeof threshold === 'number' && threshold >= 0 && threshold <= 1)) {
    throw new UserError('setting-threshold', { value: JSON.stringify(threshold) });
  }
  const maximumFindings = setValueOf(scope, 'maximumFindings');
  if (
    maximumFindings !== undefined &&
    !(Number.isInteger(maximumFindings) && (maximumFindings as number) >= 1 && (maximumFindings as number) <= 100_000)
  ) {
    throw new UserError('setting-maximum', { value: JSON.stringify(maximumFindings) });
  }
  const options: ScanOptions = { isTrusted: scope.isTrusted };
  if (scope.folder !== undefined) {
    options.workspaceFolder = scope.folder;
  }
  if (maximumFindings !== undefined) {
    options.maximumFindings = maximumFindings as number;
  }
  if (threshold !== undefined) {
    options.threshold = threshold;
  }
  const sessionPattern = textOf(scope, 'sessionPattern');
  if (sessionPattern !== '') {
    options.sessionPattern = sessionPattern;
  }
  const modelPath = textOf(scope, 'modelPath');
  const logFormat = scope.chosenFormat ?? (textOf(scope, 'logFormat') || undefined);
  if (logFormat !== undefined) {
    options.logFormat = logFormat;
  }
  // What was chosen for the file itself is meant more than the model for all.
  if (modelPath !== '' && !scope.chosenFormat && scope.goodLogs === undefined) {
    options.modelPath = resolvePath(modelPath, scope.folder);
  }
  if (scope.goodLogs !== undefined) {
    options.baselines = scope.goodLogs;
  }
  return options;
}

/** Reads the severity of diagnostics; an unknown one counts as the default, as the settings editor marks it already. */
export function readSeverity(scope: Pick<SettingsScope, 'source' | 'isTrusted'>): Severity {
  const value = valueOf(scope, 'severity');
  return SEVERITIES.find((severity) => severity === value) ?? 'warning';
}

function valueOf(scope: Pick<SettingsScope, 'source' | 'isTrusted'>, key: string): unknown {
  return setValueOf(scope, key) ?? scope.source.inspect(key)?.defaultValue;
}

/** The value that somebody has set: only such a one wins over a configuration file. */
function setValueOf({ source, isTrusted }: Pick<SettingsScope, 'source' | 'isTrusted'>, key: string): unknown {
  const values = source.inspect(key) ?? {};
  const ofWorkspace = isTrusted ? (values.workspaceFolderValue ?? values.workspaceValue) : undefined;
  return ofWorkspace ?? values.globalValue ?? undefined;
}

function textOf(scope: SettingsScope, key: string): string {
  const value = valueOf(scope, key) ?? '';
  if (typeof value !== 'string') {
    throw new UserError('setting-text', { key, value: JSON.stringify(value) });
  }
  return value.trim();
}

function resolvePath(modelPath: string, folder: string | undefined): string {
  if (path.isAbsolute(modelPath)) {
    return modelPath;
  }
  if (folder === undefined) {
    throw new UserError('setting-relative-model', { value: JSON.stringify(modelPath) });
  }
  return path.join(folder, modelPath);
}
