import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UserError } from '../../../../src/core/errors/userError';
import { HeaderFormat } from '../../../../src/core/formats/headerFormat';
import { HDFS_FORMAT } from '../../../../src/core/formats/logFormat';
import { text, utf8 } from '../../../support/bytes';
import { countedBytes } from '../../../support/countedBytes';

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

  it('looks at a run of blanks twice, where the text after a field begins with one', () => {
    const length = 3000;
    const { bytes, reads } = countedBytes(utf8(`a${' '.repeat(length)}`));
    assert.ok(!new HeaderFormat('<Component> - <Content>').match(bytes, 0, length + 1));
    assert.ok(reads() <= 4 * length, String(reads()));
    assert.deepEqual(fieldsOf('<Component> - <Content>', 'a b   c    - d'), { Component: 'a b   c', Content: 'd' });
  });

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
      assert.throws(() => new HeaderFormat(notation), UserError);
    });
  }

  it('gives the same for a line whatever lines came before', () => {
    const notations = [
      HDFS_FORMAT.header,
      '[<Date> <Time>] <Component>: <Content>',
      '<Time> - <A> <Level>: <B> | <Content>',
    ];
    const line = fc
      .array(
        fc.constantFrom(
          '081109',
          '1',
          ' ',
          '  ',
          'INFO',
          'warn',
          'dfs.A',
          'x y',
          ':',
          ': ',
          '[',
          '] ',
          ' - ',
          ' | ',
          'z'.repeat(70),
        ),
        { maxLength: 14 },
      )
      .map((parts) => parts.join(''));
    const usual = fc
      .tuple(
        fc.constantFrom('081109 203530', '081109 203531', '9 9'),
        fc.constantFrom(' ', '  '),
        fc.constantFrom('1', '22', 'x'),
        fc.constantFrom('INFO', 'WARN'),
        fc.constantFrom('dfs.A', 'dfs.B', 'c'.repeat(70)),
        fc.constantFrom(':', ': ', ':  ', ''),
        fc.constantFrom('', 'message', ' 1'),
      )
      .map(([time, blanks, pid, level, component, colon, content]) =>
        [time, blanks, pid, ' ', level, ' ', component, colon, content].join(''),
      );
    const read = (header: HeaderFormat, text: string): unknown => {
      const bytes = utf8(`# ${text} #`);
      return header.match(bytes, 2, bytes.length - 2) && [[...header.starts], [...header.ends], header.level];
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...notations),
        fc.array(fc.oneof(line, usual), { maxLength: 30 }),
        (notation, log) => {
          const header = new HeaderFormat(notation);
          for (const each of log) {
            assert.deepEqual(read(header, each), read(new HeaderFormat(notation), each), each);
          }
        },
      ),
      { seed: 23, numRuns: 500 },
    );
  });
});
