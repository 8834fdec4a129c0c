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
