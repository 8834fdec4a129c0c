import { basename, dirname, resolve } from 'node:path';
import { contradictionIn } from './contradictions';
import { excludingPattern } from './excludedFiles';
import { SCAN_OPTION_NAMES, SCAN_OPTIONS, type ScanOptionName } from './options';
import type { FoundBy, LoadedConfig, ScanConfig } from './scanConfig';
import type { ScanSettings } from './scanSettings';

/**
 * What a user gives by flags or settings of the editor; it wins over a configuration file. An empty `logFormat` has it
 * detected whatever the file says.
 */
export interface GivenSettings extends ScanSettings {
  maxFindings?: number;
}

/** What is in force for a log. */
export interface ConfiguredSettings {
  settings: ScanSettings;
  maxFindings?: number;
  /** What is reported of a configuration that was found by its place, in one line. */
  notice?: string;
  /** The pattern of the configuration by which the log is excluded; it is scanned only if the user has named it. */
  excludedBy?: string;
}

/**
 * Joins what a user gives with the configuration of a log's folder.
 * @param log path of the log; undefined for standard input
 */
export function configuredSettings(
  log: string | undefined,
  given: GivenSettings,
  loaded: LoadedConfig | undefined,
): ConfiguredSettings {
  const { maxFindings, ...settings } = given;
  if (loaded === undefined) {
    return { settings: { ...settings, logFormat: settings.logFormat || undefined }, maxFindings };
  }
  const { path, foundBy } = loaded;
  const name = basename(path);
  const { config, isOwnBaseline } = withoutItself(loaded.config, log);
  const counts = (key: ScanOptionName): boolean =>
    foundBy === undefined || SCAN_OPTIONS[key].config.ifFound !== 'left out';
  // What the user gives takes the opposite out of the configuration.
  const isSet = (key: ScanOptionName): boolean =>
    config[key] !== undefined &&
    contradictionIn({ ...given, [key]: config[key] }) === undefined &&
    (key === 'exclude' || given[key] === undefined);
  const keys = SCAN_OPTION_NAMES.filter(isSet);
  const leftOut = keys.filter((key) => !counts(key));
  const used = keys.filter((key) => key !== 'exclude').filter(counts);
  const isLowering = foundBy !== undefined && used.includes('threshold');
  const joined: GivenSettings = { ...given, ...Object.fromEntries(used.map((key) => [key, config[key]])) };
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
  if (isOwnBaseline && given.baseline === undefined && counts('baseline')) {
    notes.push(`${name} names this log as a good one; it was not judged against itself`);
  }
  const excludedBy =
    log === undefined || config.exclude === undefined || !counts('exclude')
      ? undefined
      : excludingPattern(log, dirname(path), config.exclude);
  if (excludedBy !== undefined) {
    notes.push(`"${excludedBy}" of ${name} excludes this log; it was scanned since it was named`);
  }
  const { maxFindings: maximum, ...joinedSettings } = joined;
  return {
    settings: {
      ...joinedSettings,
      logFormat: joinedSettings.logFormat || undefined,
      notes: [...(given.notes ?? []), ...notes],
      suppressedBy: used.includes('suppress') ? name : given.suppressedBy,
    },
    maxFindings: maximum,
    excludedBy,
    notice: foundBy && noticeOf(path, usedNames, leftOut, foundBy),
  };
}

/** What is reported of a configuration that was found; undefined if it makes no difference. */
function noticeOf(path: string, used: string, leftOut: readonly string[], { why }: FoundBy): string | undefined {
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
