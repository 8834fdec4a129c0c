/** What one part of the tests reports: how many tests ended how, and the failures in words. */
export interface TestReport {
  passed: number;
  failed: number;
  skipped: number;
  failures: { title: string; message: string }[];
}

/** What is known of a process after it has ended. */
export interface ProcessOutcome {
  /** Text of its report file, or undefined if it wrote none. */
  reportText: string | undefined;
  /** Its exit code; null if a signal ended it. */
  exitCode: number | null;
}

/** What is known of a part after its processes have ended. */
export interface PartOutcome {
  /** Name of the part, for example `unit`. */
  part: string;
  processes: ProcessOutcome[];
  /** Further faults noticed from outside, for example files that could not be bundled. */
  faults: string[];
}

/**
 * Turns the outcome of a part into its report. A green exit code alone proves nothing (a crashed extension host reports
 * 0), and a green report alone proves nothing either (the process may have died after it): everything that is not a
 * complete, consistent, non-empty run becomes a failure of its own.
 */
export function judgePart({ part, processes, faults }: PartOutcome): TestReport {
  const judged = addReports([
    ...processes.map((each) => judgeProcess(part, each)),
    ...faults.map((f) => fault(part, f)),
  ]);
  return judged.passed + judged.failed === 0 ? addReports([judged, fault(part, 'ran no test')]) : judged;
}

function judgeProcess(part: string, { reportText, exitCode }: ProcessOutcome): TestReport {
  const report = parseReport(reportText);
  const code = `exit code ${String(exitCode)}`;
  if (!report) {
    return fault(
      part,
      reportText === undefined
        ? `wrote no report: it crashed or never started (${code})`
        : `wrote a report that cannot be read (${code})`,
    );
  }
  return exitCode !== 0 && report.failed === 0
    ? addReports([report, fault(part, `reported no failure but ended with ${code}`)])
    : report;
}

function fault(title: string, message: string): TestReport {
  return { passed: 0, failed: 1, skipped: 0, failures: [{ title, message }] };
}

/** The sum of several reports. */
export function addReports(reports: TestReport[]): TestReport {
  return {
    passed: sum(reports.map((report) => report.passed)),
    failed: sum(reports.map((report) => report.failed)),
    skipped: sum(reports.map((report) => report.skipped)),
    failures: reports.flatMap((report) => report.failures),
  };
}

/** The closing line of a test run: `N passed, N failed`, with the skipped ones if there are any. */
export function closingLine(report: TestReport): string {
  const skipped = report.skipped > 0 ? `, ${report.skipped} skipped` : '';
  return `${report.passed} passed, ${report.failed} failed${skipped}`;
}

function parseReport(text: string | undefined): TestReport | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isReport(value) && value.failures.length <= value.failed ? value : undefined;
}

function isReport(value: unknown): value is TestReport {
  if (typeof value !== 'object' || value === null) return false;
  const { passed, failed, skipped, failures } = value as Partial<Record<keyof TestReport, unknown>>;
  return isCount(passed) && isCount(failed) && isCount(skipped) && Array.isArray(failures) && failures.every(isFailure);
}

function isFailure(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { title, message } = value as { title?: unknown; message?: unknown };
  return typeof title === 'string' && typeof message === 'string';
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
