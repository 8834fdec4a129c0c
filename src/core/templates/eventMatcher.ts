/** Finds the template of a message. */
export interface EventMatcher {
  /**
   * Index of the template that the masked message (see masking.ts) has, or −1 if it has none. Depends on the masked
   * text alone, so that results can be kept by signature.
   */
  match(masked: string): number;
}
