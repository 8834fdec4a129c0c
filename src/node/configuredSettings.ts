import { basename, dirname, resolve } from 'node:path';
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
  baseline: 'baselines',
} satisfies Partial<Record<keyof ScanConfig, keyof GivenSettings>>;

/** Keys of scans without a model. */
const OF_NO_MODEL: readonly string[] = ['logFormat', 'unsupervised', 'baseline'];

/** Keys that name files, which a folder that is not trusted may not do. */
const NAMES_FILES: readonly string[] = ['model', 'baseline'];

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
  const { path } = loaded;
  const name = basename(path);
  const { config, isOwnBaseline } = withoutItself(loaded.config, log);
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
  if (isOwnBaseline && given.baselines === undefined && isTrusted) {
    notes.push(`${name} names this log as a good one; it was not judged against itself`);
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

/** Takes a log out of the good logs that its folder's configuration names: it cannot be judged against itself. */
function withoutItself(config: ScanConfig, log: string | undefined): { config: ScanConfig; isOwnBaseline: boolean } {
  const others = config.baseline?.filter((path) => log === undefined || path !== resolve(log));
  if (others?.length === config.baseline?.length) {
    return { config, isOwnBaseline: false };
  }
  return { config: { ...config, baseline: others?.length === 0 ? undefined : others }, isOwnBaseline: true };
}

/** A model, or judging without one, that the user gives takes the opposite out of the configuration. */
function contradicts(key: string, given: GivenSettings): boolean {
  return key === 'model'
    ? Boolean(given.logFormat) || given.unsupervised === true || given.baselines !== undefined
    : OF_NO_MODEL.includes(key) && given.modelPath !== undefined;
}
