import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabelFreeParts } from '../core/detectors/labelFree/labelFree';
import { openNextEventNet } from './onnxNextEventNet';
import { openTextJudge, type OpenTextJudge } from './onnxTextCnn';

/** Everything that is drawn at random follows from it. */
const SEED = 1;

/**
 * What logs are judged with that have no labels; the text CNN is opened when it is asked.
 * @param modelsFolder where the bundled models are, among them the text CNN `lexical`
 */
export function labelFreeParts(modelsFolder: string): LabelFreeParts & { release: () => Promise<void> } {
  let textJudge: Promise<OpenTextJudge> | undefined;
  return {
    openNextEventNet,
    textJudge: {
      async logOdds(texts) {
        textJudge ??= readFile(join(modelsFolder, 'lexical', 'model.onnx')).then(openTextJudge);
        return (await textJudge).logOdds(texts);
      },
    },
    seed: SEED,
    async release() {
      await (await textJudge?.catch(() => undefined))?.release();
    },
  };
}
