/** What a reader has to read of a document: its prose, without code, tables, headings and pictures. */
export interface Prose {
  /** Words of each paragraph; an item of a list is a paragraph. */
  paragraphs: number[];
  /** Words of each sentence. */
  sentences: number[];
}

/** The prose of a document in Markdown. A span of code counts as one word, a link as its text. */
export function proseOf(markdown: string): Prose {
  const paragraphs: number[] = [];
  const sentences: number[] = [];
  for (const text of paragraphsOf(withoutCodeBlocks(markdown))) {
    const words = text
      .split(/(?<=[.!?][)"”_*]*)\s+/)
      .map((sentence) => sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length)
      .filter((count) => count > 0);
    if (words.length > 0) {
      sentences.push(...words);
      paragraphs.push(words.reduce((sum, count) => sum + count));
    }
  }
  return { paragraphs, sentences };
}

/** A document without its blocks of code. */
function withoutCodeBlocks(markdown: string): string {
  return markdown.replace(/^ *```[\s\S]*?^ *```.*$/gm, '');
}

function paragraphsOf(markdown: string): string[] {
  const lines = markdown.split('\n').filter((line) => !/^\s*(#|\||!\[)/.test(line));
  return lines
    .join('\n')
    .split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)/)
    .map((paragraph) =>
      paragraph
        .replace(/`[^`]*`/g, 'code')
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/\bet al\./g, 'et al')
        .trim(),
    );
}

/** The targets of a document's links that are no addresses of the web. */
export function relativeLinks(markdown: string): string[] {
  return [...withoutCodeBlocks(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors of a document's headings, as GitHub makes them. */
export function anchorsOf(markdown: string): string[] {
  return [...withoutCodeBlocks(markdown).matchAll(/^#+\s+(.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

/** What stands in spans of code outside of the blocks of code. */
export function codeSpans(markdown: string): string[] {
  return [...withoutCodeBlocks(markdown).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code);
}
