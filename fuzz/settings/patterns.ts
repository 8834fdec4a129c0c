import type { InputRandom } from '../random';

/** Regular expressions as people write them. */
const USUAL = [
  String.raw`blk_-?\d+`,
  String.raw`request=(\w+)`,
  String.raw`id=(\S+)`,
  String.raw`\b[0-9a-f]{8}-[0-9a-f]{4}\b`,
  String.raw`user (\w+)`,
  String.raw`\[(.*?)\]`,
  String.raw`(\d+)`,
  String.raw`"reqId":"?(\w+)`,
  String.raw`(?i)session[ =:](\S+)`,
  String.raw`\S+`,
  '.',
  '^',
  '$',
  '',
];

/** Expressions that are refused, or that take long where a matcher backtracks, remembers too much or looks at all again and again. */
const HOSTILE = [
  '(a+)+$',
  '(a|aa)+b',
  String.raw`(\w+\s?)*$`,
  'a[^y]*y|a',
  '(?:a?a?a?a?a?a?a?a?a?a?a?a?){1000}[b!]',
  '(?:a?){1000}a',
  '((((a{1,9}){1,9}){1,9}){1,9}){1,9}',
  '(x{1000}){1000}',
  String.raw`[\s\S]*[\s\S]*[\s\S]*\d`,
  String.raw`.*.*.*.*=.*`,
  String.raw`(?:(?:(?:\d+)*)*)*x`,
  String.raw`\pL+\pN*|\PL`,
  '(?=a)b',
  String.raw`(a)\1`,
  '(',
  ')',
  '[z-a]',
  '[[:alpha:]',
  '*',
  '+?{,}',
  '\\',
  String.raw`\Q unfinished`,
  '(?P<a>x)(?P<a>y)',
  '(?<content>',
  `${'('.repeat(2000)}a${')'.repeat(2000)}`,
  'a|'.repeat(2000),
  '\u0000\u202e\x1b]0;x\x07',
  '(?<x>\ud800)',
  'x'.repeat(5000),
];

const FRAGMENTS = [
  'a',
  '.',
  String.raw`\d`,
  String.raw`\w`,
  '[^x]',
  '[a-f0-9]',
  'blk_',
  String.raw`\b`,
  '^',
  '$',
  '=',
  ' ',
];
const QUANTIFIERS = ['', '', '', '*', '+', '?', '*?', '{2}', '{0,40}', '{1,}', '{300}'];

/** A regular expression: a usual one, a hostile one, or one that is put together at random. */
export function pattern(random: InputRandom): string {
  return random.pick([() => random.pick(USUAL), () => random.pick(HOSTILE), () => assembled(random, 3)])();
}

function assembled(random: InputRandom, depth: number): string {
  const parts = Array.from({ length: random.between(1, 4) }, () => {
    const part =
      depth > 0 && random.chance(0.4)
        ? `(${random.pick(['', '?:'])}${assembled(random, depth - 1)})`
        : random.pick(FRAGMENTS);
    return part + random.pick(QUANTIFIERS);
  });
  return parts.join(random.chance(0.2) ? '|' : '');
}
