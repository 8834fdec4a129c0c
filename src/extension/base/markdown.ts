/** Escapes a text so that Markdown shows it as it is: what stands in a log must not become links or images. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~&:$]/g, '\\$&').replace(/\s+/g, ' ');
}

/** Shows a sentence with its code spans (between backticks) and nothing else as Markdown. */
export function sentenceMarkdown(sentence: string): string {
  return sentence
    .split('`')
    .map((part, i, parts) =>
      i % 2 === 1 && i < parts.length - 1 && part.trim() !== ''
        ? `\`${part.replace(/\s+/g, ' ')}\``
        : escapeMarkdown(part),
    )
    .join('');
}
