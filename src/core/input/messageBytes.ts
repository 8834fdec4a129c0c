import { AnsiCleaner } from './ansi';

/** What journald writes in place of the text of a message that is no plain UTF-8. */
const MESSAGE_BYTES = /"MESSAGE"\s*:\s*\[([\d\s,]*)\]/;

/**
 * The line with the text of a message in place of its bytes, as `journalctl -o json` writes messages that hold escape
 * sequences or are not UTF-8; undefined if it has none.
 */
export function withMessageText(bytes: Uint8Array, start: number, end: number): Uint8Array | undefined {
  const line = new TextDecoder().decode(bytes.subarray(start, end));
  const match = MESSAGE_BYTES.exec(line);
  if (match === null) {
    return undefined;
  }
  const written = Uint8Array.from(
    match[1].split(',').filter((number) => number.trim() !== ''),
    Number,
  );
  const cleaner = new AnsiCleaner();
  cleaner.clean(written, 0, written.length);
  const message = new TextDecoder().decode(cleaner.bytes.subarray(cleaner.start, cleaner.end));
  const rest = line.slice(match.index + match[0].length);
  return new TextEncoder().encode(`${line.slice(0, match.index)}"MESSAGE":${JSON.stringify(message)}${rest}`);
}
