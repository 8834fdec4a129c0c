import { Random } from '../../src/core/numeric/random';

/** Different messages that the program of a {@link serverLog} can write. */
const MESSAGES = 4000;
/** Frames that stack traces are made of. */
const FRAMES = 600;
const EPOCH = Date.UTC(2024, 2, 4, 8, 0, 0);

const LEVELS = ['INFO ', 'INFO ', 'INFO ', 'INFO ', 'DEBUG', 'DEBUG', 'WARN ', 'ERROR'];
const SYLLABLES = 'ba co da fe gi ho ju ka lo ma ne po qui ra so ti ul ve wo za'.split(' ');
const EXCEPTIONS = ['IllegalStateException', 'TimeoutException', 'IOException', 'NullPointerException'];

/** A message with places for what changes: `#` a number, `@` an address, `~` an identifier in hexadecimal digits. */
interface Message {
  level: string;
  component: string;
  parts: readonly string[];
}

/**
 * Invents the log of a large Java server line by line: 4,000 different messages, of which a few make up most of the log as
 * in real ones (frequency falls with rank), some of them with lines of many kilobytes, and stack traces. The message that
 * comes next depends on the last one, so that the order of the log can be learned. Endless; memory stays constant.
 * @param seed equal seeds give equal logs
 */
export function* serverLog(seed: number): Generator<string> {
  const random = new Random(seed);
  const messages = Array.from({ length: MESSAGES }, () => inventMessage(random));
  const frames = Array.from(
    { length: FRAMES },
    (_, i) =>
      `\tat com.acme.${word(random)}.${capital(word(random))}.${word(random)}(${capital(word(random))}.java:${10 + i})`,
  );
  let time = EPOCH;
  let current = 0;
  for (;;) {
    time += Math.floor(random.next() * 40);
    current = random.next() < 0.6 ? (current * 31 + 7) % 40 : rank(random);
    const { level, component, parts } = messages[current];
    const thread = `worker-${random.below(32)}`;
    const text = parts.map((part) => fill(part, random)).join('');
    const stamp = new Date(time).toISOString().replace('T', ' ').replace('.', ',').slice(0, -1);
    yield `${stamp} ${level} [${thread}] ${component} - ${text}${random.next() < 0.001 ? payload(random) : ''}`;
    if (level === 'ERROR' && random.next() < 0.3) {
      yield `java.lang.${EXCEPTIONS[current % EXCEPTIONS.length]}: ${text}`;
      const depth = 3 + (current % 20);
      for (let i = 0; i < depth; i++) {
        yield frames[(current * 17 + i) % FRAMES];
      }
    }
  }
}

function inventMessage(random: Random): Message {
  const parts = Array.from(
    { length: 4 + random.below(9) },
    () => `${random.next() < 0.25 ? place(random) : word(random)} `,
  );
  return {
    level: LEVELS[random.below(LEVELS.length)],
    component: `com.acme.${word(random)}.${capital(word(random))}`,
    parts: [`${capital(word(random))} `, ...parts],
  };
}

function place(random: Random): string {
  return ['count=#', 'from @', 'id ~', '#'][random.below(4)];
}

/** The inverse of a distribution whose density falls with the rank: few messages are most of the log. */
function rank(random: Random): number {
  return Math.min(MESSAGES - 1, Math.floor(MESSAGES ** random.next()) - 1);
}

function fill(part: string, random: Random): string {
  return part
    .replace('#', () => String(random.below(100_000)))
    .replace('@', () => `10.1.${random.below(256)}.${random.below(256)}:${random.below(65_536)}`)
    .replace(
      '~',
      () =>
        `${random
          .below(2 ** 32)
          .toString(16)
          .padStart(8, '0')}-1`,
    );
}

/** What a program that logs whole requests adds: a few kilobytes on the same line. */
function payload(random: Random): string {
  return ` payload=${`{"key":"value","n":${random.below(10)}},`.repeat(50 + random.below(400))}`;
}

function word(random: Random): string {
  return Array.from({ length: 2 + random.below(3) }, () => SYLLABLES[random.below(SYLLABLES.length)]).join('');
}

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
