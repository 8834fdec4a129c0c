import { CountNeighbourhoods } from '../../src/core/detect/unsupervised/countNeighbourhoods';
import type { BlockDetector } from './blockDetector';

/**
 * Distance of a block's event counts to its neighbourhood (Landauer et al., "Critical Review of Log Data Sets", 2024: event
 * count vectors are hard to beat).
 */
export const countVectorDistance: BlockDetector = {
  name: 'count vector distance',
  score: async (log) => new CountNeighbourhoods(log),
};
