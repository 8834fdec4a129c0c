import { UserError } from '../../core/errors/userError';
import type { Packing } from './compression';

/** Logs shrink to a tenth, repetitive ones to a hundredth: what shrinks more is reported, what shrinks still more is refused. */
const REMARKABLE = 200;
const ABSURD = 500;
/** Decompressed bytes up to which no ratio is. */
const UNREMARKABLE_BYTES = 64 << 20;
const GIB = 2 ** 30;
const MAX_BYTES = 4 * GIB;

/** How many times as large as its file a compressed log is: a small file must not keep a machine busy for hours. */
export class CompressionRatio {
  private bytes = 0;

  /**
   * @param name of the log in messages
   * @param bytesRead tells how many compressed bytes were read
   */
  constructor(
    private readonly name: string,
    private readonly kind: Packing,
    private readonly bytesRead: () => number,
  ) {}

  private get ratio(): number {
    return this.bytes / Math.max(1, this.bytesRead());
  }

  /**
   * Counts decompressed bytes.
   * @throws UserError once there are more than 4 GiB of them, and 500 times as many as were read
   */
  take(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > MAX_BYTES && this.ratio > ABSURD) {
      const { name: path, kind } = this;
      throw new UserError('too-dense', { path, kind, times: Math.round(this.ratio), limit: MAX_BYTES / GIB });
    }
  }

  /** What a report says of it; nothing if it is ordinary. */
  notes(): string[] {
    return this.bytes > UNREMARKABLE_BYTES && this.ratio > REMARKABLE
      ? [`${this.name} is ${this.kind} of 1/${Math.round(this.ratio)} of its size: most of its lines are the same`]
      : [];
  }
}
