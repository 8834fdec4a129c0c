import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runMocha } from '../harness/runMocha';
import { suiteLinePrefix } from '../harness/suiteLines';

/** Runs every bundled test file beside this one; VS Code calls it in the extension host. */
export async function run(): Promise<void> {
  const reportPath = process.env.LOGCNN_TEST_REPORT;
  if (!reportPath) throw new Error('LOGCNN_TEST_REPORT is not set: run the tests through npm run test:integration.');
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.test.js'),
  );
  const report = await runMocha({
    files: files.sort().map((name) => path.join(__dirname, name)),
    filter: process.env.LOGCNN_TEST_FILTER,
    timeout: 60_000,
    print: (text) => console.log(suiteLinePrefix + text.replaceAll('\n', `\n${suiteLinePrefix}`)),
  });
  writeFileSync(reportPath, JSON.stringify(report));
  if (report.failed > 0) throw new Error(`${report.failed} integration tests failed`);
}
