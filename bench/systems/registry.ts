import path from 'node:path';
import { ciPairs } from '../anylog/ciPairs';
import { logChunks, unpack } from '../anylog/dataSets';
import { bglStretches } from './bglStretches';
import { caseLogs, healthyCaseLogs } from './cases';
import { INJECTED_SYSTEMS } from './injected';
import { labelledLogs } from './labelledFolder';
import type { JudgedLog, LogSystem } from './system';

const cidiff = (): JudgedLog[] =>
  labelledLogs({ name: 'cidiff', goodOf: (file) => file.replace('fail.log', 'pass.log') });

/** All systems. A new one is an entry here. */
export const SYSTEMS: readonly LogSystem[] = [
  {
    name: 'cases',
    source: 'logs after public bug reports; the cause that the report names',
    logs: caseLogs,
  },
  {
    name: 'cases, healthy',
    source: 'the same before anything went wrong',
    logs: healthyCaseLogs,
  },
  {
    name: 'cidiff',
    source: 'CiDiff (ISSTA 2025): Java builds; two annotators',
    logs: cidiff,
  },
  {
    name: 'cidiff, healthy',
    source: 'the last good runs of the same builds',
    logs: () => cidiff().flatMap(({ unit, good }) => (good === undefined ? [] : [{ unit, file: good, causes: [] }])),
  },
  {
    name: 'torch CI',
    source: 'excerpts of CI runs; the line that maintained rules surface',
    logs: () => labelledLogs({ name: 'pytorch_ci' }),
  },
  {
    name: 'kernel CI',
    source: 'kernel builds, boots, tests; expected errors of a maintained tool',
    logs: () => labelledLogs({ name: 'kernelci_logspec' }),
  },
  {
    name: 'kernel traces',
    source: 'kernel logs; issues that a parser expects',
    logs: () => labelledLogs({ name: 'squad_kernel' }),
  },
  {
    name: 'game servers',
    source: 'servers and launchers of 24 kinds; known problems',
    logs: () => labelledLogs({ name: 'minecraft' }),
  },
  {
    name: 'needles',
    source: 'known incidents put into real OpenStack, Ceph, Juju and kernel logs',
    logs: () => labelledLogs({ name: 'hotsos_needles' }),
  },
  {
    name: 'Flink',
    source: 'a fault in a cluster; templates labelled by the author',
    logs: () => labelledLogs({ name: 'flink_faults', goodOf: () => 'normal.log' }),
  },
  {
    name: 'BGL stretches',
    source: 'Blue Gene/L in stretches of 10,000 lines; alerts',
    logs: bglStretches,
  },
  {
    name: 'LogChunks',
    source: 'Brandt et al. (MSR 2020): Travis builds; the range that explains the failure',
    logs: (): JudgedLog[] => {
      const folder = unpack('ci_travis/logs.tar.xz');
      return logChunks().map(({ repository, name, first, last }) => ({
        unit: repository,
        file: path.join(folder, name),
        // A line beside the range is as good for a reader.
        causes: [{ first, last: last + 2 }],
      }));
    },
  },
  {
    name: 'CI pairs',
    source: 'CI runs; the lines that a detector must find',
    logs: () =>
      ciPairs().map(({ failedFile, goodFile, anomalies }) => ({
        unit: path.basename(failedFile),
        file: failedFile,
        causes: anomalies.flat().map((line) => ({ first: line + 1, last: line + 1 })),
        good: goodFile,
      })),
  },
  {
    name: 'CI pairs, healthy',
    source: 'the good runs beside them',
    logs: () => ciPairs().map(({ goodFile }) => ({ unit: path.basename(goodFile), file: goodFile, causes: [] })),
  },
  ...INJECTED_SYSTEMS,
];
