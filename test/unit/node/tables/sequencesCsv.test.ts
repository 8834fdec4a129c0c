import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { UserError } from '../../../../src/core/errors/userError';
import { selectSessions } from '../../../../src/core/blocks/sessionTable';
import { readSequencesCsv } from '../../../../src/node/tables/sequencesCsv';

describe('readSequencesCsv', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'logcnn-sequences-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const write = (text: string | Uint8Array, name = 'sequences.csv'): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const rejects = (text: string, message: RegExp) =>
    assert.rejects(readSequencesCsv(write(text)), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, message);
      assert.match(error.message, /sequences\.csv/);
      return true;
    });

  const text =
    'BlockId,Label,InRawDev,Sequence\r\nblk_1,Normal,0,5 5 22\r\n,Anomaly,1,5 5\n,Anomaly,0,5 5 22\n"blk_4",Normal,0,';

  it('stores equal sequences once and counts their labels', async () => {
    const table = await readSequencesCsv(write(text));
    assert.deepEqual(
      table.sequences.map((events) => [...events]),
      [[5, 5, 22], [5, 5], []],
    );
    assert.deepEqual([...table.normal], [1, 0, 1]);
    assert.deepEqual([...table.anomalous], [1, 1, 0]);
    assert.deepEqual([...table.sequenceOf], [0, 1, 0, 2]);
    assert.deepEqual([...table.label], [0, 1, 1, 0]);
    assert.deepEqual([...table.inRawDev], [0, 1, 0, 0]);
    assert.deepEqual(table.key, ['blk_1', '', '', 'blk_4']);
  });

  it('reads through gzip', async () => {
    assert.deepEqual(
      await readSequencesCsv(write(gzipSync(text), 'sequences.csv.gz')),
      await readSequencesCsv(write(text)),
    );
  });

  it('takes the columns in any order and does without InRawDev', async () => {
    const table = await readSequencesCsv(write('Sequence,Note,Label,BlockId\n7 65535,x,Anomaly,a\n'));
    assert.deepEqual([...table.sequences[0]], [7, 65535]);
    assert.deepEqual(table.key, ['a']);
    assert.deepEqual([...table.inRawDev], [0]);
  });

  it('reads sequences of any length', async () => {
    const table = await readSequencesCsv(write(`BlockId,Label,Sequence\nb,Normal,${'12 '.repeat(5000)}\n`));
    assert.equal(table.sequences[0].length, 5000);
    assert.ok(table.sequences[0].every((event) => event === 12));
  });

  it('names file, row and fault of what it refuses', async () => {
    await rejects('BlockId,Sequence\n', /row 1: no column Label/);
    await rejects('BlockId,Label,Sequence\nb,Normal,1\nb,Odd,1\n', /row 3: label "Odd"/);
    await rejects(
      `BlockId,Label,Sequence\nb,${'x'.repeat(100_000)},1\n`,
      /^.{0,100}row 2: label "x{100}…" where.{0,200}$/,
    );
    await rejects('BlockId,Label,Sequence\nb,Normal\n', /row 2: 2 fields where the header has 3/);
    await rejects('BlockId,Label,Sequence\nb,Normal,1 x\n', /row 2: character "x"/);
    await rejects('BlockId,Label,Sequence\nb,Normal,65536\n', /row 2: event number above 65535/);
    await rejects('BlockId,Label,InRawDev,Sequence\nb,Normal,yes,1\n', /row 2: InRawDev "yes"/);
    await rejects('BlockId,Label,Sequence\n', /holds no session/);
    await assert.rejects(readSequencesCsv(join(folder, 'none.csv')), /none\.csv does not exist/);
    await assert.rejects(readSequencesCsv(write(gzipSync(text).subarray(0, 40), 'cut.csv.gz')), /cut\.csv\.gz/);
  });
});

describe('selectSessions', () => {
  it('keeps sequence indices and recounts the labels', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'logcnn-sequences-'));
    try {
      const path = join(folder, 's.csv');
      writeFileSync(path, 'BlockId,Label,Sequence\na,Normal,1\nb,Normal,2\nc,Anomaly,2\n');
      const table = await readSequencesCsv(path);
      const part = selectSessions(table, (session) => table.label[session] === 1);
      assert.equal(part.sequences, table.sequences);
      assert.deepEqual([...part.normal], [0, 0]);
      assert.deepEqual([...part.anomalous], [0, 1]);
      assert.deepEqual(part.key, ['c']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
