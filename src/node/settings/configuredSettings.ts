import { basename, dirname, resolve } from 'node:path';
import { KEY_TRUST } from './configTrust';
import type { FoundBy } from './scanConfig';
import { excludingPattern } from './excludedFiles';
import type { LoadedConfig, ScanConfig } from './scanConfig';
import type { ScanSettings } from './scanSettings';

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
  /** What a user is told of a configuration that was found by its place, in one line. */
  told?: string;
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

/**
 * Joins what a user gives with the configuration of a log's folder.
 * @param log path of the log; undefined for standard input
 */
export function configuredSettings(
  log: string | undefined,
  given: GivenSettings,
  loaded: LoadedConfig | undefined,
): ConfiguredSettings {
  const { maximumFindings, ...settings } = given;
  if (loaded === undefined) {
    return { settings: { ...settings, logFormat: settings.logFormat || undefined }, maximumFindings };
  }
  const { path, foundBy } = loaded;
  const name = basename(path);
  const { config, isOwnBaseline } = withoutItself(loaded.config, log);
  const counts = (key: keyof ScanConfig): boolean => foundBy === undefined || KEY_TRUST[key].ifFound !== 'left out';
  const isSet = (key: keyof ScanConfig): boolean =>
    config[key] !== undefined &&
    !contradicts(key, given) &&
    (key === 'exclude' || given[SETTING_OF[key]] === undefined);
  const keys = (Object.keys(KEY_TRUST) as (keyof ScanConfig)[]).filter(isSet);
  const leftOut = keys.filter((key) => !counts(key));
  const used = keys.filter((key) => key !== 'exclude').filter(counts);
  const isLowering = foundBy !== undefined && used.includes('threshold');
  const joined: GivenSettings = { ...given, ...Object.fromEntries(used.map((key) => [SETTING_OF[key], config[key]])) };
  if (isLowering) {
    joined.threshold = undefined;
    joined.lowerThreshold = config.threshold;
  }
  const usedNames = used
    .map((key) => (isLowering && key === 'threshold' ? 'threshold if below the usual one' : key))
    .join(', ');
  const notes = [`configuration: ${path}${used.length === 0 ? '' : ` (${usedNames})`}`];
  if (foundBy !== undefined && leftOut.length > 0) {
    notes.push(`not used ${foundBy.why}: ${leftOut.join(', ')} of ${name}`);
  }
  if (isOwnBaseline && given.baselines === undefined && counts('baseline')) {
    notes.push(`${name} names this log as a good one; it was not judged against itself`);
  }
  const excludedBy =
    log === undefined || config.exclude === undefined || !counts('exclude')
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
    told: foundBy && toldOf(path, usedNames, leftOut, foundBy),
  };
}

/** What is told of a configuration that was found; undefined if it makes no difference. */
function toldOf(path: string, used: string, leftOut: readonly string[], { why }: FoundBy): string | undefined {
  const parts = [
    ...(used === '' ? [] : [`sets ${used}`]),
    ...(leftOut.length === 0 ? [] : [`not used ${why}: ${leftOut.join(', ')}`]),
  ];
  return parts.length === 0 ? undefined : `${path} ${parts.join('; ')}`;
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
