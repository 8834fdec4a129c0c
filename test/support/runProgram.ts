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
 * @param env variables beside those of the tests
 */
export function runProgram(
  name: string,
  args: readonly string[],
  cwd: string,
  input?: Uint8Array | string,
  env: Record<string, string> = {},
): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('dist', 'cli', `${name}.js`), ...args], {
    cwd,
    env: { ...process.env, ...env },
    input: input ?? '',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { code: status, stdout, stderr };
}
