import { CATALOGUE } from '../../src/core/formats/catalogue';
import type { ScanSettings } from '../../src/node/settings/scanSettings';
import { HOSTILE_TEXTS } from '../logs/hostileText';
import type { InputRandom } from '../random';
import { pattern } from './patterns';

const NOTATIONS = [
  '<Date> <Time> <Pid> <Level> <Component>: <Content>',
  '<Level> <Content>',
  '<Content>',
  '[<Time>] <Content>',
  '<A><B><Content>',
  '<Content> <Content>',
  '<Date> <Time>',
  '<<Content>>',
  '',
  String.raw`^(?<time>\S+ \S+) (?<level>\w+) (?<content>.*)$`,
  '(?<content>.*)',
  '(?<level>.)*(?<content>)',
  'no-such-format',
];

const TIMES = [
  '2024-05-13',
  '2024-05-13T06:35',
  '06:40',
  '2024-05-13T06:30:00.5Z',
  '1970-01-01',
  '9999-12-31',
  'yesterday',
  '',
  '-1',
  '2024-02-30',
  '\x1b[2J',
];

const ENCODINGS = [
  'utf-8',
  'utf-16be',
  'utf-32le',
  'latin1',
  'shift_jis',
  'gb18030',
  'iso-2022-jp',
  'utf-7',
  '',
  '\x1b[2J',
];

/** Settings of a scan, about half of them none at all. */
export function scanSettings(random: InputRandom): ScanSettings {
  if (random.chance(0.4)) {
    return {};
  }
  const settings: ScanSettings = {};
  if (random.chance(0.25)) {
    settings.sessionKey = pattern(random);
  }
  if (random.chance(0.2)) {
    settings.threshold = random.pick([0, 1, 0.5, random.next(), -1, 2, NaN, 1e-300]);
  }
  if (random.chance(0.1)) {
    settings.encoding = random.pick(ENCODINGS);
  }
  if (random.chance(0.25)) {
    settings.unsupervised = true;
  }
  if (random.chance(0.15)) {
    settings.model = 'models/hdfs';
  }
  if (random.chance(0.2)) {
    settings.logFormat = random.pick([
      () => random.pick(CATALOGUE).name,
      () => random.pick(NOTATIONS),
      () => `${pattern(random)}(?<content>${pattern(random)})`,
    ])();
  }
  if (random.chance(0.15)) {
    settings.mask = Array.from({ length: random.between(1, 3) }, () => pattern(random));
  }
  if (random.chance(0.15)) {
    settings.suppress = random.some(['<*>', 'x<*>', '<*>e<*>', '0123456789abcdef', '', ...HOSTILE_TEXTS], 4);
  }
  if (random.chance(0.1)) {
    settings.since = random.pick(TIMES);
  }
  if (random.chance(0.1)) {
    settings.until = random.pick(TIMES);
  }
  return settings;
}
