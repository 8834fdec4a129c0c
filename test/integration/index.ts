import { readdirSync } from 'node:fs';
import path from 'node:path';
import { runMocha, suiteLinePrefix } from '../harness/runMocha';

/** Runs every bundled test file beside this one; VS Code calls it in the extension host. */
export async function run(): Promise<void> {
  const reportPath = process.env.LOGCNN_TEST_REPORT;
  if (!reportPath) throw new Error('LOGCNN_TEST_REPORT is not set: run the tests through npm run test:integration.');
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.test.js'),
  );
  const { failed } = await runMocha({
    files: files.sort().map((name) => path.join(__dirname, name)),
    filter: process.env.LOGCNN_TEST_FILTER,
    reportPath,
    timeout: 60_000,
    linePrefix: suiteLinePrefix,
  });
  if (failed > 0) throw new Error(`${failed} integration tests failed`);
}
