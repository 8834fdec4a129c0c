/** A distinct block of the training set, as columns, and how many sessions have it. */
export interface WeightedBlock {
  columns: ArrayLike<number>;
  weight: number;
}

/**
 * Inverse document frequency of each event over the window rows of a training set: ln(1 + R / (1 + r)), R = all window
 * rows, r = rows that hold the event. Always positive, unlike ln(blocks / rows with the event), which turns negative for
 * frequent events (after Spärck Jones, "A statistical interpretation of term specificity", 1972).
 * @param size size of the vocabulary
 */
export function inverseDocumentFrequencies(blocks: Iterable<WeightedBlock>, size: number, window: number): number[] {
  const rowsWith = new Float64Array(size);
  /** Per event: the place behind its previous occurrence in the block. */
  const behindPrevious = new Uint32Array(size);
  let rows = 0;
  for (const { columns, weight } of blocks) {
    behindPrevious.fill(0);
    const windows = Math.max(1, columns.length - window + 1);
    rows += windows * weight;
    for (let i = 0; i < columns.length; i++) {
      // An event at i is new to the windows that hold i but not its previous occurrence.
      const first = Math.max(0, i - window + 1, behindPrevious[columns[i]]);
      const behind = Math.min(i + 1, windows);
      rowsWith[columns[i]] += Math.max(0, behind - first) * weight;
      behindPrevious[columns[i]] = i + 1;
    }
  }
  return Array.from(rowsWith, (count) => Math.log(1 + rows / (1 + count)));
}
