/** A regular expression for the lines whose messages are of a template as a finding shows it: `<*>` and `…` stand for anything. */
export function likePattern(template: string): string {
  return template
    .split(/\s*(?:<\*>|…)\s*/)
    .filter((literal) => literal !== '')
    .map((literal) => literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+'))
    .join('.*');
}
