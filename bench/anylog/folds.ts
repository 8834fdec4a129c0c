import { FNV_BASIS, fnvStep } from '../../src/core/numeric/hash';
import path from 'node:path';

/**
 * Which systems a text CNN must not have seen that judges a set: it is trained on all others. The builds of LogChunks
 * are two folds, by their repository.
 */
export const FOLDS = {
  HDFS: (system: string) => system === 'HDFS',
  BGL: (system: string) => system === 'BGL',
  OpenStack: (system: string) => system === 'OpenStack',
  Nezha: (system: string) => system === 'Nezha',
  LO2: (system: string) => system === 'LO2',
  'CI-0': (system: string) => system.startsWith('CI ') && ciFold(system.slice(3)) === 0,
  'CI-1': (system: string) => system.startsWith('CI ') && ciFold(system.slice(3)) === 1,
  Thunderbird: (system: string) => system === 'Thunderbird',
  'Hadoop, Zookeeper, Spark': (system: string) => ['Hadoop', 'Zookeeper', 'Spark'].includes(system),
  'Linux, Mac, Android, Apache': (system: string) => ['Linux', 'Mac', 'Android', 'Apache'].includes(system),
} as const;

export type Fold = keyof typeof FOLDS;

/** The half, 0 or 1, that a repository belongs to: FNV-1a of its name. */
export function ciFold(repository: string): 0 | 1 {
  let hash = FNV_BASIS;
  for (const char of repository) {
    hash = fnvStep(hash, char.charCodeAt(0));
  }
  return ((hash >>> 16) & 1) as 0 | 1;
}

/** The text CNN that has not seen the systems of a fold. */
export function foldModelPath(fold: Fold): string {
  return path.resolve('out/bench/textCnn', `${fold.replaceAll(', ', '-')}.onnx`);
}
