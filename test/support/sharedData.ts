import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Context } from 'mocha';

/**
 * Real logs lie beside the checkout in ../shared/data and are never part of the project. LOGCNN_SHARED names another
 * place of the `shared` folder.
 */
const dataFolder = path.resolve(process.env.LOGCNN_SHARED ?? '../shared', 'data');

/** Absolute path of a file of the shared data (for example `hdfs/HDFS_dev.log.gz`), or undefined where it is absent. */
export function sharedData(relativePath: string): string | undefined {
  const file = path.join(dataFolder, relativePath);
  return existsSync(file) ? file : undefined;
}

/**
 * Skips a test (or, from a `before` hook, its suite) where the shared data is absent, and says so; with `CI=true` it
 * fails instead, because there a skipped measurement would pass unnoticed. Call it as `skipWithoutSharedData(this)`.
 */
export function skipWithoutSharedData(context: Context): void {
  if (existsSync(dataFolder)) return;
  if (process.env.CI === 'true') throw new Error(`The shared data is missing: expected ${dataFolder}.`);
  console.log(`      skipped: ${dataFolder} is not there (LOGCNN_SHARED names another place of the shared folder)`);
  context.skip();
}
