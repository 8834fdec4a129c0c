import { join } from 'node:path';
import { UserError } from '../../core/errors/userError';
import type { UnsupervisedParts } from '../../core/detect/unsupervised/unsupervised';
import { TEXT_CNN } from './bundledModels';
import { networkHash } from './modelBundle';
import { openNextEventNet } from './onnxNextEventNet';
import { openTextJudge, type OpenTextJudge } from './onnxTextCnn';
import { readWholeFile } from '../files/wholeFile';

/** Everything that is drawn at random follows from it. */
const SEED = 1;
/** The largest text CNN that is read. */
const MAX_TEXT_CNN_BYTES = 1 << 26;

/**
 * What logs are judged with that have no labels; the text CNN is opened when it is asked.
 * @param modelsFolder where the bundled models are, among them the text CNN
 */
export function unsupervisedParts(modelsFolder: string): UnsupervisedParts & { release: () => Promise<void> } {
  let textJudge: Promise<OpenTextJudge> | undefined;
  return {
    openNextEventNet,
    textJudge: {
      async logOdds(texts) {
        textJudge ??= readTextCnn(join(modelsFolder, TEXT_CNN, 'model.onnx')).then(openTextJudge);
        return (await textJudge).logOdds(texts);
      },
    },
    seed: SEED,
    async release() {
      await (await textJudge?.catch(() => undefined))?.release();
    },
  };
}

/**
 * The text CNN that ships with the program, which is known by its hash in the form of `sha256sum` beside it.
 * @throws UserError if one of the two is missing or damaged
 */
async function readTextCnn(path: string): Promise<Uint8Array> {
  const network = await readShipped(path);
  const [wanted] = (await readShipped(`${path}.sha256`)).toString('latin1').split(' ');
  if (networkHash(network) !== wanted) {
    throw new UserError('part-of-program-changed', { path });
  }
  return network;
}

async function readShipped(path: string): Promise<Buffer> {
  try {
    return (await readWholeFile(path, MAX_TEXT_CNN_BYTES)).bytes;
  } catch (error) {
    throw error instanceof UserError ? new UserError('part-of-program-unreadable', { path }) : error;
  }
}
