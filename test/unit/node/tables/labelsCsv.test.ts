import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../../../src/core/errors/userError';
import { readLabels } from '../../../../src/node/tables/labelsCsv';

describe('readLabels', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'logcnn-labels-'))));
  after(() => rmSync(folder, { recursive: true }));

  function read(content: string): Promise<Map<string, boolean>> {
    const path = join(folder, 'labels.csv');
    writeFileSync(path, content);
    return readLabels(path);
  }

  it('reads block and label, whatever stands beside and however lines end', async () => {
    const labels = await read('\uFEFFN,Label,BlockId\r\n1,Normal,blk_1\r\n\r\n2,Anomaly,"blk_-2"\r\n');
    assert.deepEqual(
      [...labels],
      [
        ['blk_1', false],
        ['blk_-2', true],
      ],
    );
  });

  it('takes the same label twice', async () => {
    assert.equal((await read('BlockId,Label\na,Normal\na,Normal\n')).size, 1);
  });

  const faults: Record<string, [content: string, message: RegExp]> = {
    'a missing column': ['Block,Label\na,Normal\n', /line 2: the columns BlockId and Label/],
    'another label': ['BlockId,Label\na,Normal\nb,0\n', /line 3: block "b" has the label "0"/],
    'an empty key': ['BlockId,Label\n,Normal\n', /line 2: block ""/],
    'two labels of a block': ['BlockId,Label\na,Normal\na,Anomaly\n', /line 3: block a was labelled otherwise/],
    'a row that is too long': ['BlockId,Label\na,Normal,x\n', /is no valid CSV/],
    'a quote within a field': ['BlockId,Label\nbl"k_1,Normal\n', /is no valid CSV .*give a CSV with the columns/],
    'a row without end': [`BlockId,Label\n${'x'.repeat(70_000)}`, /is no valid CSV .*Max Record Size/],
    'no row': ['BlockId,Label\n', /holds no labels/],
    'an empty file': ['', /holds no labels/],
  };
  for (const [fault, [content, message]] of Object.entries(faults)) {
    it(`refuses ${fault}`, async () => {
      await assert.rejects(read(content), (error) => error instanceof UserError && message.test(error.message));
    });
  }

  it('refuses a file that is not there', async () => {
    await assert.rejects(readLabels(join(folder, 'none.csv')), UserError);
  });

  it('refuses a folder', async () => {
    await assert.rejects(readLabels(folder), UserError);
  });
});
