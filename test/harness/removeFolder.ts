import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** Removes a folder in which processes that are ending may still write for a moment; one that resists is named. */
export async function removeFolder(folder: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (attempt === 20) {
        console.error(`${folder} stays behind: ${String(error)}`);
        return;
      }
      await setTimeout(250);
    }
  }
}
