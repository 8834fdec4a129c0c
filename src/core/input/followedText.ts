import { ByteDecoder, type BytesSink } from './byteDecoder';
import { CR, LF, endOfNuls } from './bytes';
import type { Encoding } from './encoding';

/**
 * The text of a file that grows: decodes its bytes, and ends a line that its writer leaves open, so that it need not be
 * waited for for ever. What the writer adds to such a line later is left out; so the line keeps its number, and the lines
 * after it keep theirs.
 */
export class FollowedText {
  private readonly decoder: ByteDecoder;
  /** Nothing has come yet but the hole that a writer leaves who goes on behind the end of a log that was cut. */
  private isEmpty = true;
  private lastByte = LF;
  /** The line that the file goes on with was ended by {@link endLine}: its rest is left out. */
  private leavesOut = false;
  /** An LF that comes next belongs to the CR before it, which was left out. */
  private leavesOutLf = false;

  /**
   * @param sink takes the text in UTF-8
   * @param given the encoding that was asked for; found out if left out
   */
  constructor(
    private readonly sink: BytesSink,
    given?: Encoding,
  ) {
    this.decoder = new ByteDecoder((bytes) => this.take(bytes), undefined, given);
  }

  /**
   * Takes the next bytes, as they are on disk.
   * @throws NotTextError once the beginning shows that the file is no text
   */
  push(bytes: Uint8Array): void {
    this.isEmpty &&= endOfNuls(bytes, 0, bytes.length) === bytes.length;
    this.decoder.push(bytes);
  }

  /**
   * Gives the sink what is held back to find out the encoding, which is then settled; not that of a file without text.
   * @throws NotTextError if what there is is no text
   */
  settle(): void {
    if (!this.isEmpty) {
      this.decoder.settle();
    }
  }

  /**
   * Ends a line that is open. One that ends with CR is left alone: whether it is complete shows with the next byte.
   * @returns whether there was one
   */
  endLine(): boolean {
    if (this.lastByte === LF || this.lastByte === CR) {
      return false;
    }
    this.lastByte = LF;
    this.leavesOut = true;
    this.sink(Uint8Array.of(LF));
    return true;
  }

  /**
   * Says that the file is complete; its last line is ended.
   * @throws NotTextError if it is no text
   */
  endFile(): void {
    if (!this.isEmpty) {
      this.decoder.end();
    }
    if (this.lastByte !== LF) {
      // Makes CRLF of a CR.
      this.sink(Uint8Array.of(LF));
    }
  }

  private take(bytes: Uint8Array): void {
    let start = 0;
    if (this.leavesOut) {
      while (start < bytes.length && bytes[start] !== LF && bytes[start] !== CR) {
        start++;
      }
      if (start === bytes.length) {
        return;
      }
      this.leavesOut = false;
      this.leavesOutLf = bytes[start++] === CR;
    }
    if (this.leavesOutLf && start < bytes.length) {
      this.leavesOutLf = false;
      start += bytes[start] === LF ? 1 : 0;
    }
    if (start < bytes.length) {
      this.lastByte = bytes[bytes.length - 1];
      this.sink(start === 0 ? bytes : bytes.subarray(start));
    }
  }
}
