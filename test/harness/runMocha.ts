import { writeFileSync } from 'node:fs';
import { format } from 'node:util';
import type { TestReport } from './report';

/** How a set of test files is run. */
export interface MochaRun {
  /** Absolute paths of the bundled test files. */
  files: string[];
  /** Only tests whose full title contains this text. */
  filter?: string | undefined;
  /** Where the report goes; it is written when all tests have ended and never before. */
  reportPath: string;
  /** Milliseconds after which a test counts as hung. */
  timeout: number;
  /** Put before each line that is printed. */
  linePrefix?: string;
  /** Whether failures are printed in colour. */
  color?: boolean;
}

/** Marks the lines of the suite inside VS Code, whose console holds much else. */
export const suiteLinePrefix = '[test] ';

/** Runs test files with mocha in this process, prints them as they go and writes the report. */
export async function runMocha(run: MochaRun): Promise<TestReport> {
  process.setSourceMapsEnabled(true);
  // Loaded here and not at the top: mocha is an ES module, and the suite inside VS Code is CommonJS.
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', timeout: run.timeout, color: run.color ?? false });
  const { linePrefix } = run;
  if (linePrefix !== undefined) {
    Mocha.reporters.Base.consoleLog = (...data: unknown[]) => {
      console.log(linePrefix + format(...data).replaceAll('\n', `\n${linePrefix}`));
    };
  }
  if (run.filter) mocha.fgrep(run.filter);
  for (const file of run.files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const report: TestReport = { passed: 0, failed: 0, skipped: 0, failures: [] };
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on('pass', () => report.passed++)
      .on('pending', () => report.skipped++)
      .on('fail', (test, error: unknown) => {
        report.failed++;
        report.failures.push({
          title: test.fullTitle(),
          message: error instanceof Error ? error.message : String(error),
        });
      });
  });
  writeFileSync(run.reportPath, JSON.stringify(report));
  return report;
}
