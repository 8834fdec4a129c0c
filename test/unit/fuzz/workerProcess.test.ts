import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { WorkerProcess } from '../../../fuzz/workerProcess';
import { temporaryFolder } from '../../support/temporaryFolder';

describe('a process that runs inputs', () => {
  const at = temporaryFolder();
  let worker: WorkerProcess;

  /** By the number of the input it answers, ends, or never answers. */
  const PROGRAM = `process.on('message', ({ input: { number } }) => {
    if (number === 0) process.send({ end: 'accepted', cpuSeconds: process.pid });
    if (number === 1) process.kill(process.pid, 'SIGABRT');
    if (number === 2) for (;;);
  });`;

  beforeEach(() => {
    writeFileSync(at('worker.cjs'), PROGRAM);
    worker = new WorkerProcess(at('worker.cjs'), 1);
  });
  afterEach(() => worker.end());

  const run = (number: number) => worker.run({ input: { seed: 1, number }, folder: at('x') });

  it('is kept from input to input', async () => {
    assert.deepEqual(await run(0), await run(0));
  });

  it('is known to have ended by an input, and the next one has another', async () => {
    const before = await run(0);
    const broken = await run(1);
    assert.ok('fault' in broken && broken.fault.kind === 'ends the process');
    assert.match(broken.fault.message, /SIGABRT/);
    assert.notDeepEqual(await run(0), before);
  });

  it('is ended where an input never ends', async () => {
    const endless = await run(2);
    assert.ok('fault' in endless && endless.fault.kind === 'does not end');
    assert.ok('end' in (await run(0)));
  });
});
