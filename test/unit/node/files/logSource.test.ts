import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { UserError } from '../../../../src/core/errors/userError';
import { openLog, type LogSource } from '../../../../src/node/files/logSource';
import { peek } from '../../../../src/node/scan/modelChoice';
import { cut, places } from '../../../support/bytes';
import { HAS_PIPES, makePipe } from '../../../support/pipes';
import { temporaryFolder } from '../../../support/temporaryFolder';

async function read(path: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await openLog(path)).chunks()) {
    chunks.push(Uint8Array.from(chunk));
  }
  return Buffer.concat(chunks).toString('utf8');
}

describe('openLog', () => {
  const at = temporaryFolder();
  const content = 'a line of a log\n'.repeat(200_000);

  it('reads plain files and tells how far it is', async () => {
    writeFileSync(at('a.log'), content);
    const source = await openLog(at('a.log'));
    assert.equal(source.size, content.length);
    let last = 0;
    for await (const chunk of source.chunks()) {
      assert.equal(source.bytesRead(), last + chunk.length);
      last = source.bytesRead();
    }
    assert.equal(last, content.length);
  });

  it('reads gzip of one and several members, whatever its name', async () => {
    const half = content.length / 2;
    writeFileSync(at('a.gz'), gzipSync(content));
    writeFileSync(at('b.log'), Buffer.concat([gzipSync(content.slice(0, half)), gzipSync(content.slice(half))]));
    assert.equal(await read(at('a.gz')), content);
    assert.equal(await read(at('b.log')), content);
  });

  it('reads files of no, one and two bytes', async () => {
    for (const tiny of ['', '\x1f', 'ab']) {
      writeFileSync(at('tiny'), tiny);
      assert.equal(await read(at('tiny')), tiny);
    }
  });

  if (HAS_PIPES) {
    it('reads what comes through a pipe, of which the first read may give nothing or one byte', async () => {
      makePipe(at('pipe'));
      const gzip = gzipSync(content);
      for (const [pieces, expected] of [
        [[], ''],
        [['x'], 'x'],
        [['\x1f', 'x'], '\x1fx'],
        [['a', 'b', 'c'], 'abc'],
        [[gzip.subarray(0, 1), gzip.subarray(1, 3), gzip.subarray(3)], content],
      ] as const) {
        const writing = open(at('pipe'), 'w');
        const source = await openLog(at('pipe'));
        const chunks = source.chunks();
        const writer = await writing;
        const found: Uint8Array[] = [];
        const reading = (async () => {
          for await (const chunk of chunks) {
            assert.ok(chunk.length > 0);
            found.push(Uint8Array.from(chunk));
          }
        })();
        let written = 0;
        for (const piece of pieces) {
          await writer.write(Buffer.from(piece as string));
          written += piece.length;
          // The next piece is written when this one has been read.
          while (source.bytesRead() < written) {
            await new Promise(setImmediate);
          }
        }
        await writer.close();
        await reading;
        assert.equal(Buffer.concat(found).toString(), expected);
        assert.equal(source.bytesRead(), written);
      }
    });
  }

  it('can be left early', async () => {
    writeFileSync(at('a.gz'), gzipSync(content));
    for await (const chunk of (await openLog(at('a.gz'))).chunks()) {
      assert.ok(chunk.length > 0);
      break;
    }
  });

  it('says what is wrong with damaged and cut gzip', async () => {
    const good = gzipSync(content);
    writeFileSync(at('cut.gz'), good.subarray(0, good.length / 2));
    const damaged = Buffer.from(good);
    damaged.fill(0xff, 20, 40);
    writeFileSync(at('damaged.gz'), damaged);
    for (const name of ['cut.gz', 'damaged.gz']) {
      await assert.rejects(
        read(at(name)),
        (error) => error instanceof UserError && error.message.includes(`${at(name)} is damaged gzip`),
      );
    }
  });

  it('says what is wrong with a missing file and a folder', async () => {
    mkdirSync(at('folder'));
    await assert.rejects(openLog(at('missing.log')), /missing\.log does not exist/);
    await assert.rejects(openLog(at('folder')), /folder is a folder; give a file/);
    writeFileSync(at('file'), '');
    await assert.rejects(openLog(at('file', 'below')), UserError);
  });
});

describe('peek', () => {
  const at = temporaryFolder();

  it('gives the beginning and then all of it', async () => {
    const content = Array.from({ length: 300_000 }, (_, i) => `line ${i}\n`).join('');
    writeFileSync(at('a.log'), content);
    const { probe, source } = await peek(await openLog(at('a.log')), {});
    assert.ok(probe.beginning.length >= 1 << 20);
    const chunks: Uint8Array[] = [];
    for await (const chunk of source.chunks()) {
      chunks.push(Uint8Array.from(chunk));
    }
    assert.equal(Buffer.concat(chunks).toString(), content);
    assert.equal(content.slice(0, probe.beginning.length), Buffer.from(probe.beginning).toString());
  });

  it('gives the same beginning in whichever pieces the log comes, behind a hole', async () => {
    const text = Buffer.from(Array.from({ length: 150_000 }, (_, i) => `line ${i}\n`).join(''));
    await fc.assert(
      fc.asyncProperty(places, fc.constantFrom(0, 1, 4096, (1 << 20) + 3), async (at, nuls) => {
        const bytes = Buffer.concat([Buffer.alloc(nuls), text]);
        const { probe, source } = await peek(sourceOf(cut(bytes, at)), {});
        const hole = nuls - (nuls % 4);
        assert.ok(bytes.subarray(hole, hole + (1 << 20)).equals(probe.beginning));
        const chunks: Uint8Array[] = [];
        for await (const chunk of source.chunks()) {
          chunks.push(Uint8Array.from(chunk));
        }
        assert.ok(bytes.equals(Buffer.concat(chunks)));
      }),
      { seed: 3, numRuns: 30 },
    );
  });
});

/** A log that comes in pieces. */
function sourceOf(pieces: readonly Uint8Array[]): LogSource {
  return {
    name: 'pieces',
    size: 0,
    lastChange: 0,
    async *chunks() {
      yield* pieces;
    },
    bytesRead: () => 0,
    changes: async () => [],
    close: async () => undefined,
  };
}
