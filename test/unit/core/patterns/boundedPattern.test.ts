import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { UserError } from '../../../../src/core/errors/userError';
import { compileSessionPattern } from '../../../../src/core/blocks/sessionKey';
import { chosenFormat } from '../../../../src/core/formats/chosenFormat';
import {
  BoundedPattern,
  patternName,
  LINE_UNITS,
  PATTERN_LENGTH,
  SHOWN_BYTES,
} from '../../../../src/core/patterns/boundedPattern';
import { LineWatch } from '../../../../src/core/patterns/lineWatch';
import { MaskedEvents } from '../../../../src/core/templates/maskedEvents';
import { utf8 } from '../../../support/bytes';

type Places = [start: number, end: number][];

function matchesOf(pattern: BoundedPattern, bytes: Uint8Array, units?: number): Places {
  const found: Places = [];
  const group = pattern.groupCount > 0 ? 1 : 0;
  pattern.begin(bytes, 0, bytes.length, units);
  while (pattern.next()) {
    found.push([pattern.startOf(group), pattern.endOf(group)]);
  }
  return found;
}

/** What RE2JS finds by itself, in bytes. */
function plainMatches(pattern: string, bytes: Uint8Array): Places {
  const matcher = RE2JS.compile(pattern).matcher(bytes);
  const group = matcher.groupCount() > 0 ? 1 : 0;
  const found: Places = [];
  while (matcher.find()) {
    found.push([matcher.start(group), matcher.end(group)]);
  }
  return found;
}

const HUGE = '(?:a?a?a?a?a?a?a?a?a?a?a?a?){1000}[b!]';

/** Finding all their matches looks again and again at the rest of a line of `a`. */
const QUADRATIC = ['a[^y]*y|a', '(?:a*)*b|a', '[\\pL]+\\PL{3}|.', 'a.*END|a', '(a?){200}[b!]|a'];

/** As they stand in documents, tests and configurations. */
const ORDINARY = [
  'request=(\\w+)',
  'user (\\w+)',
  '(?:blk)_(-?[0-9]+)',
  'TraceID: ([0-9a-f]+)',
  '(?:req|request)[-_ ]?id[=:] ?"?([\\w-]{8,64})',
  '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  '(?:\\d{1,3}\\.){3}\\d{1,3}(?::\\d+)?',
  '(?i)\\b(?:user|account|customer) ?(?:id|no)?[=: ]+(\\S+)',
  '\\d+',
];

const LONG_LINE = utf8(
  'block blk_-1608999687919862906 of request=ab12 user alice 0a1b2c3d-00ff-11aa-22bb-0123456789ab at 10.250.19.102:54106, '.repeat(
    70,
  ),
);

function boundedPattern(expression: string, watch?: LineWatch): BoundedPattern {
  return new BoundedPattern(expression, patternName('mask', expression), watch);
}

