import type { EventTemplate } from '../../events/eventLog';

/** A stack trace's signature, see StackTrace.signature: types of exceptions, then frames. */
const SIGNATURE = /^(?:(\S+(?: < \S+)*) )?at (\S+)(?: \S+){0,2}$/;

/** Whether each template is the signature of a stack trace. */
export function areTraces(templates: readonly EventTemplate[]): Uint8Array {
  return Uint8Array.from(templates, ({ text, severity }) => (severity === 'unknown' && SIGNATURE.test(text) ? 1 : 0));
}

/**
 * Whether each stack trace is known, given the templates that are. Threads that write at the same time tear traces into
 * pieces, each log into others, so a trace is known if the good logs have traces with its types of exceptions and with
 * the class of its uppermost frame, be they in different ones; and a piece without types tells nothing.
 * @param known per template whether the good logs have it
 * @returns per template; 0 for what is no trace
 */
export function knownTraces(templates: readonly EventTemplate[], known: (template: number) => boolean): Uint8Array {
  const parts = templates.map(({ text, severity }) => (severity === 'unknown' ? typesOf(text) : undefined));
  const types = new Set(parts.flatMap((trace, template) => (known(template) ? (trace ?? []) : [])));
  return Uint8Array.from(parts, (trace) => (trace?.every((type) => types.has(type)) === true ? 1 : 0));
}

/** Types of the exceptions that the signature of a stack trace names; undefined if the text is none. */
function typesOf(text: string): string[] | undefined {
  const match = SIGNATURE.exec(text);
  return match === null ? undefined : (match[1]?.split(' < ') ?? []);
}
