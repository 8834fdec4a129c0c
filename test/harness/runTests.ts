import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FileQueue } from './fileQueue';
import { removeFolder } from './removeFolder';
import { addReports, closingLine, judgePart, type ProcessOutcome, type TestReport } from './report';

/** A part of the tests, ready to be run in processes of its own. */
export interface Part {
  name: string;
  /** The Node that runs it. */
  node: string;
  /** Program and arguments for Node; the program writes its report to LOGCNN_TEST_REPORT. */
  command: string[];
  /** Test files that the program asks for one by one. */
  files?: string[];
  /** How many processes share the files; one by default. */
  processes?: number;
  /** A part of the tests' titles; the others are left out. */
  filter?: string | undefined;
  /** Further environment variables. */
  env?: Record<string, string>;
  /** Why the part cannot be run at all, if so. */
  obstacle?: string | undefined;
  /** Faults that were found while the part was prepared and that let the rest of it run. */
  faults: string[];
  /** Minutes after which the part counts as hung and its processes are ended. */
  minutes: number;
}

/** Runs parts one after another, prints every failure again and, as the last line, the sum; gives whether all is well. */
export async function runTests(parts: Part[]): Promise<boolean> {
  const reports: TestReport[] = [];
  for (const part of parts) {
    console.log(`\n── ${part.name} ──`);
    const report = await runPart(part);
    console.log(`${part.name}: ${closingLine(report)}`);
    reports.push({
      ...report,
      failures: report.failures.map(({ title, message }) => ({ title: `[${part.name}] ${title}`, message })),
    });
  }
  const total = addReports(reports);
  if (total.failures.length > 0) console.log('');
  for (const { title, message } of total.failures)
    console.log(`FAILED ${title}\n    ${message.replaceAll('\n', '\n    ')}`);
  console.log(`\n${closingLine(total)}`);
  return total.failed === 0 && total.passed > 0;
}

async function runPart(part: Part): Promise<TestReport> {
  if (part.obstacle !== undefined) {
    return { passed: 0, failed: 1, skipped: 0, failures: [{ title: part.name, message: part.obstacle }] };
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'logcnn-test-'));
  const queue = new FileQueue(part.files ?? [], console.log);
  const faults = [...part.faults];
  const ends: (() => void)[] = [];
  const hang = setTimeout(() => {
    faults.push(`did not end within ${part.minutes} minutes`);
    for (const end of ends) end();
  }, part.minutes * 60_000);
  const runProcess = async (number: number): Promise<ProcessOutcome> => {
    const reportPath = path.join(folder, `report-${number}.json`);
    const running = startNode(part, reportPath, queue);
    ends.push(running.end);
    const exitCode = await running.ended;
    return { reportText: readIfThere(reportPath), exitCode };
  };
  try {
    const count = Math.max(1, Math.min(part.processes ?? 1, part.files?.length ?? 1));
    const processes = await Promise.all(Array.from({ length: count }, (_, number) => runProcess(number)));
    if (queue.unfinished.length > 0) faults.push(`did not run to its end:\n${queue.unfinished.join('\n')}`);
    return judgePart({ part: part.name, processes, faults });
  } finally {
    clearTimeout(hang);
    await removeFolder(folder);
  }
}

/** Starts a process of a part; `ended` gives its exit code, null if a signal ended it or it never started. */
function startNode(
  part: Part,
  reportPath: string,
  queue: FileQueue,
): { ended: Promise<number | null>; end: () => void } {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...part.env,
    // What a part leaves behind goes with this folder, also when the part had to be ended.
    TMPDIR: path.dirname(reportPath),
    LOGCNN_TEST_REPORT: reportPath,
  };
  delete env.LOGCNN_TEST_FILTER;
  if (part.filter) env.LOGCNN_TEST_FILTER = part.filter;
  const child = spawn(part.node, ['--enable-source-maps', ...part.command], {
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: process.platform !== 'win32',
  });
  queue.serve(child);
  const end = (): void => endGroup(child.pid);
  process.once('exit', end);
  const ended = new Promise<number | null>((resolve) => {
    const finish = (code: number | null): void => {
      process.removeListener('exit', end);
      end();
      resolve(code);
    };
    child.once('error', (error) => {
      console.error(error.message);
      finish(null);
    });
    child.once('exit', finish);
  });
  return { ended, end };
}

/** Ends what a part may have left behind; its process group is gone already in the usual case. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Nothing is left to end.
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
