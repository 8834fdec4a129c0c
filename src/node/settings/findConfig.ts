import type { Stats } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CONFIG_NAME } from './configName';
import type { FoundBy } from './scanConfig';
import { strangersHand, strangersOwn } from '../files/fileOwnership';
import { fileError } from '../files/fileError';
import { configKeys, parseConfig, readConfig, readConfigFile, type LoadedConfig } from './scanConfig';

/** What was found where nobody has named a configuration. */
export interface FoundConfig {
  /** The configuration that counts; undefined if there is none. */
  loaded?: LoadedConfig;
  /** A sentence for each file that was not taken: why not, and what to do. */
  refusals: string[];
}

/**
 * Reads the configuration of the first of some folders that has one. Its user has said that the folders are trusted.
 * @returns undefined if none has
 * @throws UserError if it cannot be used
 */
export async function findConfig(folders: readonly string[]): Promise<LoadedConfig | undefined> {
  const [path] = await configsIn(folders);
  return path === undefined ? undefined : readConfig(path);
}

/**
 * Reads the configuration of the first of some folders that has one which nobody but the user and root can have written.
 * Any other file is passed over as if it were not there. Windows has no such owners and modes; there every file is taken.
 * @throws UserError if it cannot be used
 */
export async function findOwnConfig(folders: readonly string[], foundBy: FoundBy): Promise<FoundConfig> {
  const refusals: string[] = [];
  for (const path of await configsIn(folders)) {
    // Before it is opened, for what cannot be read (a pipe, a huge file) may be the work of somebody else, too.
    let fault = await faultOfPlace(path);
    if (fault === undefined) {
      const { text, status } = await readConfigFile(path);
      // Of the very file that was read: it may have taken the place of the one that was looked at.
      fault = strangersHand(status, 'it');
      if (fault === undefined) {
        return { loaded: { path, config: parseConfig(text, path, dirname(path), true), foundBy }, refusals };
      }
    }
    refusals.push(`${path} is not used, since ${fault}; ${foundBy.remedy(path)}.`);
  }
  return { refusals };
}

/**
 * Tells which configuration is not used since its workspace is not trusted. Nothing in it can make this fail.
 * @returns notes for the results; none if no folder has a configuration
 */
export async function unusedConfigNotes(folders: readonly string[]): Promise<string[]> {
  const [path] = await configsIn(folders);
  if (path === undefined) {
    return [];
  }
  let keys: string[] = [];
  try {
    keys = configKeys((await readConfigFile(path)).text);
  } catch {
    // What cannot be read has no keys to tell.
  }
  return [
    `not used, since the workspace is not trusted: ${keys.length === 0 ? '' : `${keys.join(', ')} of `}${CONFIG_NAME}`,
  ];
}

/** Paths of the configurations that are there, in the order of their folders. */
async function configsIn(folders: readonly string[]): Promise<string[]> {
  const paths: string[] = [];
  for (const path of new Set(folders.map((folder) => join(folder, CONFIG_NAME)))) {
    // A link that leads nowhere, or to itself, is there too: it is refused when it is read.
    if ((await statusOf(lstat, path)) !== undefined) {
      paths.push(path);
    }
  }
  return paths;
}

async function statusOf(look: (path: string) => Promise<Stats>, path: string): Promise<Stats | undefined> {
  try {
    return await look(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return undefined;
    }
    throw fileError(error, path);
  }
}

/** Why an entry of a folder may be the work of somebody else; undefined if it may not. */
async function faultOfPlace(path: string): Promise<string | undefined> {
  const folder = await statusOf(stat, dirname(path));
  const entry = await statusOf(lstat, path);
  const fault = (folder && strangersHand(folder, 'its folder')) ?? (entry && strangersOwn(entry, 'it'));
  if (fault !== undefined) {
    return fault;
  }
  const file = await statusOf(stat, path);
  return file && strangersHand(file, 'it');
}
