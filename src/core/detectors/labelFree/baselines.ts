import type { LabelFreeDetector } from './eventLog';
import { countVectorDistance } from './baselines/countVectorDistance';
import { firstSeen } from './baselines/firstSeen';
import { keywords } from './baselines/keywords';
import { level } from './baselines/level';
import { nGram } from './baselines/nGram';
import { rarity } from './baselines/rarity';

/** The simple detectors beside which the figures of judging without labels are shown. */
export const LABEL_FREE_BASELINES: readonly LabelFreeDetector[] = [
  level,
  keywords,
  rarity,
  firstSeen,
  nGram,
  countVectorDistance,
];
