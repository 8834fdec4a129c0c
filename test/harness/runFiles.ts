import { runMocha } from './runMocha';

/**
 * Runs the bundled test files given as arguments in this process. LOGCNN_TEST_REPORT names the report file,
 * LOGCNN_TEST_FILTER a part of the titles to run. The process ends by itself: a test that leaves a thread or a handle
 * open is a fault that shows as a hang, and leaving by force could end a busy ONNX Runtime thread.
 */
const reportPath = process.env.LOGCNN_TEST_REPORT;
if (!reportPath) throw new Error('LOGCNN_TEST_REPORT is not set: run the tests through npm test.');
const report = await runMocha({
  files: process.argv.slice(2),
  filter: process.env.LOGCNN_TEST_FILTER,
  reportPath,
  timeout: 120_000,
  color: process.stdout.isTTY,
});
process.exitCode = report.failed > 0 ? 1 : 0;
