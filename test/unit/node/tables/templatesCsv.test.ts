import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { UserError } from '../../../../src/core/errors/userError';
import { readTemplatesCsv } from '../../../../src/node/tables/templatesCsv';
import { temporaryFolder } from '../../../support/temporaryFolder';

describe('readTemplatesCsv', () => {
  const at = temporaryFolder();
  const read = (text: string) => {
    writeFileSync(at('t.csv'), text);
    return readTemplatesCsv(at('t.csv'));
  };

  it('reads ids and templates, quoted or not, under either name', async () => {
    const expected = [
      { id: '1', template: 'open <*>' },
      { id: 'E2', template: 'read <*>, "<*>"' },
    ];
    assert.deepEqual(await read('EventId,Template\n1,open <*>\nE2,"read <*>, ""<*>"""\n'), expected);
    assert.deepEqual(
      await read('\uFEFFEventId,EventTemplate,Occurrences\r\n1,open <*>,3\r\nE2,"read <*>, ""<*>""",4\r\n'),
      expected,
    );
  });

  it('names the file and the fault of what it refuses', async () => {
    const rejects = (text: string, message: RegExp) =>
      assert.rejects(read(text), (error) => error instanceof UserError && message.test(error.message));
    await rejects('EventId,Template\n', /t\.csv holds no templates/);
    await rejects('EventId,Text\n1,x\n', /t\.csv, row 2: EventId or Template is missing/);
    await rejects('EventId,Template\n1,x\n1,y\n', /t\.csv has two templates with the EventId 1/);
    await rejects('EventId,Template\n1,"x\n', /t\.csv is no valid CSV/);
    await rejects('EventId,Template\n1,x"y\n', /t\.csv is no valid CSV/);
    await assert.rejects(readTemplatesCsv(at('none.csv')), /none\.csv does not exist/);
  });
});
