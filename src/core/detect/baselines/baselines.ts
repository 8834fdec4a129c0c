import { countRarity } from './countRarity';
import { countTable } from './countTable';
import { decisionTree } from './decisionTree';
import type { SimpleDetector } from './simpleDetector';
import { nearestNeighbour } from './nearestNeighbour';
import { newEvent } from './newEvent';
import { sequenceLength } from './sequenceLength';

/** The simple detectors beside which the figures of a network are shown, strongest on HDFS first. */
export const BASELINES: readonly SimpleDetector[] = [
  decisionTree,
  countTable,
  nearestNeighbour,
  countRarity,
  newEvent,
  sequenceLength,
];
