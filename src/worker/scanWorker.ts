import { parentPort } from 'node:worker_threads';
import { createFakeEngine } from '../../test/unit/worker/fakeEngine';
import { LogTextReader } from './logText';
import { WorkerServer } from './workerServer';

if (parentPort === null) {
  throw new Error('The scan worker is started as a worker thread, not as a program.');
}
// The engine is loaded at the first scan: showing text needs neither models nor ONNX Runtime.
new WorkerServer(
  parentPort,
  async () => createFakeEngine(),
  new LogTextReader(),
  () => performance.now(),
);
