import { inspectText, SAMPLE_BYTES, type TextVerdict } from './textRule';

/** The bytes pushed in are no text by the rule of textRule.ts. */
export class NotTextError extends Error {}

/** Takes UTF-8 bytes; the array is only valid during the call. */
export type BytesSink = (bytes: Uint8Array) => void;

/**
 * Turns the raw bytes of a log in any supported encoding into UTF-8 bytes without byte order mark, chunk by chunk.
 *
 * The first 64 KiB are held back until they have decided on the encoding. UTF-8 passes through untouched: invalid bytes
 * become U+FFFD only when text is made of them, so the offsets of a UTF-8 file are those on disk.
 */
export class ByteDecoder {
  private held: Uint8Array[] = [];
  private heldBytes = 0;
  private verdict: TextVerdict | undefined;
  private utf16: InstanceType<typeof TextDecoder> | undefined;
  private readonly encoder = new TextEncoder();

  constructor(private readonly sink: BytesSink) {}

  /**
   * Takes the next bytes of the file.
   * @throws NotTextError once the beginning shows that the file is no text
   */
  push(chunk: Uint8Array): void {
    if (this.verdict !== undefined) {
      this.decode(chunk);
      return;
    }
    // The caller may reuse its buffer, so what is kept is copied; the slice of a subclass need not be a copy.
    this.held.push(new Uint8Array(chunk));
    this.heldBytes += chunk.length;
    if (this.heldBytes >= SAMPLE_BYTES) {
      this.decide();
    }
  }

  /**
   * Decides on the encoding by what there is, and gives the sink what was held back; more may be pushed after it.
   * @throws NotTextError if it is no text
   */
  settle(): void {
    if (this.verdict === undefined) {
      this.decide();
    }
  }

  /**
   * Says that the file is complete.
   * @throws NotTextError if the file is no text
   */
  end(): void {
    this.settle();
    if (this.utf16 !== undefined) {
      this.emit(this.encoder.encode(this.utf16.decode()));
    }
  }

  private decide(): void {
    const beginning = concatenate(this.held, this.heldBytes);
    this.held = [];
    const verdict = inspectText(beginning);
    if (!verdict.text) {
      throw new NotTextError('no text');
    }
    this.verdict = verdict;
    if (verdict.encoding !== 'utf-8') {
      this.utf16 = new TextDecoder(verdict.encoding, { ignoreBOM: true });
    }
    this.decode(beginning.subarray(verdict.bomLength));
  }

  private decode(chunk: Uint8Array): void {
    this.emit(this.utf16 === undefined ? chunk : this.encoder.encode(this.utf16.decode(chunk, { stream: true })));
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
