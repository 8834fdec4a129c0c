/** The entries of a log by a group that each belongs to, such as its session, its source or its template. */
export class EntryGroups {
  /** By group: those of group g are `entries[offsets[g]…offsets[g + 1])`. */
  private readonly entries: Uint32Array;
  private readonly offsets: Uint32Array;

  /**
   * @param groups of each entry
   * @param count of groups
   */
  constructor(groups: Uint32Array, count: number) {
    this.offsets = new Uint32Array(count + 1);
    groups.forEach((group) => this.offsets[group + 1]++);
    for (let group = 0; group < count; group++) {
      this.offsets[group + 1] += this.offsets[group];
    }
    const next = this.offsets.slice();
    this.entries = new Uint32Array(groups.length);
    groups.forEach((group, entry) => (this.entries[next[group]++] = entry));
  }

  /** The entries of a group, ascending. */
  of(group: number): Uint32Array {
    return this.entries.subarray(this.offsets[group], this.offsets[group + 1]);
  }
}
