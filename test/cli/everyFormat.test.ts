import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../../src/core/errors/userError';
import { Random } from '../../src/core/numeric/random';
import { openLog, type LogSource } from '../../src/node/files/logSource';
import { LogScanner } from '../../src/node/scan/scanLog';
import { sharedData, skipWithoutSharedData } from '../support/sharedData';

/** Bytes of a file that are damaged: few enough that nothing is trained, enough for many records. */
const PIECE = 8192;

const scanner = new LogScanner(resolve('models'));

/** Files of the shared data of all formats. */
function formatFiles(): string[] {
  return readdirSync(sharedData('formats')!, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

function logOf(name: string, bytes: Uint8Array): LogSource {
  return {
    name,
    size: bytes.length,
    lastChange: Date.UTC(2024, 0, 1),
    async *chunks() {
      for (let start = 0; start < bytes.length; start += 1 << 20) {
        yield bytes.subarray(start, start + (1 << 20));
      }
    },
    bytesRead: () => bytes.length,
    changes: async () => [],
    close: async () => undefined,
  };
}

/**
 * Scans a log and checks that scores are scores and, where it has no sessions, that every line is in exactly one entry.
 * @returns whether it was judged; else it was refused as no text
 */
async function judges(what: string, source: LogSource): Promise<boolean> {
  try {
    const { verdict } = await scanner.scan(source, { unsupervised: true });
    const { summary } = verdict;
    const all = await verdict.findings(0, verdict.total);
    const lines = all.flatMap((finding) => [...finding.lines]);
    if (summary.notes.some((note) => note.includes('no session key'))) {
      assert.equal(lines.length, summary.lines, `${what}: ${lines.length} of ${summary.lines} lines`);
      assert.equal(new Set(lines).size, lines.length, `${what}: a line is in two entries`);
    }
    assert.ok(
      all.every(({ score, line, lines: own }) => score >= 0 && score <= 1 && own.includes(line)),
      what,
    );
    return true;
  } catch (error) {
    assert.ok(error instanceof UserError && error.message.includes('is no text'), `${what}: ${String(error)}`);
    return false;
  }
}

describe('LogScanner on real logs of many formats', () => {
  before(function () {
    skipWithoutSharedData(this);
  });
  after(() => scanner.release());

  it('judges each with every line in one entry, or refuses it as no text', async function () {
    this.timeout(600_000);
    const files = formatFiles();
    let judged = 0;
    for (const file of files) {
      judged += (await judges(file, await openLog(file))) ? 1 : 0;
    }
    assert.ok(judged >= 0.99 * files.length, `${judged} of ${files.length}`);
  });

  it('judges or refuses each when it is cut, spliced or bit-flipped', async function () {
    this.timeout(600_000);
    const random = new Random(16);
    const below = (limit: number): number => Math.floor(random.next() * limit);
    const files = formatFiles();
    const piece = (file: string): Uint8Array => {
      const bytes = readFileSync(file);
      const start = below(Math.max(1, bytes.length - PIECE));
      return Uint8Array.from(bytes.subarray(start, start + PIECE));
    };
    for (const file of files) {
      const cut = piece(file);
      const other = piece(files[below(files.length)]);
      const spliced = Buffer.concat([cut.subarray(0, below(cut.length + 1)), other.subarray(below(other.length + 1))]);
      const flipped = cut.slice();
      for (let flips = 1 + below(30); flips > 0 && flipped.length > 0; flips--) {
        flipped[below(flipped.length)] ^= 1 << below(8);
      }
      for (const [damage, bytes] of Object.entries({ cut, spliced, flipped })) {
        await judges(`${file}, ${damage}`, logOf(file, bytes));
      }
    }
  });
});

describe('LogScanner on what is hardly a log', function () {
  this.timeout(300_000);
  after(() => scanner.release());

  const noise = Uint8Array.from({ length: 1_000_000 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 24);
  const program = Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(9), noise]);
  for (const [what, bytes, isText] of [
    ['10 MB without line end', Buffer.alloc(10_000_000, 'a'), true],
    ['10 MB of words without line end', Buffer.alloc(10_000_000, 'an error of 17 bytes '), true],
    ['only digits', Buffer.from('0123456789\n'.repeat(20_000)), true],
    ['only digits without line end', Buffer.alloc(1_000_000, '7'), true],
    ['only escape sequences', Buffer.from('\x1b[31m\x1b[0m'.repeat(100_000)), true],
    ['only escape sequences in lines', Buffer.from('\x1b[31m\x1b[0m\n'.repeat(20_000)), true],
    ['only ESC', Buffer.alloc(1_000_000, 0x1b), true],
    ['only line ends', Buffer.alloc(100_000, '\n'), true],
    ['nothing', Buffer.alloc(0), true],
    ['noise', noise, false],
    ['a program', program, false],
    ['only NUL', Buffer.alloc(100_000), false],
  ] as const) {
    it(`${isText ? 'judges' : 'refuses'} ${what}`, async () => {
      assert.equal(await judges(what, logOf(what, bytes)), isText);
    });
  }

  it('says that an endless line was read in part, and keeps no more of it', async () => {
    const { verdict } = await scanner.scan(logOf('endless', Buffer.alloc(10_000_000, 'error ')), {});
    const { summary } = verdict;
    assert.deepEqual([summary.lines, summary.clippedLines, verdict.total], [1, 1, 1]);
    assert.deepEqual([...(await verdict.findings(0, 1))[0].lines], [1]);
  });
});
