/**
 * A word for a failure where authors put it as a label: before a colon or an exclamation mark, at the beginning or after a
 * separator (`error: …`, `foo.c:12: fatal error: …`, `Kernel panic - …: BUG: …`), the name of an exception, which
 * may have a code in brackets, before a colon; or what stands out by asterisks or heads a trace.
 */
const LABEL =
  /(?:^|[\s\]):>*<])(?:fatal |internal |unhandled |uncaught )?(?:error|fatal|panic|bug|oops|fail(?:ed|ure)?|exception|critical|emerg(?:ency)?|alert|abort(?:ed)?)\b[^A-Za-z]{0,6}[:!\]]|^\S*(?:error|exception|failure)\b(?: \[\w+\])?:|\*\*\*|traceback/i;

/**
 * Whether a message is labelled as a failure by its form.
 * @param text a message or a template, without time and level
 */
export function hasFailureLabel(text: string): boolean {
  return LABEL.test(text);
}

/** The place in a source, or the tool, before what a compiler or the like calls an error. */
const DIAGNOSTIC =
  /^(?:<\*>|[^\s:]+(?::(?:\d+|<\*>))*|[^\s(]+\((?:[\d,]|<\*>)+\)) ?: (?:fatal |internal (?:compiler )?|syntax )?error\b(?: ?\w*\d\w*| <\*>)?(?:\[\w+\])?:|^error(?:\[\w+\]|<\*>):/i;

/**
 * Whether a message is a diagnostic, as compilers and linkers write them, that calls itself an error:
 * `stock.c:12:3: error: …`, `Stock.cs(44,12): error CS0103: …`, `ld: error: …`, `error[E0308]: …`.
 * @param text a message or a template, without time and level
 */
export function isErrorDiagnostic(text: string): boolean {
  return DIAGNOSTIC.test(text);
}
