import type { InputRandom } from '../random';
import { HOSTILE_TEXTS } from './hostileText';
import { eachLineMutator, lineMutator, type Mutator } from './mutator';

const TRACES: readonly (readonly string[])[] = [
  [
    'java.lang.IllegalStateException: no \x1b[31mstate',
    '\tat com.example.A.run(A.java:7)',
    '\t... 12 more',
    'Caused by: java.io.IOException',
    '\tat x.Y.z(Native Method)',
  ],
  [
    'Traceback (most recent call last):',
    '  File "/app/a.py", line 3, in <module>',
    '    f()',
    'ValueError: =cmd|calc!A0',
  ],
  [
    'panic: runtime error: index out of range [5] with length 3',
    '',
    'goroutine 1 [running]:',
    'main.main()',
    '\t/app/main.go:9 +0x1d',
  ],
  [
    'TypeError: Cannot read properties of undefined',
    '    at f (/app/a.js:1:2)',
    '    at async g (node:internal/x:3:4)',
  ],
];

/** What is done to a log line by line. */
export const LINE_MUTATORS: readonly Mutator[] = [
  lineMutator('lines left out', (lines, random) => lines.filter(() => random.chance(0.8))),
  lineMutator('lines twice', (lines, random) => lines.flatMap((line) => (random.chance(0.2) ? [line, line] : [line]))),
  lineMutator('one line again and again', (lines, random) => {
    const line = random.pick(lines);
    return inserted(
      lines,
      random,
      Array.from({ length: random.size(3000) }, () => line),
    );
  }),
  lineMutator('lines shuffled', (lines, random) => {
    const order = Uint32Array.from(lines.keys());
    random.shuffle(order);
    return Array.from(order, (i) => lines[i]);
  }),
  lineMutator('lines in reverse', (lines) => lines.toReversed()),
  lineMutator('empty lines', (lines, random) =>
    inserted(
      lines,
      random,
      Array.from({ length: random.size(5000) }, () => ''),
    ),
  ),
  lineMutator('lines of blanks', (lines, random) =>
    inserted(
      lines,
      random,
      Array.from({ length: random.size(300) }, () => random.pick([' ', '\t', ' \t ', '\x0b', '\x0c']).repeat(9)),
    ),
  ),
  lineMutator('very short lines', (lines, random) =>
    inserted(
      lines,
      random,
      Array.from({ length: random.size(20_000) }, () => String.fromCharCode(97 + random.below(3))),
    ),
  ),
  lineMutator('a huge line', (lines, random) => {
    const line = random.pick(lines);
    const filling = random.pick([' ', 'a', 'x y ', '"', '[', '(', '\\', '1', 'k=v ', '\xc3\xa9', line]);
    const length = random.pick([8191, 8192, 65_535, 65_536, 65_537, random.size(200_000)]);
    return inserted(lines, random, [line + filling.repeat(Math.ceil(length / Math.max(1, filling.length)))]);
  }),
  lineMutator('lines joined', (lines, random) => {
    const start = random.below(lines.length);
    const count = random.size(30);
    return [...lines.slice(0, start), lines.slice(start, start + count).join(''), ...lines.slice(start + count)];
  }),
  lineMutator('lines of another log between', (lines, random, other) =>
    lines.flatMap((line) => (random.chance(0.3) ? [line, random.pick(other)] : [line])),
  ),
  lineMutator('stack traces', (lines, random) =>
    lines.flatMap((line) => (random.chance(0.1) ? [line, ...random.pick(TRACES)] : [line])),
  ),
  lineMutator('a stack trace without end', (lines, random) =>
    inserted(
      lines,
      random,
      Array.from({ length: random.size(3000) }, (_, i) => `\tat a.b.C${i % 7}.d(C.java:${i})`),
    ),
  ),
  lineMutator('lines of # at the beginning', (lines) => ['# a comment', '#Fields: a b', '#', ...lines]),
  lineMutator('very many identifiers', (lines, random) => {
    const line = random.pick(lines);
    return inserted(
      lines,
      random,
      Array.from({ length: random.size(2000) }, (_, i) => `${line} id=${i.toString(36)} blk_${i * 7919}`),
    );
  }),
  lineMutator('one line with very many identifiers', (lines, random) =>
    inserted(lines, random, [
      `${random.pick(lines)} ${Array.from({ length: random.size(3000) }, (_, i) => `blk_${i}`).join(' ')}`,
    ]),
  ),
  lineMutator('random words', (lines, random) =>
    inserted(
      lines,
      random,
      Array.from({ length: random.size(100) }, () =>
        Array.from({ length: random.size(12) }, () => word(random)).join(' '),
      ),
    ),
  ),
  eachLineMutator('ends of lines cut off', (line, random) => line.slice(0, random.below(line.length + 1))),
  eachLineMutator('beginnings of lines cut off', (line, random) => line.slice(random.below(line.length + 1))),
  eachLineMutator('lines indented', (line, random) => random.pick([' ', '    ', '\t', '\t\t', '  | ']) + line),
  eachLineMutator('# before lines', (line) => `#${line}`),
  eachLineMutator('hostile text before lines', (line, random) => random.pick(HOSTILE_TEXTS) + line),
  eachLineMutator('hostile text after lines', (line, random) => `${line} ${random.pick(HOSTILE_TEXTS)}`),
  eachLineMutator('CR LF', (line) => `${line}\r`),
  eachLineMutator('CR alone', (line) => `${line}\r${line}`),
  eachLineMutator('CR CR LF', (line) => `${line}\r\r`),
  eachLineMutator('other line separators', (line, random) =>
    line.replaceAll(' ', random.pick(['\xe2\x80\xa8', '\xc2\x85', '\x0b', '\x1e', '\x1c'])),
  ),
  { name: 'no line ends', apply: (log) => log.replaceAll('\n', ' ') },
  { name: 'no last line end', apply: (log) => log.replace(/\n+$/, '') },
];

function inserted(lines: readonly string[], random: InputRandom, others: readonly string[]): string[] {
  const start = random.below(lines.length + 1);
  return [...lines.slice(0, start), ...others, ...lines.slice(start)];
}

function word(random: InputRandom): string {
  return Array.from({ length: random.between(1, 9) }, () => String.fromCharCode(97 + random.below(26))).join('');
}
