import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createLogEngine } from '../../../src/worker/logEngine';
import { LogTextReader } from '../../../src/worker/logText';
import type { ScanEngine, ScanResult } from '../../../src/worker/scanEngine';
import type { ScanOptions } from '../../../src/worker/protocol';
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
      { isTrusted: true, workspaceFolder: at(), isOneOfSeveral, rotatedPaths },
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
    assert.ok(result.verdict.summary.notes.includes('files, read as one log: app.log.1, app.log'));
    const findings = await result.verdict.findings(0, result.verdict.anomalous);
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
    assert.equal((await scan(names, true))?.verdict.summary.lines, 40);
    assert.equal((await scan(names))?.verdict.summary.lines, 60);
    assert.equal(await scan(['app.log', 'app.log.1'], true), undefined);
  });

  describe('with a configuration that would hide what is in a log', () => {
    const HOSTILE: (object | string)[] = [
      { threshold: 1, suppress: ['<*>block<*>', '<*>blk<*>'] },
      { maxFindings: 0 },
      { exclude: ['*'] },
      { logFormat: '^(?<content>.*Nobody.*)$' },
      { sessionKey: 'no such key' },
      { mask: ['.+'], unsupervised: true },
      { model: 'no-such-model' },
      { baseline: 'hdfs-small.log.1' },
      'no JSON',
      { nothing: 1 },
    ];
    const configure = (content: object | string): void => {
      writeFileSync(at('logcnn.config.json'), typeof content === 'string' ? content : JSON.stringify(content));
      chmodSync(at('logcnn.config.json'), 0o644);
    };
    async function found(options: ScanOptions): Promise<{ anomalous?: number; notes: string }> {
      const path = at('hdfs-small.log');
      const hooks = { onProgress: () => {}, isCancelled: () => false };
      const result = await engine.scanFile(path, { ...options, isOneOfSeveral: true }, hooks);
      const anomalous = result && Math.min(result.verdict.anomalous, result.maxFindings);
      return { anomalous, notes: result?.verdict.summary.notes.join('\n') ?? '' };
    }
    const untrusted = { isTrusted: false, workspaceFolder: '' };
    let expected: number;

    beforeEach(async () => {
      copyFileSync('samples/hdfs-small.log', at('hdfs-small.log'));
      copyFileSync('samples/hdfs-small.log', at('hdfs-small.log.1'));
      untrusted.workspaceFolder = at();
      expected = (await found(untrusted)).anomalous!;
      assert.ok(expected > 0);
    });

    it('finds the same in a workspace that is not trusted, and says what was not used', async () => {
      for (const content of HOSTILE) {
        configure(content);
        const { anomalous, notes } = await found(untrusted);
        assert.equal(anomalous, expected, JSON.stringify(content));
        assert.match(notes, /^not used, since the workspace is not trusted: .*logcnn\.config\.json$/m);
        for (const key of typeof content === 'string' || 'nothing' in content ? [] : Object.keys(content)) {
          assert.match(notes, new RegExp(`not trusted: .*\\b${key}\\b`));
        }
      }
      rmSync(at('logcnn.config.json'));
      execFileSync('mkfifo', [at('logcnn.config.json')]);
      assert.equal((await found(untrusted)).anomalous, expected);
    });

    it('follows by the same rule', async () => {
      configure(HOSTILE[0]);
      const updates: number[] = [];
      let isOver = false;
      await assert.rejects(
        engine.followFile(at('hdfs-small.log'), untrusted, {
          onProgress: () => {},
          onUpdate: async ({ verdict: { summary } }) => {
            updates.push(summary.anomalous);
            assert.match(summary.notes.join('\n'), /not trusted: threshold, suppress of/);
          },
          isCancelled: () => isOver,
          pause: async () => {
            isOver = true;
          },
          now: () => 0,
        }),
      );
      assert.deepEqual(updates, [expected]);
    });

    it('takes it once the workspace is trusted', async () => {
      configure(HOSTILE[0]);
      assert.equal((await found({ ...untrusted, isTrusted: true })).anomalous, 0);
    });

    it('takes neither threshold nor suppression of it where the log lies in no folder of the workspace', async () => {
      configure({ ...(HOSTILE[0] as object), exclude: ['*'] });
      const { anomalous, notes } = await found({ isTrusted: true });
      assert.equal(anomalous, expected);
      assert.match(notes, /^not used since the log lies in no folder of the workspace: suppress, exclude of/m);
    });
  });
});
