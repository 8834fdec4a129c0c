/** Compressed bytes that cannot be decompressed. The decoder does not know whose they are: who does names the log. */
export class DamagedData extends Error {}

/** What decoders say of bytes that end too early. */
export const UNEXPECTED_END = 'unexpected end of file';
