/** How a block of events becomes an image. Part of a model's profile, so that scanning equals training. */
export interface ImageSpec {
  /** Events per sliding window. */
  window: number;
  /** Longest block, in events, that is shown at full resolution; longer ones are shrunk along time. */
  maximumLength: number;
  /** Rows of windows: maximumLength − window + 1. */
  rows: number;
  /** Equal rows below the windows that hold the counts of the whole block; 0 for none. */
  countRows: number;
  /** Inverse document frequency of each event of the vocabulary; an event's place here is its column. */
  idf: readonly number[];
}

/** Height and width of a spec's images, the zero border of one included. */
export function imageSize({ rows, countRows, idf }: ImageSpec): { height: number; width: number } {
  return { height: rows + countRows + 2, width: idf.length + 2 };
}

/**
 * Draws blocks as images for LogCNN. Row r of the image holds the TF-IDF of each event of the vocabulary in the r-th
 * sliding window of the block (stride 1): its share of the window's places × its idf. A block shorter than a window is one
 * row; rows that a block does not reach are zero; a block with more windows than rows is shrunk along time by area
 * averaging. Below the windows follow `countRows` equal rows with the counts of the whole block × idf, without which the
 * network would have to add them up from overlapping windows. They are `window` times as bright as the windows, so that
 * the network learns from them first: docs/method/history.md says what that is worth.
 *
 * An instance holds scratch memory and is meant for one thread; drawing allocates nothing.
 */
export class BlockImager {
  /** Rows of the image, border included. */
  readonly height: number;
  /** Columns of the image, border included. */
  readonly width: number;
  private readonly counts: Uint32Array;

  constructor(private readonly spec: ImageSpec) {
    ({ height: this.height, width: this.width } = imageSize(spec));
    this.counts = new Uint32Array(spec.idf.length);
  }

  /**
   * Draws one block.
   * @param columns holds the block's events as columns (indices of the vocabulary), oldest first, events outside the
   * vocabulary left out
   * @param start where the block begins in `columns`
   * @param end behind the block's last event; may equal `start`
   * @param target receives height × width values
   * @param offset where the image begins in `target`
   */
  draw(columns: ArrayLike<number>, start: number, end: number, target: Float32Array, offset: number): void {
    const { window, rows, countRows } = this.spec;
    const { counts, height, width } = this;
    target.fill(0, offset, offset + height * width);
    const windows = Math.max(1, end - start - window + 1);
    const share = 1 / window;
    const firstEnd = Math.min(end, start + window);
    counts.fill(0);
    for (let i = start; i < firstEnd; i++) {
      counts[columns[i]]++;
    }
    for (let w = 0; w < windows; w++) {
      if (w > 0) {
        counts[columns[start + w - 1]]--;
        counts[columns[start + w + window - 1]]++;
      }
      if (windows <= rows) {
        this.addCounts(target, offset + (w + 1) * width + 1, share);
      } else {
        // In units of image rows, window w covers [w, w + 1) · rows / windows: one row or parts of two.
        const from = (w * rows) / windows;
        const to = ((w + 1) * rows) / windows;
        const row = Math.floor(from);
        const inRow = Math.min(to, row + 1) - from;
        this.addCounts(target, offset + (row + 1) * width + 1, inRow * share);
        if (to > row + 1 && row + 1 < rows) {
          this.addCounts(target, offset + (row + 2) * width + 1, (to - row - 1) * share);
        }
      }
    }
    if (countRows > 0) {
      // The counts hold the last window: what came before it is added.
      for (let i = start; i < end - window; i++) {
        counts[columns[i]]++;
      }
      for (let row = rows + 1; row <= rows + countRows; row++) {
        this.addCounts(target, offset + row * width + 1, 1);
      }
    }
  }

  private addCounts(target: Float32Array, position: number, weight: number): void {
    const { counts } = this;
    const { idf } = this.spec;
    for (let column = 0; column < counts.length; column++) {
      if (counts[column] > 0) {
        target[position + column] += counts[column] * idf[column] * weight;
      }
    }
  }
}
