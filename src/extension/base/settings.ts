import path from 'node:path';
import { UserError } from '../../core/errors/userError';
import { rangeText, type NumberOption } from '../../node/settings/option';
import { SCAN_OPTIONS } from '../../node/settings/options';
import type { ScanOptions } from '../../worker/protocol';

/** Severities of the setting `logcnn.severity`. */
export const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What of the findings the Problems panel shows, by the setting `logcnn.problems`. */
export const PROBLEMS = ['all', 'strongest', 'off'] as const;

export type Problems = (typeof PROBLEMS)[number];

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
  const threshold = numberOf(scope, 'threshold');
  const maxFindings = numberOf(scope, 'maxFindings');
  const options: ScanOptions = { isTrusted: scope.isTrusted };
  if (scope.folder !== undefined) {
    options.workspaceFolder = scope.folder;
  }
  if (maxFindings !== undefined) {
    options.maxFindings = maxFindings;
  }
  if (threshold !== undefined) {
    options.threshold = threshold;
  }
  const encoding = textOf(scope, 'encoding');
  if (encoding !== '') {
    options.encoding = encoding;
  }
  const sessionKey = textOf(scope, 'sessionKey');
  if (sessionKey !== '') {
    options.sessionKey = sessionKey;
  }
  const model = textOf(scope, 'model');
  const logFormat = scope.chosenFormat ?? (textOf(scope, 'logFormat') || undefined);
  if (logFormat !== undefined) {
    options.logFormat = logFormat;
  }
  // What was chosen for the file itself is meant more than the model for all.
  if (model !== '' && !scope.chosenFormat && scope.goodLogs === undefined) {
    options.model = resolvePath(model, scope.folder);
  }
  if (scope.goodLogs !== undefined) {
    options.baseline = scope.goodLogs;
  }
  return options;
}

/** Reads the severity of diagnostics; an unknown one counts as the default, as the settings editor marks it already. */
export function readSeverity(scope: Pick<SettingsScope, 'source' | 'isTrusted'>): Severity {
  const value = valueOf(scope, 'severity');
  return SEVERITIES.find((severity) => severity === value) ?? 'warning';
}

/** Reads what the Problems panel shows; an unknown value counts as the default. */
export function readProblems(scope: Pick<SettingsScope, 'source' | 'isTrusted'>): Problems {
  const value = valueOf(scope, 'problems');
  return PROBLEMS.find((problems) => problems === value) ?? 'all';
}

/** Whether reasons are shown behind the lines of findings. */
export function readInlineReasons(scope: Pick<SettingsScope, 'source' | 'isTrusted'>): boolean {
  return valueOf(scope, 'inlineReasons') !== false;
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

/** A number that somebody has set, within the bounds of its option. */
function numberOf(scope: SettingsScope, key: 'threshold' | 'maxFindings'): number | undefined {
  const value = setValueOf(scope, key);
  const { setting, ...option } = SCAN_OPTIONS[key] as NumberOption;
  const range = { ...option, ...setting };
  const { minimum, maximum, isWhole = false } = range;
  if (value === undefined) {
    return undefined;
  }
  if (typeof value !== 'number' || !(value >= minimum && value <= maximum) || (isWhole && !Number.isInteger(value))) {
    throw fault(key, value, `${rangeText(range)}${setting?.default === null ? ', or null' : ''}`);
  }
  return value;
}

function textOf(scope: SettingsScope, key: string): string {
  const value = valueOf(scope, key) ?? '';
  if (typeof value !== 'string') {
    throw fault(key, value, 'a text');
  }
  return value.trim();
}

function resolvePath(model: string, folder: string | undefined): string {
  if (path.isAbsolute(model)) {
    return model;
  }
  if (folder === undefined) {
    throw fault('model', model, 'an absolute path where the log lies in no workspace folder');
  }
  return path.join(folder, model);
}

function fault(key: string, value: unknown, wanted: string): UserError {
  return new UserError('setting-wrong', { key, value: JSON.stringify(value), wanted });
}
