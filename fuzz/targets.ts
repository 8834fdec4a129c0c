import type { FuzzCase } from './fuzzCase';
import type { InputRandom } from './random';
import { compressedCase } from './targets/compressed';
import { fileCase } from './targets/files';
import { growingCase, rotatingCase } from './targets/follow';
import { mapReduceCase, rowsCase } from './targets/mapReduce';
import { damagedNetworkCase, networkCase, profileCase } from './targets/network';
import { patternCase } from './targets/pattern';
import { piecesCase } from './targets/pieces';
import { programCase } from './targets/program';
import { reportCase } from './targets/report';
import { scanCase } from './targets/scan';

/** A part of the program that inputs are made for. */
export interface Target {
  /** How often it comes: its share of all weights. */
  weight: number;
  make(random: InputRandom): FuzzCase;
}

/** All targets by name; those whose inputs take longest come seldom. */
export const TARGETS: Readonly<Record<string, Target>> = {
  scan: { weight: 20, make: scanCase },
  pieces: { weight: 6, make: piecesCase },
  pattern: { weight: 8, make: patternCase },
  report: { weight: 22, make: reportCase },
  network: { weight: 5, make: networkCase },
  damaged: { weight: 3, make: damagedNetworkCase },
  profile: { weight: 7, make: profileCase },
  file: { weight: 22, make: fileCase },
  compressed: { weight: 6, make: compressedCase },
  mapReduce: { weight: 4, make: mapReduceCase },
  rows: { weight: 5, make: rowsCase },
  growing: { weight: 3, make: growingCase },
  rotating: { weight: 2, make: rotatingCase },
  program: { weight: 1.2, make: programCase },
};
