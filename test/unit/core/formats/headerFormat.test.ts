import assert from 'node:assert/strict';
import { HeaderFormat, HeaderFormatError } from '../../../../src/core/formats/headerFormat';
import { HDFS_FORMAT } from '../../../../src/core/formats/logFormat';
import { text, utf8 } from '../../../support/bytes';

function fieldsOf(notation: string, line: string): Record<string, string> | undefined {
  const header = new HeaderFormat(notation);
  // Surrounded by other bytes, which must not be looked at.
  const bytes = utf8(`# ${line} #`);
  if (!header.match(bytes, 2, bytes.length - 2)) {
    return undefined;
  }
  return Object.fromEntries(header.names.map((name, i) => [name, text(bytes, header.starts[i], header.ends[i])]));
}

describe('HeaderFormat', () => {
  it('reads the HDFS header', () => {
    const line = '081109 203530 147 INFO dfs.DataNode$DataXceiver: Receiving block blk_1 src: /10.0.0.1:1 dest: x';
    assert.deepEqual(fieldsOf(HDFS_FORMAT.header, line), {
      Date: '081109',
      Time: '203530',
      Pid: '147',
      Level: 'INFO',
      Component: 'dfs.DataNode$DataXceiver',
      Content: 'Receiving block blk_1 src: /10.0.0.1:1 dest: x',
    });
  });

  for (const line of [
    '',
    ' ',
    '081109',
    '081109 203530 147 INFO',
    '081109 203530 147 INFO dfs.DataNode no colon',
    '081109 203530 147 LOUD dfs.DataNode: not a level',
    'java.io.IOException: Block blk_1 is valid, and cannot be: written',
    '\tat org.apache.hadoop.dfs.DataNode$BlockReceiver.receiveBlock(DataNode.java:2569): x',
    '  081109 203530 147 INFO dfs.DataNode: indented',
  ]) {
    it(`finds no HDFS header in ${JSON.stringify(line)}`, () => {
      assert.equal(fieldsOf(HDFS_FORMAT.header, line), undefined);
    });
  }

  it('takes several blanks for one and an empty content', () => {
    assert.equal(fieldsOf('<Date> <Time> <Content>', '1  2   ')?.Content, '');
    assert.deepEqual(fieldsOf('[<Date>] <Level> - <Content>', '[2020-01-01] warn  - a b'), {
      Date: '2020-01-01',
      Level: 'warn',
      Content: 'a b',
    });
  });

  for (const notation of [
    '',
    'no fields',
    '<Date> <Time>',
    '<Content> <Date>',
    '<Date><Content>',
    '<A> <A> <Content>',
  ]) {
    it(`refuses the notation "${notation}"`, () => {
      assert.throws(() => new HeaderFormat(notation), HeaderFormatError);
    });
  }
});
