import { join } from 'node:path';
import type { UnsupervisedParts } from '../../core/detect/unsupervised/unsupervised';
import { TEXT_CNN } from './bundledModels';
import { InputError } from '../files/inputError';
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
 * @throws InputError if one of the two is missing or damaged
 */
async function readTextCnn(path: string): Promise<Uint8Array> {
  const network = await readShipped(path);
  const [wanted] = (await readShipped(`${path}.sha256`)).toString('latin1').split(' ');
  if (networkHash(network) !== wanted) {
    throw new InputError(`${path} is damaged (its SHA-256 is another than in ${path}.sha256); install LogCNN again.`);
  }
  return network;
}

async function readShipped(path: string): Promise<Buffer> {
  try {
    return (await readWholeFile(path, MAX_TEXT_CNN_BYTES)).bytes;
  } catch (error) {
    throw error instanceof InputError
      ? new InputError(`${path}, which belongs to LogCNN, is missing or cannot be read; install LogCNN again.`)
      : error;
  }
}
