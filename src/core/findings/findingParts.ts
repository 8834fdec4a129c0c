/**
 * What is remarkable about a finding, as data: `part` says what, the rest is what a sentence about it needs. Sentences are
 * made where they are shown, see wording.ts. Templates are as TemplateText shows them, durations are in milliseconds.
 */
export type FindingPart =
  /** How grave its records call themselves; of few errors in the log how many there are. */
  | { part: 'level'; level: 'error' | 'warning'; errors?: number }
  /** So many of the log's errors are here, within a time; `errors` counts all that there are. */
  | { part: 'errors-here'; count: number; errors: number; milliseconds?: number }
  /** Its words tell of a failure, explain one in what a run wrote to its console, or sound like those of errors do. */
  | { part: 'words'; of: 'failure' | 'explanation' | 'error' }
  /** So many like lines in a short time: all that there are, or far more than the most in any other minute. */
  | { part: 'burst'; count: number; milliseconds: number; most?: number }
  /** A failure that is there again and again. */
  | { part: 'keeps-failing'; count: number; share: number; since?: string; sinceLine?: number }
  /** Nothing was written for long before or after it. */
  | { part: 'silence'; where: 'before' | 'after'; milliseconds: number; usual: number }
  /** How often the log has such lines, of which there are few. */
  | { part: 'rare'; count: number }
  /** How often the log had such lines before it was followed. */
  | { part: 'seen'; count: number }
  /** How long nothing new had come before it. */
  | { part: 'news'; records: number; milliseconds?: number }
  | { part: 'not-in-good-log' }
  /** What usually stands before it does not. */
  | { part: 'missing-before'; usual: string }
  /** What usually follows the line before it does not. */
  | { part: 'missing-between'; previous: string; usual: string }
  /** What usually follows the line before it at once comes later. */
  | { part: 'instead-of'; previous: string; usual: string }
  /** The session ends with it, where something usually follows. */
  | { part: 'missing-after'; usual?: string }
  /** It follows what it hardly ever follows. */
  | { part: 'after'; previous: string }
  /** It follows a line of its own kind, which it hardly ever does. */
  | { part: 'repeated' }
  /** It is the first line of its session or of the log, which it hardly ever is. */
  | { part: 'first'; of: 'session' | 'log' }
  /** It usually begins a session. */
  | { part: 'not-first'; previous: string }
  /** What stands before it usually ends a session. */
  | { part: 'after-end'; previous: string }
  /** What nearly all sessions or blocks have is not there; `more` counts those that are not named. */
  | { part: 'lacks'; templates: string[]; more: number }
  /** Its session or block has something more often than is usual. */
  | { part: 'too-many'; template: string; count: number; usual: number }
  /** Few normal blocks have it: this share of them. */
  | { part: 'unusual-step'; share: number }
  /** The block has another such step. */
  | { part: 'also'; template: string }
  /** The block ends after so many events. */
  | { part: 'ends-early'; events: number }
  /** The order or number of the block's events is unusual, here most of all. */
  | { part: 'order'; events: number }
  /** Lines that have no template of the model. */
  | { part: 'unknown-lines'; count: number };

/** The name of a part. */
type PartName = FindingPart['part'];

/** The part of this name. */
export type PartOf<Name extends PartName> = Extract<FindingPart, { part: Name }>;

/** The first part of a name among some; undefined if there is none. */
export function partOf<Name extends PartName>(parts: readonly FindingPart[], name: Name): PartOf<Name> | undefined {
  return parts.find((each): each is PartOf<Name> => each.part === name);
}
