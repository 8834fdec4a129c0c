import type { UnsupervisedDetector } from '../../src/core/events/eventLog';
import { countVectorDistance } from '../../src/core/detect/unsupervised/countVectorDistance';
import { firstSeen } from './firstSeen';
import { keywords } from './keywords';
import { level } from './level';
import { nGram } from './nGram';
import { rarity } from './rarity';

/** The simple detectors beside which the figures of judging without labels are shown. */
export const UNSUPERVISED_BASELINES: readonly UnsupervisedDetector[] = [
  level,
  keywords,
  rarity,
  firstSeen,
  nGram,
  countVectorDistance,
];
