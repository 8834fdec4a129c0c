import { join } from 'node:path';

/** A file that an input lays out before it runs. */
export interface CaseFile {
  name: string;
  bytes: Uint8Array;
}

/** Whether an input was worked through, or refused in a sentence; both are well. */
export type CaseEnd = 'accepted' | 'refused';

/** One input: everything about it follows from seed and number. */
export interface FuzzCase {
  /** What was made, for people: the log and what was done to it, the settings. */
  description: string;
  files: readonly CaseFile[];
  /** Names of the files that a run may write; all others of {@link files} must be in the end what they were. */
  outputs?: readonly string[];
  /**
   * Runs the input and looks at what comes of it.
   * @throws Fault for a broken promise, and whatever the program throws: only errors for the user are no fault
   */
  run(place: Place): Promise<CaseEnd>;
}

/** Where an input runs: an empty folder of its own. */
export class Place {
  constructor(readonly folder: string) {}

  path(name: string): string {
    return join(this.folder, name);
  }
}
