/** A list of texts as Python writes it, which is what the LogPAI tools read in the column ParameterList. */
export function pythonList(texts: readonly string[]): string {
  return `[${texts.map((text) => `'${text.replace(/[\\']/g, '\\$&')}'`).join(', ')}]`;
}
