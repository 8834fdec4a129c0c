import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { UserError } from '../../../../src/core/errors/userError';
import { packingOf, type Compression } from '../../../../src/node/files/compression';
import { refuseOverwrittenInputs } from '../../../../src/node/files/overwrittenInput';
import { openLog, openLogFile } from '../../../../src/node/files/logSource';
import { Unpacking } from '../../../../src/node/files/unpacking';
import { logsInArchive } from '../../../../src/node/files/zipArchive';
import { cut, places } from '../../../support/bytes';
import { REPETITIVE, REPETITIVE_TEXT, SHORT, SHORT_TEXT, zipOf } from '../../../support/compressed';
import { temporaryFolder } from '../../../support/temporaryFolder';

const KINDS = Object.keys(SHORT) as Compression[];

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are in use: objects, typed arrays and what decoders have beside them. */
function usedBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) {
    parts.push(Uint8Array.from(chunk));
  }
  return Buffer.concat(parts).toString();
}

async function read(path: string): Promise<string> {
  return textOf((await openLogFile(path)).chunks());
}

/** Decompresses bytes that come in pieces. */
function unpacked(pieces: readonly Uint8Array[]): Promise<string> {
  async function* source(): AsyncGenerator<Uint8Array, void> {
    yield* pieces;
  }
  return textOf(new Unpacking('a.log', () => pieces.length, undefined).unpack(source()));
}

/** The sentence with which a log is refused. */
async function refusal(reading: Promise<unknown>): Promise<string> {
  try {
    await reading;
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.message;
  }
  assert.fail('it was read');
}

describe('a compressed log', () => {
  const at = temporaryFolder();

  for (const kind of KINDS) {
    describe(kind, () => {
      it('is known by its first bytes and read, whatever its name', async () => {
        writeFileSync(at('any.log'), REPETITIVE[kind]);
        assert.equal(await read(at('any.log')), REPETITIVE_TEXT);
        assert.equal(packingOf(SHORT[kind]), kind);
      });

      it('is read through where there is more than one member', async () => {
        const members = [SHORT[kind], REPETITIVE[kind], SHORT[kind]];
        assert.equal(await unpacked([Buffer.concat(members)]), SHORT_TEXT + REPETITIVE_TEXT + SHORT_TEXT);
      });

      it('is the same in whichever pieces it comes', async () => {
        const two = Buffer.concat([SHORT[kind], SHORT[kind]]);
        await fc.assert(
          fc.asyncProperty(places, async (where) => {
            assert.equal(await unpacked(cut(two, where)), SHORT_TEXT + SHORT_TEXT);
          }),
          { seed: 5, numRuns: 40 },
        );
      });

      it('is refused in one sentence wherever it is cut', async () => {
        const bytes = SHORT[kind];
        for (let end = 12; end < bytes.length; end += 7) {
          const sentence = await refusal(unpacked([bytes.subarray(0, end)]));
          assert.match(sentence, new RegExp(`^a\\.log is damaged ${kind} \\(.+\\); decompress it as far as it goes`));
        }
      });

      it('is refused or read, and ends, wherever a byte is another one', async () => {
        for (let place = 0; place < SHORT[kind].length; place += 3) {
          const bytes = Buffer.from(SHORT[kind]);
          bytes[place] ^= 0xff;
          try {
            await unpacked([bytes]);
          } catch (error) {
            assert.ok(error instanceof UserError, String(error));
          }
        }
      });

      it('keeps no more of a large log than a few chunks', async () => {
        const before = usedBytes();
        let [length, most] = [0, 0];
        async function* source(): AsyncGenerator<Uint8Array, void> {
          for (let member = 0; member < 10; member++) {
            yield REPETITIVE[kind];
          }
        }
        for await (const chunk of new Unpacking('a.log', () => 1 << 20).unpack(source())) {
          const passed = length;
          length += chunk.length;
          if (passed >> 23 !== length >> 23) {
            most = Math.max(most, usedBytes() - before);
          }
        }
        assert.equal(length, 10 * REPETITIVE_TEXT.length);
        assert.ok(most < 64 << 20, `${most >> 20} MiB`);
      });

      it('may be left early, and others are read meanwhile', async () => {
        writeFileSync(at('a'), REPETITIVE[kind]);
        const first = (await openLog(at('a'))).chunks();
        assert.ok(!(await first.next()).done);
        assert.equal(await read(at('a')), REPETITIVE_TEXT);
        await first.return();
      });
    });
  }

  it('of zstd may have frames that are skipped, but no garbage behind it', async () => {
    const skipped = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    assert.equal(await unpacked([Buffer.concat([skipped, SHORT.zstd, skipped])]), SHORT_TEXT);
    assert.match(await refusal(unpacked([Buffer.concat([SHORT.zstd, Buffer.from('rest')])])), /no frame begins/);
  });

  it('of zstd may not ask for a window that takes all memory', async () => {
    const bomb = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0xa0, 1, 0, 0]);
    assert.match(await refusal(unpacked([bomb])), /its window of 1024 MiB is larger than 128 MiB/);
  });

  it('is none where a text begins alike', async () => {
    for (const text of ['BZh9 is how bzip2 begins\n', 'PK', '(µ/', '\x1f']) {
      assert.equal(await unpacked([Buffer.from(text)]), text);
    }
  });
});

