import { imageSize } from '../../core/features/blockImage';
import { ModelScorer } from '../../core/findings/findings';
import type { Classifier } from '../../core/model/classifier';
import type { Profile } from '../../core/model/profile';
import { readModelBundle } from './modelBundle';
import { openClassifier } from './onnxSession';

/** A model that is ready to scorer. */
export interface LoadedModel {
  profile: Profile;
  classifier: Classifier;
  scorer: ModelScorer;
}

/**
 * Reads a bundle and opens its network.
 * @param path a bundle folder, or its .onnx file with profile.json beside it
 * @throws UserError if the bundle is missing or damaged,
 * or if ONNX Runtime cannot be loaded
 */
export async function loadModel(path: string): Promise<LoadedModel> {
  const { profile, onnx, onnxPath } = await readModelBundle(path);
  const classifier = await openClassifier(onnx, imageSize(profile.features), onnxPath);
  return { profile, classifier, scorer: new ModelScorer(profile, classifier) };
}
