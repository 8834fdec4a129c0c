import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** What a program did. */
export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs a built program as a user would.
 * @param name its name in dist/cli, without ending
 * @param cwd the folder it runs in
 */
export function runProgram(name: string, args: readonly string[], cwd: string, input?: Uint8Array | string): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('dist', 'cli', `${name}.js`), ...args], {
    cwd,
    input: input ?? '',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { code: status, stdout, stderr };
}
