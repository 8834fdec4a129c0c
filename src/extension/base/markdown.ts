/** Escapes a text so that Markdown shows it as it is: what stands in a log must not become links or images. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~&:$]/g, '\\$&').replace(/\s+/g, ' ');
}
