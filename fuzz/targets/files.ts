import { readFeatures } from '../../src/node/tables/featuresReader';
import { readKnown } from '../../src/node/scan/knownFindings';
import { readLabels } from '../../src/node/tables/labelsCsv';
import { npyHeader } from '../../src/node/tables/npy';
import { readConfig } from '../../src/node/settings/scanConfig';
import { readSequencesCsv } from '../../src/node/tables/sequencesCsv';
import { readTemplatesCsv } from '../../src/node/tables/templatesCsv';
import { TINY_PROFILE } from '../../test/support/tinyBundle';
import { fromBinary, toBinary } from '../binary';
import { demand } from '../fault';
import { spoiltCsv } from '../files/csvFile';
import { spoiltJson } from '../files/jsonFile';
import type { FuzzCase } from '../fuzzCase';
import { BYTE_MUTATORS } from '../logs/byteMutators';
import { refusable } from '../oracles/refusal';
import type { InputRandom } from '../random';
import { pattern } from '../settings/patterns';

/** A kind of file beside the logs, and who reads it. */
interface FileKind {
  name: string;
  make(random: InputRandom): Uint8Array;
  read(path: string): Promise<unknown>;
}

const FILE_KINDS: readonly FileKind[] = [
  { name: 'logcnn.config.json', make: spoiltConfig, read: readConfig },
  { name: 'features.npy', make: spoiltFeatures, read: readFiniteFeatures },
  {
    name: 'labels.csv',
    make: (random) => spoiltCsv('BlockId,Label\nblk_1,Normal\nblk_2,Anomaly\nblk_3,Normal\n', random),
    read: readLabels,
  },
  {
    name: 'sequences.csv',
    make: (random) =>
      spoiltCsv('BlockId,Label,Sequence,InRawDev\nblk_1,Normal,5 5 22 11,0\nblk_2,Anomaly,5 7,1\n', random),
    read: readSequencesCsv,
  },
  {
    name: 'templates.csv',
    make: (random) => spoiltCsv('EventId,Template\nE1,Receiving block <*>\nE2,"a, b <*>"\n', random),
    read: readTemplatesCsv,
  },
  { name: 'known.json', make: spoiltKnown, read: readKnown },
];

/** A spoilt file of a kind that is read beside the logs. */
export function fileCase(random: InputRandom): FuzzCase {
  const { name, make, read } = random.pick(FILE_KINDS);
  return {
    description: name,
    files: [{ name, bytes: make(random) }],
    run: (place) => refusable(() => read(place.path(name))),
  };
}

function spoiltConfig(random: InputRandom): Uint8Array {
  const config = {
    logFormat: random.pick(['<Date> <Time> <Content>', pattern(random)]),
    sessionKey: pattern(random),
    threshold: random.next(),
    maxFindings: random.size(1000),
    mask: [pattern(random)],
    exclude: ['*.old.log', 'a/**'],
    suppress: ['a <*> b'],
  };
  const kept = Object.entries(config).filter(() => random.chance(0.5));
  return spoiltJson(Object.fromEntries(kept), random);
}

function spoiltKnown(random: InputRandom): Uint8Array {
  const findings = Array.from({ length: random.size(20) }, () => ({
    anomalous: true,
    fingerprint: '0123456789abcdef',
  }));
  return random.chance(0.5)
    ? spoiltJson({ findings }, random)
    : fromBinary(random.pick(BYTE_MUTATORS).apply('0123456789abcdef # known\n'.repeat(5), random, ''));
}

const FEATURES = { rows: TINY_PROFILE.features.rows, events: TINY_PROFILE.vocabulary.length };

function spoiltFeatures(random: InputRandom): Uint8Array {
  const { rows, events } = FEATURES;
  const count = random.size(20);
  const shape = random.pick([
    [count, rows, events],
    [count, 1, rows, events],
    [count],
    [],
    [0, rows, events],
    [2 ** 31, rows, events],
    [2 ** 53, 2 ** 53],
  ]);
  const values = Float32Array.from({ length: count * rows * events }, () =>
    random.pick([0, 1, 5, -1, 1e30, NaN, Infinity]),
  );
  let text = toBinary(npyHeader(shape)) + toBinary(new Uint8Array(values.buffer));
  const type = random.pick(['<f4', '>f4', '<f2', '<f8', '|i1', '<i8', '|O', '<U4', '<c8', '|V0', '<f0', '<f16']);
  text = text.replace('<f4', type).replace('False', random.pick(['False', 'True', 'None', '']));
  if (random.chance(0.5)) {
    text = random.pick(BYTE_MUTATORS).apply(text, random, text);
  }
  return fromBinary(text);
}

async function readFiniteFeatures(path: string): Promise<void> {
  const { images } = await readFeatures(path, TINY_PROFILE.features);
  demand('features that are no finite numbers', images.every(Number.isFinite), () => path);
}
