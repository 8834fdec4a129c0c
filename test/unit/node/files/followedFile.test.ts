import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { UserError } from '../../../../src/core/errors/userError';
import { CHUNK_BYTES } from '../../../../src/node/files/fileChunks';
import { FollowedFile } from '../../../../src/node/files/followedFile';
import { HAS_PIPES, makePipe } from '../../../support/pipes';
import { temporaryFolder } from '../../../support/temporaryFolder';

describe('FollowedFile', () => {
  const at = temporaryFolder();
  let path: string;
  let file: FollowedFile | undefined;

  beforeEach(() => (path = at('a.log')));
  afterEach(async () => {
    await file?.close();
    file = undefined;
  });

  async function open(content: string): Promise<FollowedFile> {
    writeFileSync(path, content);
    file = await FollowedFile.open(path);
    return file;
  }

  /** What a look brings, as text; `|` stands for the beginning of a new file. */
  async function look(): Promise<string> {
    let text = '';
    for await (const growth of file!.look()) {
      text += growth.kind === 'newFile' ? '|' : Buffer.from(growth.bytes).toString('utf8');
    }
    return text;
  }

  it('gives what is there at first, then what is appended', async () => {
    await open('one\n');
    assert.equal(await look(), 'one\n');
    assert.equal(await look(), '');
    appendFileSync(path, 'two\nth');
    appendFileSync(path, 'ree\n');
    assert.equal(await look(), 'two\nthree\n');
    assert.equal(file!.position, 14);
    assert.equal(file!.state.size, 14);
    assert.equal(file!.isGone, false);
  });

  it('gives a large file in pieces', async () => {
    const content = 'x'.repeat(3_000_000);
    await open(content);
    const lengths: number[] = [];
    for await (const growth of file!.look()) {
      lengths.push(growth.kind === 'bytes' ? growth.bytes.length : 0);
    }
    assert.ok(lengths.length > 2);
    assert.equal(
      lengths.reduce((sum, length) => sum + length),
      content.length,
    );
  });

  it('gives pieces that end where a scan would end them, wherever the last look ended', async () => {
    await open('a'.repeat(1000));
    await look();
    appendFileSync(path, 'b'.repeat(2 * CHUNK_BYTES));
    const sizes: number[] = [];
    for await (const growth of file!.look()) {
      sizes.push(growth.kind === 'bytes' ? growth.bytes.length : 0);
    }
    assert.deepEqual(sizes, [CHUNK_BYTES - 1000, CHUNK_BYTES, 1000]);
  });

  it('begins anew when the file is cut', async () => {
    await open('one\ntwo\n');
    await look();
    truncateSync(path);
    assert.equal(await look(), '|');
    appendFileSync(path, 'three\n');
    assert.equal(await look(), 'three\n');
  });

  it('begins anew when the file was cut and has grown beyond its old size since', async () => {
    await open('one\ntwo\n');
    await look();
    truncateSync(path);
    appendFileSync(path, 'three\nfour\nfive\n');
    assert.equal(await look(), '|three\nfour\nfive\n');
  });

  it('knows a file that was written anew by the bytes before the place it has read to, where the beginning is the same', async () => {
    const banner = 'the same beginning\n'.repeat(100);
    await open(`${banner}one\n`);
    await look();
    truncateSync(path);
    appendFileSync(path, `${banner}two\nthree\n`);
    assert.equal(await look(), `|${banner}two\nthree\n`);
  });

  it('knows a file of the same size that was written anew', async () => {
    await open('one\n');
    await look();
    writeFileSync(path, 'two\n');
    utimesSync(path, 1, 1);
    assert.equal(await look(), '|two\n');
    utimesSync(path, 2, 2);
    assert.equal(await look(), '');
  });

  it('reads the rest of a renamed file, then the one in its place', async () => {
    await open('one\n');
    await look();
    appendFileSync(path, 'two\n');
    renameSync(path, at('a.log.1'));
    appendFileSync(at('a.log.1'), 'three\n');
    assert.equal(await look(), 'two\nthree\n');
    assert.equal(file!.isGone, true);
    appendFileSync(at('a.log.1'), 'four\n');
    writeFileSync(path, 'five\n');
    assert.equal(await look(), 'four\n|five\n');
    assert.equal(file!.isGone, false);
    appendFileSync(path, 'six\n');
    assert.equal(await look(), 'six\n');
    assert.equal(file!.state.size, 9);
  });

  it('says when the file is gone, and reads its rest', async () => {
    await open('one\n');
    await look();
    appendFileSync(path, 'two\n');
    rmSync(path);
    assert.equal(await look(), 'two\n');
    assert.equal(file!.isGone, true);
  });

  it('refuses what cannot be followed', async () => {
    mkdirSync(at('folder'));
    writeFileSync(at('a.log.gz'), gzipSync('one\n'));
    await assert.rejects(FollowedFile.open(at('folder')), /folder is a folder; give a file/);
    await assert.rejects(FollowedFile.open(at('missing')), UserError);
    await assert.rejects(FollowedFile.open(at('a.log.gz')), /is compressed \(gzip\) and cannot be followed/);
    if (HAS_PIPES) {
      makePipe(at('pipe'));
      await assert.rejects(FollowedFile.open(at('pipe')), /is a pipe or a device/);
    }
  });
});
