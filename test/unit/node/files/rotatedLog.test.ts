import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { UserError } from '../../../../src/core/errors/userError';
import { LineSplitter } from '../../../../src/core/input/lineSplitter';
import { placeIn } from '../../../../src/core/input/rotatedFile';
import { openRotatedLog } from '../../../../src/node/files/rotatedLog';
import { text } from '../../../support/bytes';
import { temporaryFolder } from '../../../support/temporaryFolder';

describe('openRotatedLog', () => {
  const at = temporaryFolder();

  /** Each line of the whole with the place that is said of it. */
  async function linesOf(names: readonly string[]): Promise<[string, string, number][]> {
    const { source, parts } = await openRotatedLog(names.map((name) => at(name)));
    const lines: string[] = [];
    const splitter = new LineSplitter((bytes, start, end) => lines.push(text(bytes, start, end)));
    for await (const chunk of source.chunks()) {
      splitter.push(chunk);
    }
    splitter.end();
    assert.ok(source.bytesRead() >= source.size);
    return lines.map((line, i) => {
      const place = placeIn(parts, i + 1);
      return [line, names.find((name) => at(name) === place.part.path)!, place.line];
    });
  }

  it('reads files as one log and says where its lines are', async () => {
    writeFileSync(at('a.log.3'), '');
    writeFileSync(at('a.log.2.gz'), gzipSync('one\r\ntwo'));
    writeFileSync(at('a.log.1'), '\ufeffthree\n\nfünf\r', 'utf16le');
    writeFileSync(at('a.log'), '\ufeff\nseven\n');
    assert.deepEqual(await linesOf(['a.log.3', 'a.log.2.gz', 'a.log.1', 'a.log']), [
      ['one', 'a.log.2.gz', 1],
      ['two', 'a.log.2.gz', 2],
      ['three', 'a.log.1', 1],
      ['', 'a.log.1', 2],
      ['fünf', 'a.log.1', 3],
      ['', 'a.log', 1],
      ['seven', 'a.log', 2],
    ]);
  });

  it('reads files larger than a chunk', async () => {
    const lines = (word: string): string =>
      Array.from({ length: 60_000 }, (_, i) => `${word} line ${i + 1} of many`).join('\n');
    writeFileSync(at('a.log.1'), lines('old'));
    writeFileSync(at('a.log'), lines('new'));
    const all = await linesOf(['a.log.1', 'a.log']);
    assert.equal(all.length, 120_000);
    assert.ok(
      all.every(([line, name, number]) => line === `${name === 'a.log' ? 'new' : 'old'} line ${number} of many`),
    );
  });

  it('names the file that cannot be read', async () => {
    writeFileSync(at('a.log.1'), new Uint8Array(1000));
    writeFileSync(at('a.log'), 'x\n');
    const fault = (name: string) => (error: unknown) =>
      error instanceof UserError && error.message.startsWith(at(name));
    await assert.rejects(linesOf(['a.log.1', 'a.log']), fault('a.log.1'));
    await assert.rejects(linesOf(['a.log.2', 'a.log']), fault('a.log.2'));
  });

  it('refuses a file that has taken the name of one before its turn', async () => {
    writeFileSync(at('a.log.1'), 'one\n');
    writeFileSync(at('a.log'), 'two\n');
    const { source } = await openRotatedLog([at('a.log.1'), at('a.log')]);
    const chunks = source.chunks();
    await chunks.next();
    writeFileSync(at('new.log'), 'three\n');
    renameSync(at('new.log'), at('a.log'));
    await assert.rejects(async () => {
      for (;;) {
        assert.notEqual((await chunks.next()).done, true);
      }
    }, /a\.log was replaced by another file before it was read; scan again/);
    await source.close();
  });
});
