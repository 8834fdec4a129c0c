import type { UnsupervisedParts } from '../../core/detect/unsupervised/unsupervisedScores';
import { openNextEventNet } from './onnxNextEventNet';

/** What logs are judged with that have no labels. Everything that is drawn at random follows from the seed. */
export const UNSUPERVISED_PARTS: UnsupervisedParts = { openNextEventNet, seed: 1 };
