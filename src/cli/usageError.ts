/** A program was called in a way that it does not take; the message is one sentence that says what is wrong and what to do. */
export class UsageError extends Error {}