describe('a log in a zip archive', () => {
  const at = temporaryFolder();

  it('is read by the path of the archive where it is the only one', async () => {
    writeFileSync(
      at('one.zip'),
      zipOf([
        { name: 'logs/', content: '' },
        { name: 'logs/app.log', content: SHORT_TEXT },
        { name: '__MACOSX/logs/._app.log', content: 'x' },
        { name: 'picture.png', content: 'x' },
      ]),
    );
    assert.equal(await read(at('one.zip')), SHORT_TEXT);
    assert.equal(await read(at('one.zip', 'logs', 'app.log')), SHORT_TEXT);
    const source = await openLog(at('one.zip'));
    assert.equal(source.name, at('one.zip', 'logs', 'app.log'));
    assert.equal(await textOf(source.chunks()), SHORT_TEXT);
    assert.equal(source.bytesRead(), source.size);
    assert.deepEqual(await source.changes(), []);
  });

  it('has to be named where there are several, and may be compressed itself', async () => {
    writeFileSync(
      at('two.zip'),
      zipOf([
        { name: 'app.log', content: SHORT_TEXT, stored: true },
        { name: 'app.log.1.xz', content: SHORT.xz, stored: true },
        { name: 'readme.md', content: 'x' },
      ]),
    );
    assert.deepEqual(await logsInArchive(at('two.zip')), [at('two.zip', 'app.log'), at('two.zip', 'app.log.1.xz')]);
    for (const path of await logsInArchive(at('two.zip'))) {
      assert.equal(await read(path), SHORT_TEXT);
    }
    assert.equal(
      await refusal(read(at('two.zip'))),
      `${at('two.zip')} holds 2 logs (app.log, app.log.1.xz); name one of them, such as ${at('two.zip', 'app.log')}.`,
    );
    assert.match(await refusal(read(at('two.zip', 'no.log'))), /two\.zip has no file no\.log; check the name/);
  });

  it('is refused in one sentence where it cannot be read', async () => {
    const whole = zipOf([{ name: 'a.log', content: SHORT_TEXT }]);
    const file = { name: 'a.log', content: SHORT_TEXT };
    for (const [name, bytes, sentence] of [
      ['cut', whole.subarray(0, whole.length - 30), /is damaged zip \(.+\); decompress it/],
      ['checksum', zipOf([{ ...file, claims: { checksum: 1 } }]), /damaged zip \(its checksum does not match\)/],
      ['more', zipOf([{ ...file, claims: { size: 10 } }]), /is damaged zip \(.*too many bytes.*\)/],
      ['fewer', zipOf([{ ...file, claims: { size: 1 << 30 } }]), /is damaged zip \(.*not enough bytes.*\)/],
      ['secret', zipOf([{ ...file, claims: { flags: 1 } }]), /a\.log is encrypted; decrypt it first/],
      ['method', zipOf([{ ...file, claims: { method: 12 } }]), /by a method \(12\) that is not read/],
      ['outside', zipOf([{ ...file, name: '../a.log' }]), /is damaged zip \(invalid relative path/],
      ['empty', zipOf([]), /is a zip archive without files/],
      [
        'nested',
        zipOf([{ name: 'b.log', content: whole }]),
        /b\.log gives a zip archive, which is only read from a file/,
      ],
    ] as const) {
      writeFileSync(at(`${name}.zip`), bytes);
      assert.match(await refusal(read(at(`${name}.zip`))), sentence, name);
    }
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 60, 80);
    writeFileSync(at('damaged.zip'), damaged);
    assert.match(await refusal(read(at('damaged.zip'))), /a\.log is damaged zip \(.+\)/);
    assert.match(await refusal(unpacked([whole])), /a\.log gives a zip archive, which is only read from a file/);
  });

  it('is the archive itself for who writes', async () => {
    writeFileSync(at('kept.zip'), zipOf([{ name: 'a.log', content: SHORT_TEXT }]));
    await assert.rejects(refuseOverwrittenInputs([at('kept.zip')], [join(at('kept.zip'), 'a.log')]), UserError);
  });

  it('does not hide a folder that is called so', async () => {
    writeFileSync(at('x'), 'text\n');
    await assert.rejects(read(at('folder.zip', 'a.log')), /folder\.zip.* does not exist/);
  });
});
