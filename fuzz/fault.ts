/** What an input has brought to light: something that the program promises never to do. */
export class Fault extends Error {
  /**
   * @param kind by which faults are counted together, a few words
   * @param message what was seen
   */
  constructor(
    readonly kind: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * @param kind of the fault
 * @param holds what is promised
 * @param message what was seen instead
 * @throws Fault if it does not hold
 */
export function demand(kind: string, holds: boolean, message: () => string): void {
  if (!holds) {
    throw new Fault(kind, message());
  }
}

/** A text from an input, short and without anything that a terminal would obey. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text).replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
