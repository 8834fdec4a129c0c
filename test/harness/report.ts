/** What one part of the tests reports: how many tests ended how, and the failures in words. */
export interface TestReport {
  passed: number;
  failed: number;
  skipped: number;
  failures: { title: string; message: string }[];
}

/** What is known of a part after its process has ended. */
export interface PartOutcome {
  /** Name of the part, for example `unit`. */
  part: string;
  /** Text of the report file, or undefined if the part wrote none. */
  reportText: string | undefined;
  /** Exit code of the process; null if a signal ended it. */
  exitCode: number | null;
  /** Further faults noticed from outside, for example files that could not be bundled. */
  faults: string[];
}

/**
 * Turns the outcome of a part into its report. A green exit code alone proves nothing (a crashed extension host reports
 * 0), and a green report alone proves nothing either (the process may have died after it): everything that is not a
 * complete, consistent, non-empty run becomes a failure of its own.
 */
export function judgePart(outcome: PartOutcome): TestReport {
  const report = parseReport(outcome.reportText);
  const judged: TestReport = report ?? { passed: 0, failed: 0, skipped: 0, failures: [] };
  const fail = (message: string): void => {
    judged.failed++;
    judged.failures.push({ title: outcome.part, message });
  };
  for (const fault of outcome.faults) fail(fault);
  if (!report) {
    fail(
      outcome.reportText === undefined
        ? `wrote no report: it crashed or never started (exit code ${String(outcome.exitCode)})`
        : `wrote a report that cannot be read (exit code ${String(outcome.exitCode)})`,
    );
  } else if (outcome.exitCode !== 0 && judged.failed === 0) {
    fail(`reported no failure but ended with exit code ${String(outcome.exitCode)}`);
  } else if (judged.passed + judged.failed === 0) {
    fail('ran no test');
  }
  return judged;
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
