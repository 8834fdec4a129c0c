/** What {@link fnvStep} begins with. */
export const FNV_BASIS = 0x811c9dc5 | 0;
/** 2³² divided by the golden ratio, a prime. */
const GOLDEN = 0x9e3779b1 | 0;

/** A step of FNV-1a (Fowler, Noll, Vo) with 32 bits: the hash of what came before and of the next value. */
export function fnvStep(hash: number, value: number): number {
  return Math.imul(hash ^ value, 0x01000193);
}

/** A step of a multiplicative hash by the golden ratio (Knuth, TAOCP 6.4): of what came before, 0 at first, and of the next value. */
export function goldenStep(hash: number, value: number): number {
  return Math.imul(mixed(hash) ^ value, GOLDEN);
}

/** The hash with its upper bits, which say most, mixed into the lower ones, by which a table is entered. */
export function mixed(hash: number): number {
  return hash ^ (hash >>> 15);
}
