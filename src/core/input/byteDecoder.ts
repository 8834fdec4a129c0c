import { endOfNuls, LONGEST_UNIT } from './bytes';
import { chunkDecoder, type ChunkDecoder } from './chunkDecoder';
import type { Encoding } from './encoding';
import { BOM_BYTES, inspectText, SAMPLE_BYTES, type TextVerdict } from './textRule';

/** The bytes pushed in are no text by the rule of textRule.ts. Who knows whose they are tells the user, see namingLog. */
export class NotTextError extends Error {}

/**
 * Most NULs that a text may begin with. The hole of a log that was cut under its writer is as long as the log had become,
 * but what holds nothing else, such as a device, is to be refused some time.
 */
export const LONGEST_HOLE = 2 ** 32;

/** Takes UTF-8 bytes; the array is only valid during the call. */
export type BytesSink = (bytes: Uint8Array) => void;

/**
 * Turns the raw bytes of a log in any supported encoding into UTF-8 bytes without byte order mark, chunk by chunk.
 *
 * The first 64 KiB are held back until they have decided on the encoding. UTF-8 passes through untouched: invalid bytes
 * become U+FFFD only when text is made of them, so the offsets of a UTF-8 file are those on disk, less the NULs that it begins
 * with: a log that was cut while its writer went on has a hole there, which is left out however long it is.
 */
export class ByteDecoder {
  /** NULs at the beginning that were left out; a multiple of four, so that code units of UTF-32 stay together. */
  hole = 0;

  /** How many NULs more there were at the beginning of the file than {@link hole} says. */
  private oddNuls = 0;
  private held: Uint8Array[] = [];
  private heldBytes = 0;
  private verdict: TextVerdict | undefined;
  private decoder: ChunkDecoder | undefined;

  /**
   * @param sink takes the text
   * @param known what the first bytes of the log, behind its hole, say of it; nothing but a byte order mark is held back then
   * @param given the encoding that was asked for, where those bytes are not known
   */
  constructor(
    private readonly sink: BytesSink,
    private readonly known?: TextVerdict,
    private readonly given?: Encoding,
  ) {}

  /**
   * Takes the next bytes of the file.
   * @throws NotTextError once the beginning shows that the file is no text
   */
  push(chunk: Uint8Array): void {
    if (this.verdict !== undefined) {
      this.decode(chunk);
      return;
    }
    const bytes = this.heldBytes === 0 ? this.withoutHole(chunk) : chunk;
    if (bytes.length === 0) {
      return;
    }
    // The caller may reuse its buffer, so what is kept is copied; the slice of a subclass need not be a copy.
    this.held.push(new Uint8Array(bytes));
    this.heldBytes += bytes.length;
    if (this.heldBytes >= (this.known === undefined ? SAMPLE_BYTES : BOM_BYTES)) {
      this.decide();
    }
  }

  /**
   * Decides on the encoding by what there is, and gives the sink what was held back; more may be pushed after it. Nothing but
   * NULs decides nothing.
   * @throws NotTextError if it is no text
   */
  settle(): void {
    if (this.verdict === undefined && !this.isHole) {
      this.decide();
    }
  }

  /**
   * Says that the file is complete.
   * @throws NotTextError if the file is no text
   */
  end(): void {
    if (this.isHole) {
      throw new NotTextError('no text');
    }
    this.settle();
    if (this.decoder !== undefined) {
      this.emit(this.decoder());
    }
  }

  /** Whether there was nothing but NULs so far. */
  private get isHole(): boolean {
    return this.verdict === undefined && this.heldBytes === 0 && (this.hole > 0 || this.oddNuls > 0);
  }

  /** What comes behind the NULs with which the file begins, of which at most three are not left out. */
  private withoutHole(chunk: Uint8Array): Uint8Array {
    const end = endOfNuls(chunk, 0, chunk.length);
    const nuls = this.hole + this.oddNuls + end;
    if (nuls > LONGEST_HOLE) {
      throw new NotTextError('no text');
    }
    this.oddNuls = nuls % LONGEST_UNIT;
    this.hole = nuls - this.oddNuls;
    if (end === chunk.length || this.oddNuls === 0) {
      return chunk.subarray(end);
    }
    return concatenate([new Uint8Array(this.oddNuls), chunk.subarray(end)], this.oddNuls + chunk.length - end);
  }

  private decide(): void {
    const beginning = concatenate(this.held, this.heldBytes);
    this.held = [];
    const verdict = this.known ?? inspectText(beginning, this.given);
    if (!verdict.text) {
      throw new NotTextError('no text');
    }
    this.verdict = verdict;
    if (verdict.encoding !== 'utf-8') {
      this.decoder = chunkDecoder(verdict.encoding);
    }
    this.decode(beginning.subarray(verdict.bomLength));
  }

  private decode(chunk: Uint8Array): void {
    this.emit(this.decoder === undefined ? chunk : this.decoder(chunk));
  }

  private emit(bytes: Uint8Array): void {
    if (bytes.length > 0) {
      this.sink(bytes);
    }
  }
}

function concatenate(parts: Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
