import { basename, dirname } from 'node:path';
import { excludingPattern } from './excludedFiles';
import type { LoadedConfig, ScanConfig } from './scanConfig';
import type { ScanSettings } from './scanLog';

/**
 * What a user gives by flags or settings of the editor; it wins over a configuration file. An empty `logFormat` has it
 * detected whatever the file says.
 */
export interface GivenSettings extends ScanSettings {
  maximumFindings?: number;
}

/** What is in force for a log. */
export interface ConfiguredSettings {
  settings: ScanSettings;
  maximumFindings?: number;
  /** The pattern of the configuration by which the log is excluded; it is scanned only if the user has named it. */
  excludedBy?: string;
}

/** Settings by the keys of a configuration file. */
const SETTING_OF = {
  logFormat: 'logFormat',
  sessionKey: 'sessionPattern',
  threshold: 'threshold',
  maxFindings: 'maximumFindings',
  masks: 'masks',
  suppress: 'suppress',
  unsupervised: 'unsupervised',
  model: 'modelPath',
} satisfies Partial<Record<keyof ScanConfig, keyof GivenSettings>>;

/** Keys that name files, which a folder that is not trusted may not do. */
const NAMES_FILES: readonly string[] = ['model'];

/**
 * Joins what a user gives with the configuration of a log's folder.
 * @param log path of the log; undefined for standard input
 * @param isTrusted whether the configuration may name files
 */
export function configuredSettings(
  log: string | undefined,
  given: GivenSettings,
  loaded: LoadedConfig | undefined,
  isTrusted = true,
): ConfiguredSettings {
  const { maximumFindings, ...settings } = given;
  if (loaded === undefined) {
    return { settings: { ...settings, logFormat: settings.logFormat || undefined }, maximumFindings };
  }
  const { path, config } = loaded;
  const name = basename(path);
  const keys = (Object.keys(SETTING_OF) as (keyof typeof SETTING_OF)[]).filter(
    (key) => config[key] !== undefined && given[SETTING_OF[key]] === undefined && !contradicts(key, given),
  );
  const used = keys.filter((key) => isTrusted || !NAMES_FILES.includes(key));
  const joined: GivenSettings = {
    ...given,
    ...Object.fromEntries(used.map((key) => [SETTING_OF[key], config[key]])),
  };
  const notes = [`configuration: ${path}${used.length === 0 ? '' : ` (${used.join(', ')})`}`];
  const unused = keys.filter((key) => !used.includes(key));
  if (unused.length > 0) {
    notes.push(`not used, since the workspace is not trusted: ${unused.join(', ')} of ${name}`);
  }
  const excludedBy =
    log === undefined || config.exclude === undefined
      ? undefined
      : excludingPattern(log, dirname(path), config.exclude);
  if (excludedBy !== undefined) {
    notes.push(`"${excludedBy}" of ${name} excludes this log; it was scanned since it was named`);
  }
  const { maximumFindings: maximum, ...joinedSettings } = joined;
  return {
    settings: {
      ...joinedSettings,
      logFormat: joinedSettings.logFormat || undefined,
      notes: [...(given.notes ?? []), ...notes],
      suppressedBy: used.includes('suppress') ? name : given.suppressedBy,
    },
    maximumFindings: maximum,
    excludedBy,
  };
}

/** A model, or judging without one, that the user gives takes the opposite out of the configuration. */
function contradicts(key: string, given: GivenSettings): boolean {
  return key === 'model'
    ? Boolean(given.logFormat) || given.unsupervised === true
    : (key === 'logFormat' || key === 'unsupervised') && given.modelPath !== undefined;
}
