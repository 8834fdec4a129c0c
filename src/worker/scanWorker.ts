import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { LogTextReader } from './logText';
import { WorkerServer } from './workerServer';

if (parentPort === null) {
  throw new Error('The scan worker is started as a worker thread, not as a program.');
}
const reader = new LogTextReader();
new WorkerServer(
  parentPort,
  // Loaded at the first scan: showing text needs neither models nor ONNX Runtime.
  async () => {
    const { createLogEngine } = await import('./logEngine');
    return createLogEngine(join(__dirname, '..', 'models'), join(__dirname, 'slice-scanner.js'), reader);
  },
  reader,
  () => performance.now(),
);
