import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { removeFolder } from './removeFolder';
import { addReports, closingLine, judgePart, type TestReport } from './report';

/** A part of the tests, ready to be run in a process of its own. */
export interface Part {
  name: string;
  /** Program and arguments for Node; the program writes its report to LOGCNN_TEST_REPORT. */
  command: string[];
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
  const reportPath = path.join(folder, 'report.json');
  const faults = [...part.faults];
  try {
    const exitCode = await runNode(part, reportPath, () => faults.push(`did not end within ${part.minutes} minutes`));
    return judgePart({ part: part.name, reportText: readIfThere(reportPath), exitCode, faults });
  } finally {
    await removeFolder(folder);
  }
}

function runNode(part: Part, reportPath: string, onHang: () => void): Promise<number | null> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...part.env,
    // What a part leaves behind goes with this folder, also when the part had to be ended.
    TMPDIR: path.dirname(reportPath),
    LOGCNN_TEST_REPORT: reportPath,
  };
  delete env.LOGCNN_TEST_FILTER;
  if (part.filter) env.LOGCNN_TEST_FILTER = part.filter;
  const child = spawn(process.execPath, ['--enable-source-maps', ...part.command], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: process.platform !== 'win32',
  });
  const end = (): void => endGroup(child.pid);
  process.once('exit', end);
  const hang = setTimeout(() => {
    onHang();
    end();
  }, part.minutes * 60_000);
  return new Promise((resolve) => {
    const finish = (code: number | null): void => {
      clearTimeout(hang);
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
