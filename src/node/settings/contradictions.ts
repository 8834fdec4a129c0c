import type { OptionTable } from './option';
import { SCAN_OPTIONS } from './options';

/** Two options that are given and exclude each other. */
export interface Contradiction {
  options: [string, string];
  /** Goes on after "for"; may be empty. */
  why: string;
}

/** The first two of some values that exclude each other; undefined if there are none. */
export function contradictionIn(
  values: Readonly<Record<string, unknown>>,
  options: OptionTable = SCAN_OPTIONS,
): Contradiction | undefined {
  const isGiven = (name: string): boolean => {
    const value = values[name];
    return value !== undefined && value !== false && value !== '' && !(Array.isArray(value) && value.length === 0);
  };
  for (const [name, { excludes = {} }] of Object.entries(options)) {
    const excluded = isGiven(name) ? Object.entries(excludes).find(([other]) => isGiven(other)) : undefined;
    if (excluded !== undefined) {
      return { options: [excluded[0], name], why: excluded[1] };
    }
  }
  return undefined;
}

/** A sentence without its end on what contradicts, with the names as they are given. */
export function contradictionText({ options, why }: Contradiction, shown: (name: string) => string): string {
  return `${options.map(shown).join(' and ')} contradict each other${why === '' ? '' : `, for ${why}`}`;
}