describe('BoundedPattern', () => {
  it('finds what RE2JS finds, at its places in the bytes, also where they are no UTF-8', () => {
    const piece = fc.constantFrom('a', 'b', 'ab', ' ', '12', 'ä', '漢字', '😀', 'id=');
    const bytes = fc
      .array(fc.oneof(piece.map(utf8), fc.uint8Array({ maxLength: 2 })), { maxLength: 30 })
      .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));
    const pattern = fc.constantFrom(...QUADRATIC, ...ORDINARY, '(a+)(b?)', '\\bid=', 'ä|字', '[^a]', '😀.', '^a|b$');
    fc.assert(
      fc.property(pattern, bytes, (expression, text) => {
        assert.deepEqual(matchesOf(boundedPattern(expression), text), plainMatches(expression, text));
      }),
      { seed: 11, numRuns: 3000 },
    );
  });

  it('finds the same with any number of units that suffices, and the first of it with fewer', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'y', ' ', '12'), { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.constantFrom(...QUADRATIC, ...ORDINARY), text, fc.nat(200_000), (expression, line, units) => {
        const watch = new LineWatch();
        const pattern = boundedPattern(expression, watch);
        const bytes = utf8(line);
        watch.beginLine();
        const all = matchesOf(pattern, bytes);
        const cost = LINE_UNITS - pattern.unitsLeft;
        assert.equal(watch.limitedLines, 0);
        const some = matchesOf(pattern, bytes, units);
        assert.deepEqual(some, all.slice(0, some.length));
        assert.equal(watch.limitedLines, units > cost ? 0 : 1);
        assert.ok(units <= cost || some.length === all.length);
        assert.ok(pattern.unitsLeft >= 0);
      }),
      { seed: 12, numRuns: 2000 },
    );
  });

  for (const expression of QUADRATIC) {
    it(`costs no more than a line may on 4, 16 and 64 KB with ${expression}`, () => {
      for (const length of [4096, 16_384, 65_536]) {
        const watch = new LineWatch();
        const pattern = boundedPattern(expression, watch);
        watch.beginLine();
        matchesOf(pattern, utf8('a'.repeat(length)));
        assert.ok(watch.units <= LINE_UNITS, `${watch.units} units for ${length} bytes`);
        assert.equal(watch.limitedLines, 1);
      }
    });
  }

  it('counts each character that RE2JS looks at, however it searches', () => {
    // By a literal prefix, backtracking, an automaton of many states, and what must be there before it is searched.
    for (const expression of ['zzz', '[xz]yy', '(?:[a-z ]|y){90}!', '\\d+.*(?:THE|AN) END', '(?s)^.*(!)$']) {
      const watch = new LineWatch();
      const pattern = boundedPattern(expression, watch);
      assert.deepEqual(matchesOf(pattern, LONG_LINE), []);
      assert.ok(watch.units >= (SHOWN_BYTES / 8) * pattern.programSize, `${expression}: ${watch.units}`);
    }
  });

  it('lets ordinary patterns see all of ordinary lines', () => {
    const line = LONG_LINE.subarray(0, SHOWN_BYTES);
    for (const expression of ORDINARY) {
      const pattern = boundedPattern(expression);
      const found = matchesOf(pattern, line);
      assert.deepEqual(found, plainMatches(expression, line));
      assert.ok(pattern.unitsLeft > LINE_UNITS / 2, `${expression}: ${LINE_UNITS - pattern.unitsLeft}`);
    }
  });

  it('refuses what is too large, in one sentence that does not repeat all of it', () => {
    const long = 'x'.repeat(PATTERN_LENGTH + 1);
    const made: [(pattern: string) => unknown, RegExp][] = [
      [(pattern) => compileSessionPattern(pattern), /^The session pattern "/],
      [(pattern) => new MaskedEvents([pattern]), /^The mask "/],
      [(pattern) => chosenFormat(`(?<content>${pattern})`), /^The log format "/],
    ];
    for (const [make, begin] of made) {
      for (const [pattern, why] of [
        [HUGE, /compiles to \d+ instructions, and 1000 are the most; use/],
        [long, /has \d+ characters, and 1000 are the most; shorten it\.$/],
      ] as const) {
        assert.throws(
          () => make(pattern),
          (error) =>
            error instanceof UserError &&
            begin.test(error.message) &&
            why.test(error.message) &&
            error.message.length < 300,
        );
      }
    }
    assert.throws(() => chosenFormat(`<Date> ${long} <Content>`), /^Error: The log format .* shorten it\.$/);
  });

  it('has all masks of a message share what a line may cost', () => {
    const watch = new LineWatch();
    const events = new MaskedEvents(Array<string>(50).fill('a[^y]*y|aa'), watch);
    watch.beginLine();
    const bytes = utf8('a'.repeat(4000));
    events.eventOf(bytes, 0, bytes.length);
    assert.ok(watch.units <= LINE_UNITS);
    assert.equal(watch.limitedLines, 1);
  });
});
