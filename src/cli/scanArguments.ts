import { dirname, join } from 'node:path';
import { CATALOGUE } from '../core/formats/catalogue';
import { configuredSettings, type ConfiguredSettings, type GivenSettings } from '../node/settings/configuredSettings';
import { CONFIG_NAME } from '../node/settings/configName';
import type { FoundBy } from '../node/settings/scanConfig';
import { findOwnConfig, type FoundConfig } from '../node/settings/findConfig';
import { InputError } from '../node/files/inputError';
import { STANDARD_INPUT } from '../node/files/openInput';
import { readNamedConfig } from '../node/settings/scanConfig';
import { numberArgument } from './program';

/** The options of a program that scans logs, as `util.parseArgs` wants them; equal in name to the keys of a configuration. */
export const SCAN_OPTIONS = {
  model: { type: 'string', short: 'm' },
  unsupervised: { type: 'boolean', default: false },
  baseline: { type: 'string', multiple: true },
  'log-format': { type: 'string' },
  'session-key': { type: 'string' },
  mask: { type: 'string', multiple: true },
  threshold: { type: 'string' },
  'max-findings': { type: 'string' },
  suppress: { type: 'string', multiple: true },
  since: { type: 'string' },
  until: { type: 'string' },
  config: { type: 'string' },
  'no-config': { type: 'boolean', default: false },
} as const;

/** What those options were given. */
export interface ScanValues {
  model?: string;
  unsupervised?: boolean;
  baseline?: string[];
  'log-format'?: string;
  'session-key'?: string;
  mask?: string[];
  threshold?: string;
  'max-findings'?: string;
  suppress?: string[];
  since?: string;
  until?: string;
  config?: string;
  'no-config'?: boolean;
}

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

/** What is in force for a log, and what the user is told of a configuration that was found: lines for stderr. */
export interface ArgumentSettings extends ConfiguredSettings {
  tells: string[];
}

/**
 * What is in force for a log by the arguments and the configuration beside it, or else in the current folder.
 * @param input a path, or `-`
 * @throws InputError if an argument or the configuration cannot be used
 */
export async function scanSettings(input: string, values: ScanValues): Promise<ArgumentSettings> {
  const given = givenSettings(values);
  const isPiped = input === STANDARD_INPUT;
  const { config, 'no-config': noConfig } = values;
  if (config !== undefined && noConfig) {
    throw new InputError('--config and --no-config contradict each other; give one of them.');
  }
  const { loaded, refusals } = await configuration();
  const configured = configuredSettings(isPiped ? undefined : input, given, loaded);
  const notes = [...(configured.settings.notes ?? []), ...refusals];
  const tells = [...refusals, ...(configured.told === undefined ? [] : [configured.told])];
  return { ...configured, settings: { ...configured.settings, notes }, tells };

  async function configuration(): Promise<FoundConfig> {
    if (config !== undefined) {
      return { loaded: await readNamedConfig(config), refusals: [] };
    }
    return noConfig ? { refusals: [] } : findOwnConfig(configFolders(input), FOUND_BY_PROGRAM);
  }
}

/** Where the configuration of a log's scan may be read from; the files need not exist. */
export function configurationPaths(input: string, { config, 'no-config': noConfig }: ScanValues): string[] {
  if (config !== undefined) {
    return [config];
  }
  return noConfig ? [] : configFolders(input).map((folder) => join(folder, CONFIG_NAME));
}

function configFolders(input: string): string[] {
  return input === STANDARD_INPUT ? ['.'] : [dirname(input), '.'];
}

function givenSettings(values: ScanValues): GivenSettings {
  if (values.unsupervised && values.model !== undefined) {
    throw new InputError('--unsupervised and --model contradict each other; give one of them.');
  }
  if (values['log-format'] !== undefined && values.model !== undefined) {
    throw new InputError(
      '--log-format and --model contradict each other, for a model reads its own format; give one of them.',
    );
  }
  if (values.baseline !== undefined && values.model !== undefined) {
    throw new InputError(
      '--baseline and --model contradict each other, for a model has its own idea of what is normal; give one of them.',
    );
  }
  const { threshold, 'max-findings': maximum, suppress } = values;
  return {
    model: values.model,
    unsupervised: values.unsupervised ? true : undefined,
    baseline: values.baseline,
    logFormat: values['log-format'],
    sessionKey: values['session-key'],
    mask: values.mask,
    threshold: threshold === undefined ? undefined : numberArgument('threshold', threshold, 0, 1),
    maxFindings:
      maximum === undefined
        ? undefined
        : Math.floor(numberArgument('max-findings', maximum, 0, Number.MAX_SAFE_INTEGER)),
    suppress,
    suppressedBy: suppress && '--suppress',
    since: values.since,
    until: values.until,
  };
}
