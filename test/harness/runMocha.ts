import { format } from 'node:util';
import type { TestReport } from './report';

/** How a set of test files is run. */
export interface MochaRun {
  /** Absolute paths of the bundled test files. */
  files: string[];
  /** Only tests whose full title contains this text. */
  filter?: string | undefined;
  /** Milliseconds after which a test counts as hung. */
  timeout: number;
  /** Prints some lines. */
  print: (text: string) => void;
  /** Whether results are printed in colour. */
  color?: boolean;
}

/** Runs test files with mocha in this process and prints them as they go. */
export async function runMocha(run: MochaRun): Promise<TestReport> {
  process.setSourceMapsEnabled(true);
  // Loaded here and not at the top: mocha is an ES module, and the suite inside VS Code is CommonJS.
  const { default: Mocha } = await import('mocha');
  /** Counts of its own would come once for each file: the runner prints those of all. */
  class Reporter extends Mocha.reporters.Spec {
    override epilogue(): void {
      if ((this.stats.failures ?? 0) > 0) super.epilogue();
    }
  }
  Mocha.reporters.Base.consoleLog = (...data: unknown[]) => run.print(format(...data));
  const mocha = new Mocha({ ui: 'bdd', reporter: Reporter, timeout: run.timeout, color: run.color ?? false });
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
  // Each run listens to unhandled rejections and hands them on to the runs before it, in exponential time, until it is disposed of.
  mocha.dispose();
  return report;
}
