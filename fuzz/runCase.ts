import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { demand, Fault } from './fault';
import { Place, type CaseEnd, type FuzzCase } from './fuzzCase';

/** Processor seconds that an input may take: many times what the slowest take, on a slow machine. */
const MAX_CPU_SECONDS = 30;
/** How often, and how many milliseconds apart, files that are being closed are looked for again. */
const CLOSING_LOOKS = 200;
const CLOSING_PAUSE = 5;

/**
 * Lays out an input in an empty folder, runs it, and looks at what it leaves behind.
 * @param folder of its own, made and removed here
 * @throws Fault for a broken promise, and whatever else the input throws
 */
export async function runCase(fuzzCase: FuzzCase, folder: string): Promise<CaseEnd> {
  const own = new Place(join(folder, 'input'));
  const temporary = join(folder, 'temporary');
  [own.folder, temporary].forEach((path) => mkdirSync(path, { recursive: true }));
  fuzzCase.files.forEach(({ name, bytes }) => writeFileSync(own.path(name), bytes));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = temporary;
  const start = process.cpuUsage();
  try {
    const end = await fuzzCase.run(own);
    const { user, system } = process.cpuUsage(start);
    const seconds = (user + system) / 1e6;
    demand('takes too long', seconds <= MAX_CPU_SECONDS, () => `${seconds.toFixed(1)} processor seconds`);
    checkFolder(fuzzCase, own, temporary);
    await checkClosed(folder);
    return end;
  } finally {
    if (before === undefined) {
      delete process.env.TMPDIR;
    } else {
      process.env.TMPDIR = before;
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws Fault if something was left behind or overwritten */
function checkFolder({ files, outputs = [] }: FuzzCase, own: Place, temporary: string): void {
  const known = new Set([...files.map(({ name }) => name), ...outputs]);
  const strange = [...readdirSync(own.folder).filter((name) => !known.has(name)), ...readdirSync(temporary)];
  demand('files left behind', strange.length === 0, () => strange.join(', '));
  const changed = files.filter(
    ({ name, bytes }) =>
      !outputs.includes(name) && !(existsSync(own.path(name)) && readFileSync(own.path(name)).equals(bytes)),
  );
  demand('an input is destroyed', changed.length === 0, () => changed.map(({ name }) => name).join(', '));
}

/** @throws Fault if files of a folder are still open, where the system tells */
async function checkClosed(folder: string): Promise<void> {
  let open = openFiles(folder);
  // Streams close their files after they have ended.
  for (let i = 0; open.length > 0 && i < CLOSING_LOOKS; i++) {
    await setTimeout(CLOSING_PAUSE);
    open = openFiles(folder);
  }
  if (open.length > 0) {
    throw new Fault('files left open', open.join(', '));
  }
}

function openFiles(folder: string): string[] {
  const descriptors = '/proc/self/fd';
  if (!existsSync(descriptors)) {
    return [];
  }
  return readdirSync(descriptors).flatMap((name) => {
    try {
      const target = readlinkSync(join(descriptors, name));
      return target.startsWith(folder) ? [target] : [];
    } catch {
      // The descriptor by which the list was read.
      return [];
    }
  });
}
