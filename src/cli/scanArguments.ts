import { dirname, join } from 'node:path';
import { CATALOGUE } from '../core/formats/catalogue';
import { configuredSettings, type ConfiguredSettings, type GivenSettings } from '../node/settings/configuredSettings';
import { CONFIG_NAME } from '../node/settings/configName';
import type { FoundBy } from '../node/settings/scanConfig';
import { findOwnConfig, type FoundConfig } from '../node/settings/findConfig';
import { STANDARD_INPUT } from '../node/files/openInput';
import { readNamedConfig } from '../node/settings/scanConfig';
import { flagOf } from '../node/settings/option';
import { SCAN_OPTION_NAMES, type ScanOptionValues } from '../node/settings/options';

/** What decides on a scan: the options of scans, and which configuration counts. */
export interface ScanValues extends Omit<ScanOptionValues, 'exclude'> {
  since?: string;
  until?: string;
  config?: string;
  noConfig?: boolean;
}

/** The values that win over a configuration. */
const GIVEN = [...SCAN_OPTION_NAMES.filter((name) => name !== 'exclude'), 'since', 'until'] as const;

/** The formats that `--log-format` knows by name, one a line. */
export function formatList(): string {
  const width = Math.max(...CATALOGUE.map(({ name }) => name.length));
  return CATALOGUE.map(({ name, title }) => `${name.padEnd(width)}  ${title}\n`).join('');
}

/** A configuration is found beside a log or in the current folder; that is not yet the user's word. */
const FOUND_BY_PROGRAM: FoundBy = {
  why: 'without --config',
  remedy: (path) => `give --config ${path} to use it all the same`,
};

/** What is in force for a log, and what is reported of a configuration that was found: lines for stderr. */
export interface ArgumentSettings extends ConfiguredSettings {
  notices: string[];
}

/**
 * What is in force for a log by the arguments and the configuration beside it, or else in the current folder.
 * @param input a path, or `-`
 * @throws UsageError if arguments contradict each other or cannot be used
 * @throws UserError if the configuration cannot be used
 */
export async function scanSettings(input: string, values: ScanValues): Promise<ArgumentSettings> {
  const isPiped = input === STANDARD_INPUT;
  const { config, noConfig = false } = values;
  const given: GivenSettings = Object.fromEntries(
    GIVEN.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]),
  );
  if (given.suppress !== undefined) {
    given.suppressedBy = flagOf('suppress');
  }
  const { loaded, refusals } = await configuration();
  const configured = configuredSettings(isPiped ? undefined : input, given, loaded);
  const notes = [...(configured.settings.notes ?? []), ...refusals];
  const notices = [...refusals, ...(configured.notice === undefined ? [] : [configured.notice])];
  return { ...configured, settings: { ...configured.settings, notes }, notices };

  async function configuration(): Promise<FoundConfig> {
    if (config !== undefined) {
      return { loaded: await readNamedConfig(config), refusals: [] };
    }
    return noConfig ? { refusals: [] } : findOwnConfig(configFolders(input), FOUND_BY_PROGRAM);
  }
}

/** Where the configuration of a log's scan may be read from; the files need not exist. */
export function configurationPaths(
  input: string,
  { config, noConfig }: Pick<ScanValues, 'config' | 'noConfig'>,
): string[] {
  if (config !== undefined) {
    return [config];
  }
  return noConfig ? [] : configFolders(input).map((folder) => join(folder, CONFIG_NAME));
}

function configFolders(input: string): string[] {
  return input === STANDARD_INPUT ? ['.'] : [dirname(input), '.'];
}
