import assert from 'node:assert/strict';
import fs, { appendFileSync, renameSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { UserError } from '../../../../src/core/errors/userError';
import { fileChange, isSameFile, type FileVersion } from '../../../../src/node/files/fileChange';
import { openLog } from '../../../../src/node/files/logSource';
import { openRotatedLog } from '../../../../src/node/files/rotatedLog';
import { LogScanner } from '../../../../src/node/scan/scanLog';
import { temporaryFolder } from '../../../support/temporaryFolder';
import { writeTinyBundle } from '../../../support/tinyBundle';

describe('a log that changes while it is scanned', () => {
  const at = temporaryFolder();
  const LINE = 'INFO open key_1\n';
  const LINES = 500_000;
  let scanner: LogScanner;

  beforeEach(() => {
    writeTinyBundle(at('models', 'tiny'));
    scanner = new LogScanner(at('models'));
    writeFileSync(at('a.log'), LINE.repeat(LINES));
  });
  afterEach(() => scanner.release());

  /** Scans the log and does something when the first of its eight mebibytes have been read; gives lines and notes. */
  async function scanWhile(change: () => void): Promise<{ lines: number; notes: string[] }> {
    let hasChanged = false;
    const { verdict } = await scanner.scan(
      await openLog(at('a.log')),
      {},
      {
        onProgress: (phase, done) => {
          if (!hasChanged && done > 0) {
            assert.equal(phase, 'reading');
            hasChanged = true;
            change();
          }
        },
      },
    );
    assert.ok(hasChanged);
    return verdict.summary;
  }

  it('is said to be what it was if it stays', async () => {
    const { lines, notes } = await scanWhile(() => {});
    assert.equal(lines, LINES);
    assert.ok(!notes.some((note) => note.includes('while it was scanned')), notes.join('\n'));
  });

  it('is said to have been truncated, and what is left is judged', async () => {
    const { lines, notes } = await scanWhile(() => truncateSync(at('a.log'), 0));
    assert.ok(lines > 0 && lines < LINES, String(lines));
    assert.match(notes.at(-1)!, /a\.log was truncated while it was scanned, from 8000000 to 0 bytes/);
  });

  it('is said to have been truncated also if it has grown again since', async () => {
    const { notes } = await scanWhile(() => {
      truncateSync(at('a.log'), 0);
      truncateSync(at('a.log'), LINE.length * LINES);
      // The file system counts time in ticks: a change within one would not show.
      utimesSync(at('a.log'), new Date(), new Date(Date.now() + 5000));
    });
    assert.match(notes.at(-1)!, /a\.log was (truncated|overwritten) while it was scanned/);
  });

  it('is said to have been replaced, and read as it was', async () => {
    const { lines, notes } = await scanWhile(() => {
      writeFileSync(at('new.log'), LINE);
      renameSync(at('new.log'), at('a.log'));
    });
    assert.equal(lines, LINES);
    assert.match(notes.at(-1)!, /a\.log was replaced by another file while it was scanned/);
  });

  it('is said to have been removed, and read as it was', async () => {
    const { lines, notes } = await scanWhile(() => rmSync(at('a.log')));
    assert.equal(lines, LINES);
    assert.match(notes.at(-1)!, /a\.log was removed or renamed while it was scanned/);
  });

  it('is said to have grown', async () => {
    const { lines, notes } = await scanWhile(() => appendFileSync(at('a.log'), LINE));
    assert.equal(lines, LINES + 1);
    assert.match(
      notes.at(-1)!,
      /a\.log grew while it was scanned, from 8000000 to 8000016 bytes, of which 8000016 were/,
    );
  });

  it('is named where it is one of several files', async () => {
    writeFileSync(at('a.log.1'), LINE);
    const { source } = await openRotatedLog([at('a.log.1'), at('a.log')]);
    appendFileSync(at('a.log.1'), LINE);
    const { summary } = (await scanner.scan(source, {})).verdict;
    assert.match(summary.notes.at(-1)!, /a\.log\.1 grew while it was scanned/);
    assert.equal(summary.lines, LINES + 2);
  });

  it('is refused with one sentence if reading it is no longer allowed, or its disk fails', async () => {
    const { read } = fs;
    for (const [code, message] of [
      ['EACCES', /a\.log may not be accessed; check its permissions/],
      ['EIO', /a\.log cannot be read because of a device error/],
    ] as const) {
      let reads = 0;
      const failing = (...args: unknown[]): void => {
        if (++reads > 3) {
          (args.at(-1) as (error: Error) => void)(Object.assign(new Error(code), { code }));
        } else {
          (read as (...args: unknown[]) => void)(...args);
        }
      };
      fs.read = failing as typeof read;
      try {
        await assert.rejects(
          scanner.scan(await openLog(at('a.log')), {}),
          (error) => error instanceof UserError && message.test(error.message),
        );
      } finally {
        fs.read = read;
      }
      assert.ok(reads > 3 && statSync(at('a.log')).size > 0);
    }
  });
});

describe('fileChange', () => {
  const at = temporaryFolder();

  it('tells apart what can have happened, by size, time and the bytes that were read', async () => {
    writeFileSync(at('a.log'), 'x'.repeat(100));
    const now = statSync(at('a.log'), { bigint: true });
    const told = (opened: Partial<FileVersion>, bytesRead: number): Promise<string | undefined> =>
      fileChange(at('a.log'), { dev: now.dev, ino: now.ino, size: 100n, mtimeNs: now.mtimeNs, ...opened }, bytesRead);
    assert.equal(await told({}, 100), undefined);
    // Whoever leaves a log early has read less of it, which is no change.
    assert.equal(await told({}, 50), undefined);
    for (const [opened, bytesRead, expected] of [
      [{ size: 120n }, 120, /was truncated .* from 120 to 100 bytes, of which 120 were read/],
      [{ size: 120n }, 100, /was truncated/],
      [{ size: 80n }, 79, /was truncated .* from 80 to 100 bytes, of which 79 were read/],
      [{ size: 80n }, 80, /grew while it was scanned, from 80 to 100 bytes, of which 80 were read$/],
      [{ size: 80n }, 100, /grew/],
      [{ mtimeNs: now.mtimeNs - 1n }, 100, /was overwritten/],
      [{ mtimeNs: now.mtimeNs - 1n }, 99, /was truncated/],
      [{ ino: now.ino + 1n }, 100, /was replaced/],
      [{ dev: now.dev + 1n }, 100, /was replaced/],
    ] as const) {
      assert.match((await told(opened, bytesRead)) ?? 'nothing', expected);
    }
  });

  it('takes files for one only where both number and device are the same', () => {
    const file: FileVersion = { dev: 1n, ino: 2n, size: 3n, mtimeNs: 4n };
    assert.ok(isSameFile(file, { ...file, size: 5n, mtimeNs: 6n }));
    assert.ok(!isSameFile(file, { ...file, dev: 7n }));
    assert.ok(!isSameFile(file, { ...file, ino: 7n }));
  });
});
