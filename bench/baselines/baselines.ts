import type { BlockDetector } from './blockDetector';
import { countVectorDistance } from './countVectorDistance';
import { firstSeen } from './firstSeen';
import { keywords } from './keywords';
import { level } from './level';
import { nGram } from './nGram';
import { rarity } from './rarity';

/** The simple detectors beside which the figures of judging without labels are shown. */
export const UNSUPERVISED_BASELINES: readonly BlockDetector[] = [
  level,
  keywords,
  rarity,
  firstSeen,
  nGram,
  countVectorDistance,
];
