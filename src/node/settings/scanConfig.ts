import type { Stats } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type * as z from 'zod';
import { UserError } from '../../core/errors/userError';
import { compileSessionPattern } from '../../core/blocks/sessionKey';
import { Suppression } from '../../core/findings/suppression';
import { encodingNamed } from '../../core/input/encoding';
import { chosenFormat } from '../../core/formats/chosenFormat';
import { MaskedEvents } from '../../core/templates/maskedEvents';
import { configSchema } from './configSchema';
import { contradictionIn, contradictionText } from './contradictions';
import { checkFilePatterns } from './excludedFiles';
import { SCAN_OPTION_NAMES, SCAN_OPTIONS, formerNamesOf, type ScanOptionName, type ScanOptionValues } from './options';
import { openPath } from '../files/openInput';
import { readInput } from '../files/readInput';
import { readWholeFile } from '../files/wholeFile';

/** Bytes that a configuration file may have. */
const MAXIMUM_BYTES = 1 << 20;
/** Characters of a wrong value that are shown. */
const SHOWN_LENGTH = 60;

/** The content of a configuration file; its relative paths begin at the folder of the file. */
export type ScanConfig = ScanOptionValues;

/** What a schema cannot say: each throws an error whose message says what is wrong with the value. */
const CHECKS: { [K in keyof ScanConfig]?: (value: NonNullable<ScanConfig[K]>) => unknown } = {
  logFormat: chosenFormat,
  encoding: encodingNamed,
  sessionKey: (pattern) => compileSessionPattern(pattern),
  mask: (masks) => new MaskedEvents(masks),
  suppress: (entries) => new Suppression(entries),
  exclude: (patterns) => checkFilePatterns(patterns),
};

/** How a program speaks of a configuration that it found by its place. */
export interface FoundBy {
  /** Goes on after "not used": why some keys are not. */
  why: string;
  /** What the user does to have all of it used. */
  remedy: (path: string) => string;
}

/** A configuration file that was read. */
export interface LoadedConfig {
  path: string;
  config: ScanConfig;
  /** Who found it by its place; undefined if the user has named it, or trusts the workspace that it lies in. */
  foundBy?: FoundBy;
}

/**
 * Reads a configuration file that was found by its place.
 * @throws UserError if it does not exist, is no ordinary file or cannot be used
 */
export async function readConfig(path: string): Promise<LoadedConfig> {
  return { path, config: parseConfig((await readConfigFile(path)).text, path) };
}

/**
 * Reads a configuration that the user has named, which may be a pipe (`<(…)`).
 * @throws UserError if it does not exist or cannot be used
 * @throws CancelledError if a pipe was waited for when the user ended the program
 */
export async function readNamedConfig(path: string): Promise<LoadedConfig> {
  const input = await openPath(path);
  // A pipe lies in no folder that its writer thinks of: mostly in /dev/fd.
  const folder = input.status.isFile() ? dirname(path) : '.';
  const text = (await readInput(input, MAXIMUM_BYTES)).toString('utf8');
  return { path, config: parseConfig(text, path, folder) };
}

/**
 * Reads the text of a configuration file, and looks at the file that it is of.
 * @throws UserError if it does not exist, is no ordinary file or is too large
 */
export async function readConfigFile(path: string): Promise<{ text: string; status: Stats }> {
  const { bytes, status } = await readWholeFile(path, MAXIMUM_BYTES);
  return { text: bytes.toString('utf8'), status };
}

/** The keys of a configuration file that are known, in the order of the documentation, whatever their values. */
export function configKeys(content: string): ScanOptionName[] {
  let value: unknown;
  try {
    value = valueOf(content);
  } catch {
    return [];
  }
  const has = (key: string): boolean => typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  return SCAN_OPTION_NAMES.filter(has);
}

/**
 * Validates the text of a configuration file.
 * @param path how to call it in messages
 * @param folder where relative paths begin
 * @param isFound whether it was found and not named: what does not count then contradicts nothing
 * @throws UserError that names the file, the key and what it must be
 */
export function parseConfig(content: string, path: string, folder = dirname(path), isFound = false): ScanConfig {
  let value: unknown;
  try {
    value = valueOf(content);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError('config-no-json', { path, why });
  }
  const result = configSchema.safeParse(value);
  if (!result.success) {
    throw faultOf(result.error.issues[0], value, path);
  }
  const config = result.data;
  for (const key of Object.keys(config) as ScanOptionName[]) {
    check(key, config, path);
  }
  const counting = Object.entries(config).filter(
    ([key]) => !isFound || SCAN_OPTIONS[key as ScanOptionName].config.ifFound !== 'left out',
  );
  const contradiction = contradictionIn(Object.fromEntries(counting));
  if (contradiction !== undefined) {
    throw new UserError('config-contradiction', { path, keys: contradictionText(contradiction, (key) => `"${key}"`) });
  }
  const fromFolder = (file: string): string => resolve(folder, file);
  return {
    ...config,
    ...(config.model === undefined ? {} : { model: fromFolder(config.model) }),
    ...(config.baseline === undefined ? {} : { baseline: config.baseline.map(fromFolder) }),
  };
}

function valueOf(content: string): unknown {
  return JSON.parse(content.replace(/^\ufeff/, ''));
}

function check<K extends ScanOptionName>(key: K, config: ScanConfig, path: string): void {
  const value = config[key];
  try {
    if (value !== undefined) {
      CHECKS[key]?.(value);
    }
  } catch (error) {
    throw error instanceof UserError
      ? new UserError('config-value-unusable', { path, key, why: error.toMessage() })
      : error;
  }
}

function faultOf(issue: z.core.$ZodIssue, value: unknown, path: string): UserError {
  if (issue.code === 'unrecognized_keys') {
    const [key] = issue.keys;
    const today = SCAN_OPTION_NAMES.find((name) => formerNamesOf(name).includes(key));
    return today === undefined
      ? new UserError('config-key-unknown', { path, key: shown(key), keys: SCAN_OPTION_NAMES.join(', ') })
      : new UserError('config-key-renamed', { path, key, today });
  }
  const key = issue.path[0] as ScanOptionName | undefined;
  if (key === undefined) {
    return new UserError('config-no-object', { path, example: '{"threshold": 0.7}' });
  }
  const wrong = shown((value as Record<string, unknown>)[key]);
  return new UserError('config-value-wrong', { path, key, value: wrong, wanted: SCAN_OPTIONS[key].config.wanted });
}

/** A value for a message: of lists within it, which may be nested without end, nothing is shown. */
function shown(value: unknown): string {
  const plain = (part: unknown): string => (typeof part === 'object' && part !== null ? '…' : JSON.stringify(part));
  const text = Array.isArray(value) ? `[${value.map(plain).join(', ')}]` : plain(value);
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}…`;
}
