import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createLogEngine } from '../../../src/worker/logEngine';
import { LogTextReader } from '../../../src/worker/logText';
import type { ScanEngine, ScanResult } from '../../../src/worker/scanEngine';
import { temporaryFolder } from '../../support/temporaryFolder';

describe('the engine of the worker', () => {
  const at = temporaryFolder();
  let engine: ScanEngine;

  beforeEach(() => {
    engine = createLogEngine(resolve('models'), resolve('dist/slice-scanner.js'), new LogTextReader());
  });
  afterEach(() => engine.release());

  /** Lines of a log, with a line of trouble in the place of each given one, counted from 1. */
  function log(lines: number, trouble: Record<number, string>): string {
    const usual = (i: number): string => `2026-01-01 10:00:00 INFO app - request ${i} served`;
    return Array.from({ length: lines }, (_, i) => `${trouble[i + 1] ?? usual(i)}\n`).join('');
  }

  function scan(names: readonly string[], isOneOfSeveral = false): Promise<ScanResult | undefined> {
    const rotatedPaths = names.map((name) => at(name));
    return engine.scanFile(
      rotatedPaths.at(-1)!,
      { isTrusted: true, isOneOfSeveral, rotatedPaths },
      { onProgress: () => {}, isCancelled: () => false },
    );
  }

  it('reads rotated files as one log and names windows by the files and their own lines', async () => {
    const trouble = (what: string): string => `2026-01-01 10:00:00 ERROR app - ${what}`;
    writeFileSync(at('app.log.1'), log(400, { 40: trouble('disk failure'), 400: trouble('fatal: connection lost') }));
    writeFileSync(at('app.log'), log(400, { 1: trouble('fatal: giving up'), 60: trouble('cannot allocate memory') }));
    const result = await scan(['app.log.1', 'app.log']);
    assert.ok(result);
    assert.deepEqual(result.parts, [
      { path: at('app.log.1'), linesBefore: 0 },
      { path: at('app.log'), linesBefore: 400 },
    ]);
    assert.ok(result.summary.notes.includes('files, read as one log: app.log.1, app.log'));
    const findings = await result.findings(0, result.summary.anomalous);
    assert.deepEqual(
      findings.map(({ block, lines }) => [block, lines[0], lines.at(-1)]).sort((a, b) => Number(a[1]) - Number(b[1])),
      [
        ['app.log.1:L40-L40', 40, 40],
        ['app.log.1:L400-app.log:L1', 400, 401],
        ['app.log:L60-L60', 460, 460],
      ],
    );
  });

  it('leaves out of several logs the files that the configuration excludes, unless they were named', async () => {
    writeFileSync(at('logcnn.config.json'), '{ "exclude": ["*.1"] }');
    writeFileSync(at('app.log.2'), log(30, {}));
    writeFileSync(at('app.log.1'), log(20, {}));
    writeFileSync(at('app.log'), log(10, {}));
    const names = ['app.log.2', 'app.log.1', 'app.log'];
    assert.equal((await scan(names, true))?.summary.lines, 40);
    assert.equal((await scan(names))?.summary.lines, 60);
    assert.equal(await scan(['app.log', 'app.log.1'], true), undefined);
  });
});
