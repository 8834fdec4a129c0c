/** What the thread of the extension host did between two beats. */
export interface Beat {
  /** Milliseconds of the system's clock at its end. */
  at: number;
  /** How many milliseconds it came late: the thread was busy, or had no processor. */
  late: number;
  /** Milliseconds of processor time that the thread used: for so long it really was busy. */
  busy: number;
  /** Seconds of processor time that the process, the thread of the scan included, has used since its start. */
  process: number;
}
