import { writeFileSync } from 'node:fs';
import type { FileRequest, HandedFile } from './fileQueue';
import { addReports, type TestReport } from './report';
import { runMocha } from './runMocha';

/**
 * Runs bundled test files in this process, one after another, as its parent hands them over. LOGCNN_TEST_REPORT names
 * the report file, which is written when all have ended and never before; LOGCNN_TEST_FILTER is a part of the titles to
 * run. The process ends by itself: a test that leaves a thread or a handle open is a fault that shows as a hang, and
 * leaving by force could end a busy ONNX Runtime thread.
 */
const reportPath = process.env.LOGCNN_TEST_REPORT;
if (!reportPath || !process.send)
  throw new Error('There is nobody to hand over test files: run them through npm test.');

// Mocha hands rejections that nobody handles on to the process, where nobody would hear of them. In the editor's process
// they may be those of other extensions.
process.on('unhandledRejection', (reason) => {
  throw reason instanceof Error ? reason : new Error(`unhandled rejection: ${String(reason)}`);
});

const reports: TestReport[] = [];
for (let file = await nextFile(''); file !== undefined;) {
  const printed: string[] = [];
  reports.push(await runFile(file, (text) => printed.push(text)));
  file = await nextFile(printed.join('\n'));
}
const report = addReports(reports);
writeFileSync(reportPath, JSON.stringify(report));
process.exitCode = report.failed > 0 ? 1 : 0;
process.disconnect();

async function runFile(file: string, print: (text: string) => void): Promise<TestReport> {
  try {
    return await runMocha({
      files: [file],
      filter: process.env.LOGCNN_TEST_FILTER,
      timeout: 120_000,
      print,
      color: process.stdout.isTTY,
    });
  } catch (error) {
    // It failed while it was loaded, before there was a test to blame.
    const message = error instanceof Error ? error.message : String(error);
    return { passed: 0, failed: 1, skipped: 0, failures: [{ title: file, message }] };
  }
}

/** Asks for the next file and hands over what the last one printed. */
function nextFile(printed: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    process.once('message', ({ file }: HandedFile) => resolve(file));
    process.send!({ printed } satisfies FileRequest);
  });
}
