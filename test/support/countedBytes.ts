/** Bytes that count how often one of them is read by its index. */
export function countedBytes(bytes: Uint8Array): { bytes: Uint8Array; reads: () => number } {
  let reads = 0;
  const counted = new Proxy(bytes, {
    get(target, key) {
      reads += typeof key === 'string' && /^\d/.test(key) ? 1 : 0;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
    },
  });
  return { bytes: counted, reads: () => reads };
}
