import { binaryOf } from '../binary';
import type { InputRandom } from '../random';
import { HOSTILE_TEXTS } from './hostileText';
import { eachLineMutator, lineMutator, type Mutator } from './mutator';

/** A year, as most times write it. */
const YEAR = /\b(?:19|20)\d\d(?=[-/])|(?<=\/)(?:19|20)\d\d\b/;

const NUMBERS = [
  '0',
  '-0',
  '-1',
  '007',
  '1e999',
  '-1e-999',
  '9007199254740993',
  '18446744073709551616',
  '99999999999999999999999999999999999999',
  '0x7fffffff',
  '1_000',
  '1,5',
  'NaN',
  'Infinity',
  '.5.',
];

const DATES = [
  '0000-00-00 00:00:00',
  '9999-12-31 23:59:59',
  '1969-12-31 23:59:59',
  '2024-02-30 25:61:61',
  '2023-02-29T24:00:00Z',
  '2016-12-31T23:59:60Z',
  '2024-10-27 02:30:00',
  '10000-01-01T00:00:00Z',
  '-0001-01-01T00:00:00Z',
  '2024-05-13T06:30:00.123456789123456789+99:99',
  '1700000000',
  '99999999999999999999',
  'Feb 29 00:00:00',
  'Mon Foo 99 99:99:99 0000',
];

/** What is done to the parts that lines have: times, numbers, names, brackets. */
export const TEXT_MUTATORS: readonly Mutator[] = [
  eachLineMutator('another year', (line, random) =>
    line.replace(YEAR, random.pick(['0000', '0001', '1000', '1969', '2038', '9999', '20024'])),
  ),
  eachLineMutator('another time', (line, random) =>
    line.replace(
      /\d\d:\d\d(:\d\d)?/,
      random.pick(['24:00:00', '23:59:60', '99:99:99', '00:00', '-1:00:00', '00:00:00,']),
    ),
  ),
  eachLineMutator('an impossible date before the line', (line, random) => `${random.pick(DATES)} ${line}`),
  lineMutator('times that go back', (lines, random) => {
    const start = random.below(lines.length);
    return [...lines.slice(start), ...lines.slice(0, start)];
  }),
  lineMutator('all times the same', (lines) => {
    const time = /\d\d:\d\d:\d\d/.exec(lines.join('\n'))?.[0];
    return time === undefined ? lines : lines.map((line) => line.replace(/\d\d:\d\d:\d\d/, time));
  }),
  eachLineMutator('other numbers', (line, random) =>
    line.replace(/\d+/g, (digits) => (random.chance(0.3) ? random.pick(NUMBERS) : digits)),
  ),
  eachLineMutator('digits shuffled', (line, random) => line.replace(/\d/g, () => String(random.below(10)))),
  eachLineMutator('very long word', (line, random) =>
    replaceWord(line, random, random.pick(['a', '9', '%', '\xc3\xa4']).repeat(random.size(4000))),
  ),
  eachLineMutator('hostile word', (line, random) => replaceWord(line, random, random.pick(HOSTILE_TEXTS))),
  eachLineMutator('words in reverse', (line) => line.split(' ').toReversed().join(' ')),
  eachLineMutator('blanks doubled', (line) => line.replaceAll(' ', '  ')),
  eachLineMutator('blanks left out', (line) => line.replaceAll(' ', '')),
  eachLineMutator('tabs for blanks', (line) => line.replaceAll(' ', '\t')),
  eachLineMutator('capitals', (line) => line.toUpperCase()),
  eachLineMutator('levels swapped', (line, random) =>
    line.replace(/\b(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL)\b/gi, () =>
      random.pick(['INFO', 'ERROR', 'Fatal', 'W', '', 'NOTALEVEL']),
    ),
  ),
  eachLineMutator('deep JSON', (line, random) => {
    const depth = random.size(3000);
    const [open, close] = random.pick([
      ['[', ']'],
      ['{"a":', '}'],
      ['{"a":[', ']}'],
    ]);
    return `{"message":"${line.slice(0, 40).replace(/["\\]/g, '')}","x":${open.repeat(depth)}1${random.chance(0.5) ? close.repeat(depth) : ''}}`;
  }),
  eachLineMutator('JSON with odd members', (_, random) =>
    binaryOf(
      JSON.stringify({
        time: random.pick([null, 0, 1e300, '2024-05-13T06:30:00Z', {}, [], '']),
        level: random.pick([null, 30, 1e9, 'info', {}, ['error']]),
        msg: random.pick([null, 5, true, {}, [1, [2]], 'x'.repeat(random.size(300)), '\u0000\u202e\ud800']),
        ['__proto__']: 1,
        '': '',
      }),
    ),
  ),
  eachLineMutator('JSON cut', (line, random) => {
    const text = JSON.stringify({ ts: 1, level: 'error', msg: line });
    return text.slice(0, random.below(text.length + 1));
  }),
  eachLineMutator('logfmt with odd pairs', (line, random) =>
    `time=2024-05-13T06:30:00Z level=${random.pick(['info', '"', '=', 'err"or'])} msg="${line}\\" =x a= ="" b="c`.slice(
      0,
      random.size(2000),
    ),
  ),
  eachLineMutator(
    'brackets',
    (line, random) => random.pick(['[', '(', '{', '<', '"', "'", '`', '\\']).repeat(random.size(2000)) + line,
  ),
  eachLineMutator('unbalanced quotes', (line, random) =>
    replaceWord(line, random, random.pick(['"', "'", '""', '\\"', '"a b'])),
  ),
  eachLineMutator('wildcards of templates', (line, random) =>
    replaceWord(line, random, random.pick(['<*>', '<*><*>', '<>', '*', '<:NUM:>'])),
  ),
];

function replaceWord(line: string, random: InputRandom, by: string): string {
  const words = line.split(' ');
  words[random.below(words.length)] = by;
  return words.join(' ');
}
