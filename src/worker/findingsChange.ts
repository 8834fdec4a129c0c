import type { Finding } from '../core/findings/finding';

/** What has changed from one list of findings to the next; see UpdatedResponse. */
interface FindingsChange {
  /** Findings that the first list does not have. */
  fresh: Finding[];
  /** The second list: a place in the first one, or −1 − a place among the fresh. */
  order: Int32Array<ArrayBuffer>;
}

/** Compares two lists of findings; equal ones are the same objects. */
export function findingsChange(before: readonly Finding[], after: readonly Finding[]): FindingsChange {
  const places = new Map(before.map((finding, place) => [finding, place]));
  const fresh: Finding[] = [];
  const order = Int32Array.from(after, (finding) => places.get(finding) ?? -fresh.push(finding));
  return { fresh, order };
}

/** The second list, from the first one and what has changed. */
export function changedFindings(before: readonly Finding[], fresh: readonly Finding[], order: Int32Array): Finding[] {
  return Array.from(order, (place) => (place >= 0 ? before[place] : fresh[-1 - place]));
}
