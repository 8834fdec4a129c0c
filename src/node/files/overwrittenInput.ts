import { fstat, type BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { UserError } from '../../core/errors/userError';
import { STANDARD_INPUT } from './openInput';
import { outputPlace, STANDARD_OUTPUT } from './outputPlace';
import { fileHolding } from './zipArchive';

/**
 * Makes sure that no output of a run takes the place of what the run reads, by whatever name or link either is called.
 * @param outputs paths, or `-` for standard output; undefined for what is not wanted
 * @param inputs paths, or `-` for standard input; undefined for what is not given; what does not exist is left to its reader
 * @throws UserError if an output is an input, a folder, or may not be written
 */
export async function refuseOverwrittenInputs(
  outputs: readonly (string | undefined)[],
  inputs: readonly (string | undefined)[],
): Promise<void> {
  const inputOf = new Map<string, string>();
  for (const input of inputs.filter(isGiven)) {
    const file = identity(await inputStatus(input));
    if (file !== undefined && !inputOf.has(file)) {
      inputOf.set(file, input);
    }
  }
  for (const output of outputs.filter(isGiven)) {
    const file = identity((await outputPlace(output)).status);
    const input = file === undefined ? undefined : inputOf.get(file);
    if (input !== undefined) {
      const read = input === STANDARD_INPUT ? 'standard input' : input;
      const written = output === STANDARD_OUTPUT ? 'standard output' : output;
      throw written === read
        ? new UserError('output-is-input', { path: read })
        : new UserError('output-same-as-input', { output: written, path: read });
    }
  }
}

async function inputStatus(input: string): Promise<BigIntStats | undefined> {
  const looking =
    input === STANDARD_INPUT ? promisify(fstat)(0, { bigint: true }) : stat(await fileHolding(input), { bigint: true });
  return looking.catch(() => undefined);
}

/** What is lost when it is written: a terminal or a pipe may be both ends of a run, a file or a disk may not. */
function identity(status: BigIntStats | undefined): string | undefined {
  const canBeLost = status !== undefined && (status.isFile() || status.isBlockDevice());
  // File systems without numbers of files say 0.
  return canBeLost && status.ino !== 0n ? `${status.dev}:${status.ino}` : undefined;
}

function isGiven(path: string | undefined): path is string {
  return path !== undefined;
}
