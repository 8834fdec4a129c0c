type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** A copy of a typed array, twice as long; what is new in it is 0. For columns that grow as a log is read. */
export function doubled<T extends Column>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(2 * array.length);
  larger.set(array);
  return larger;
}
