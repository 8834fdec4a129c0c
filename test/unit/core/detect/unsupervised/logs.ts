import type { EventLog, EventTemplate, Severity } from '../../../../../src/core/events/eventLog';
import { Random } from '../../../../../src/core/numeric/random';

const WANDERED = 'abcdefghijklmnopqrst';

/** A log of sessions, each a text of one letter an event; the templates are given by letter. */
export function sessionsOf(
  sessions: readonly string[],
  templates: Record<string, string | [Severity, string]>,
): EventLog {
  const letters = Object.keys(templates);
  const entries = sessions.flatMap((events, session) => Array.from(events, (letter) => ({ letter, session })));
  const sequences = Uint32Array.from(entries, ({ session }) => session);
  return {
    templates: letters.map((letter): EventTemplate => {
      const template = templates[letter];
      return typeof template === 'string'
        ? { text: template, severity: 'normal' }
        : { severity: template[0], text: template[1] };
    }),
    events: Uint32Array.from(entries, ({ letter }) => letters.indexOf(letter)),
    sequences,
    sequenceCount: sessions.length,
    blocks: sequences,
    blockCount: sessions.length,
    kind: 'sessions',
  };
}

/** A stream from one source, in windows of `size` events. */
export function streamOf(
  events: string,
  templates: Record<string, string | [Severity, string]>,
  size: number,
): EventLog {
  const log = sessionsOf([events], templates);
  return {
    ...log,
    blocks: log.events.map((_, entry) => Math.floor(entry / size)),
    blockCount: Math.ceil(events.length / size),
    kind: 'stream',
  };
}

/** Letters that never stay where they are, so that hardly a stretch of ten repeats, but each has only three successors. */
export function wandering(length: number, seed = 1): string {
  const random = new Random(seed);
  let at = 0;
  return Array.from({ length }, () => WANDERED[(at = (at + 1 + random.below(3)) % WANDERED.length)]).join('');
}

/** Templates of {@link wandering}. */
export const WANDERED_TEMPLATES = Object.fromEntries([...WANDERED].map((letter) => [letter, `doing ${letter}`]));

/** Sessions of `length` events that wander. */
export function wanderingSessions(count: number, length: number): EventLog {
  const events = wandering(count * length);
  const sessions = Array.from({ length: count }, (_, i) => events.slice(i * length, (i + 1) * length));
  return sessionsOf(sessions, WANDERED_TEMPLATES);
}
