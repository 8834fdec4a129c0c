import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { CancelledError } from '../../../../src/core/cancellation';
import { eventNames } from '../../../../src/core/mapReduce/eventNames';
import { UserError } from '../../../../src/core/errors/userError';
import type { Finding } from '../../../../src/core/findings/finding';
import { openLog } from '../../../../src/node/files/logSource';
import { reduceRows, type ReduceSettings } from '../../../../src/node/mapReduce/reduceRows';
import { temporaryFolder } from '../../../support/temporaryFolder';
import { TINY_PROFILE, writeTinyBundle } from '../../../support/tinyBundle';

const { fingerprint } = eventNames(TINY_PROFILE);

/** A row of a record at a second; its last cell is left out where its line is not known. */
function row(block: string, second: number, event: string, lines?: string, model = fingerprint): string {
  const order = `${String(1e15 + 1000 * second)}-0-${String(second).padStart(16, '0')}`;
  return [block, order, event, model, ...(lines === undefined ? [] : [lines])].join('\t');
}

describe('reduceRows', () => {
  const at = temporaryFolder();

  beforeEach(() => writeTinyBundle(at('models', 'tiny')));

  async function reduce(
    text: string,
    settings: Partial<ReduceSettings> = {},
  ): Promise<{ found: string[]; anomalous: number; total: number; notes: string[]; lines: number; model: string }> {
    writeFileSync(at('rows'), text);
    const { verdict, close } = await reduceRows(await openLog(at('rows')), {
      allBlocks: false,
      modelsFolder: at('models'),
      ...settings,
    });
    try {
      const { anomalous, total, summary } = verdict;
      const findings = await verdict.findings(0, total);
      for (let rank = 0; rank < total; rank++) {
        assert.deepEqual(await verdict.findings(rank, rank + 1), [findings[rank]]);
      }
      const { notes, lines, model } = summary;
      return { found: findings.map(shown), anomalous, total, notes, lines, model };
    } finally {
      await close();
    }
  }

  function shown({ block, line, lines }: Finding): string {
    return `${block} at ${line}: ${lines.join(' ')}`;
  }

  // The network of the model scores blocks without its events least, and pings are none.
  const ROWS = [
    row('a', 9, '5', '7'),
    row('b', 3, '30', '3'),
    row('c', 1, '5', '1+1'),
    row('c', 4, '30', '4+2'),
    row('d', 8, '30', '8'),
    row('e', 10, '9', '10'),
    '',
  ].join('\n');

  it('gives the anomalous blocks by their first record, with the lines of the log', async () => {
    const { found, anomalous, total, notes, lines, model } = await reduce(ROWS);
    assert.deepEqual(found, ['c at 1: 1 2 4 5 6', 'a at 7: 7', 'e at 10: 10']);
    assert.deepEqual([anomalous, total, lines, model, notes.length], [3, 3, 6, 'tiny', 1]);
  });

  it('gives the others after them in the order of the rows, where they are wanted', async () => {
    const { found, anomalous, total } = await reduce(ROWS, { allBlocks: true });
    assert.deepEqual(found, ['c at 1: 1 2 4 5 6', 'a at 7: 7', 'e at 10: 10', 'b at 3: 3', 'd at 8: 8']);
    assert.deepEqual([anomalous, total], [3, 5]);
    const none = await reduce(ROWS, { allBlocks: true, threshold: 0.9 });
    assert.deepEqual(
      none.found.map((each) => each[0]),
      ['a', 'b', 'c', 'd', 'e'],
    );
    const many = Array.from({ length: 2500 }, (_, i) => row(`b${String(i).padStart(4, '0')}`, i, '30', String(i + 1)));
    const others = await reduce(many.join('\n'), { allBlocks: true, threshold: 0.9 });
    assert.deepEqual(
      others.found,
      many.map((_, i) => `b${String(i).padStart(4, '0')} at ${i + 1}: ${i + 1}`),
    );
  });

  it('judges by the threshold that is given', async () => {
    assert.equal((await reduce(ROWS, { threshold: 0.5 })).anomalous, 3);
    assert.equal((await reduce(ROWS, { threshold: 0.51 })).anomalous, 0);
  });

  it('leaves line numbers out where each piece of the log has its own, or none', async () => {
    const { found, notes } = await reduce([row('c', 1, '5', '7'), row('c', 4, '7', '3'), ''].join('\n'));
    assert.deepEqual(found, ['c at 0: 0 0']);
    assert.match(notes[1], /line numbers are left out/);
    assert.deepEqual((await reduce(row('c', 1, '5', '+1'))).found, ['c at 0: 0 0']);
    assert.deepEqual((await reduce(row('c', 1, '5'))).found, ['c at 0: 0']);
  });

  it('takes the bundled model with which the rows were mapped, whatever ends the first of them', async () => {
    writeTinyBundle(at('models', 'another'), { name: 'another', format: { header: '<Content>' } });
    for (const end of ['', '\n', '\r\n', '\nno row']) {
      const reading = reduce(row('c', 1, '5') + end);
      await (end.endsWith('row') ? assert.rejects(reading, /row 2 is none of --map/) : reading);
    }
    assert.equal((await reduce(ROWS)).model, 'tiny');
    // Without rows any will do.
    const empty = await reduce('');
    assert.deepEqual([empty.model, empty.total], ['another', 0]);
  });

  it('says what is wrong with rows that no bundled model has mapped', async () => {
    await assert.rejects(
      reduce(`${row('c', 1, '5', undefined, '0123456789abcdefgh')}\n`),
      (error) =>
        error instanceof UserError &&
        error.code === 'rows-of-other-model' &&
        /0123456789abcdef(?!g)/.test(error.message),
    );
    for (const text of ['some text\n', `\n${ROWS}`]) {
      await assert.rejects(reduce(text), (error) => error instanceof UserError && error.code === 'rows-unknown');
    }
    await assert.rejects(
      reduce(`${row('d', 1, '5')}\n${row('c', 1, '5')}\n`),
      (error) => error instanceof UserError && error.code === 'rows-unusable' && /row 2/.test(error.message),
    );
  });

  it('refuses anomalous blocks that are said to have more lines than can be held', async () => {
    const rows = Array.from({ length: 17 }, (_, i) => row('c', i, '5', `+${1 << 24}`));
    await assert.rejects(
      reduce(rows.join('\n')),
      (error) => error instanceof UserError && error.message.includes('more than 268435456 lines'),
    );
  });

  it('says how much of the rows has been read, and stops when it is told to', async () => {
    writeFileSync(at('rows'), ROWS);
    const told: [number, number][] = [];
    const settings = { allBlocks: false, modelsFolder: at('models') };
    const { close } = await reduceRows(await openLog(at('rows')), settings, {
      onProgress: (done, total) => told.push([done, total]),
    });
    await close();
    assert.deepEqual(told, [[ROWS.length, ROWS.length]]);
    writeFileSync(at('rows'), manyRows());
    told.length = 0;
    const stopped = reduceRows(await openLog(at('rows')), settings, {
      onProgress: (done, total) => told.push([done, total]),
      isCancelled: () => told.length > 0,
    });
    await assert.rejects(stopped, CancelledError);
    assert.equal(told.length, 1);
  });

  /** Rows of more than two chunks of a file. */
  function manyRows(): string {
    return Array.from({ length: 60_000 }, (_, i) => `${row(`b${String(i).padStart(5, '0')}`, i, '30')}\n`).join('');
  }
});
