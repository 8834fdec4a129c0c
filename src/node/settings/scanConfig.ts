import type { Stats } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as z from 'zod';
import { UserError } from '../../core/errors/userError';
import { compileSessionPattern } from '../../core/blocks/sessionKey';
import { Suppression } from '../../core/findings/suppression';
import { chosenFormat } from '../../core/formats/chosenFormat';
import { MaskedEvents } from '../../core/templates/maskedEvents';
import { checkFilePatterns } from './excludedFiles';
import { openPath } from '../files/openInput';
import { readInput } from '../files/readInput';
import { readWholeFile } from '../files/wholeFile';

/** Bytes that a configuration file may have. */
const MAXIMUM_BYTES = 1 << 20;
/** Characters of a wrong value that are shown. */
const SHOWN_LENGTH = 60;

const text = z.string().trim().min(1);
const texts = z.array(text);

const configSchema = z.strictObject({
  /** Name of a format, notation or regular expression, see chosenFormat. */
  logFormat: text.optional(),
  /** Regular expression for session keys. */
  sessionKey: text.optional(),
  /** Score from which a block is anomalous. */
  threshold: z.number().min(0).max(1).optional(),
  /** How many findings are told at most. */
  maxFindings: z.number().int().min(0).optional(),
  /** Regular expressions for what is variable in messages. */
  masks: texts.optional(),
  /** Glob patterns of files that are not scanned unless they are named. */
  exclude: texts.optional(),
  /** Templates and fingerprints of findings that are not told. */
  suppress: texts.optional(),
  /** Judge without labels, even if a model fits. */
  unsupervised: z.boolean().optional(),
  /** A model bundle; a relative path begins at the folder of the file. */
  model: text.optional(),
  /** Paths of logs believed good; relative ones begin at the folder of the file. */
  baseline: z.union([text.transform((path) => [path]), texts]).optional(),
});

/** The content of a configuration file. */
export type ScanConfig = z.infer<typeof configSchema>;

const WANTED: Record<keyof ScanConfig, string> = {
  logFormat: 'the name of a format, a pattern with <Content>, or a regular expression with (?<content>…)',
  sessionKey: 'a regular expression',
  threshold: 'a number from 0 to 1',
  maxFindings: 'a whole number from 0',
  masks: 'a list of regular expressions',
  exclude: 'a list of file patterns such as "*.old.log"',
  suppress: 'a list of templates or fingerprints',
  unsupervised: 'true or false',
  model: 'the path of a model bundle',
  baseline: 'the path of a log believed good, or a list of such paths',
};

/** What a schema cannot say: each throws an error whose message says what is wrong with the value. */
const CHECKS: { [K in keyof ScanConfig]?: (value: NonNullable<ScanConfig[K]>) => unknown } = {
  logFormat: chosenFormat,
  sessionKey: (pattern) => compileSessionPattern(pattern),
  masks: (masks) => new MaskedEvents(masks),
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
 * @throws InputError if it does not exist or cannot be used
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
export function configKeys(content: string): (keyof ScanConfig)[] {
  let value: unknown;
  try {
    value = valueOf(content);
  } catch {
    return [];
  }
  const has = (key: string): boolean => typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  return (Object.keys(WANTED) as (keyof ScanConfig)[]).filter(has);
}

/**
 * Validates the text of a configuration file.
 * @param path how to call it in messages
 * @param folder where relative paths begin
 * @throws UserError that names the file, the key and what it must be
 */
export function parseConfig(content: string, path: string, folder = dirname(path)): ScanConfig {
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
  for (const key of Object.keys(config) as (keyof ScanConfig)[]) {
    check(key, config, path);
  }
  const contradicting = (['logFormat', 'unsupervised', 'baseline'] as const).find((key) => config[key]);
  if (config.model !== undefined && contradicting !== undefined) {
    throw new UserError('config-contradiction', { path, key: contradicting });
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

function check<K extends keyof ScanConfig>(key: K, config: ScanConfig, path: string): void {
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
    const keys = Object.keys(WANTED).join(', ');
    return new UserError('config-key-unknown', { path, key: shown(issue.keys[0]), keys });
  }
  const key = issue.path[0] as keyof ScanConfig | undefined;
  if (key === undefined) {
    return new UserError('config-no-object', { path, example: '{"threshold": 0.7}' });
  }
  const wrong = shown((value as Record<string, unknown>)[key]);
  return new UserError('config-value-wrong', { path, key, value: wrong, wanted: WANTED[key] });
}

/** A value for a message: of lists within it, which may be nested without end, nothing is shown. */
function shown(value: unknown): string {
  const plain = (part: unknown): string => (typeof part === 'object' && part !== null ? '…' : JSON.stringify(part));
  const text = Array.isArray(value) ? `[${value.map(plain).join(', ')}]` : plain(value);
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}…`;
}
