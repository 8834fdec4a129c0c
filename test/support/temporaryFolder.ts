import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives each test of the calling suite an empty folder of its own, which is removed after it. */
export function temporaryFolder(): (...path: string[]) => string {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'logcnn-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return (...path) => join(folder, ...path);
}
