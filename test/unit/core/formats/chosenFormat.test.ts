import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors/userError';
import { chosenFormat } from '../../../../src/core/formats/chosenFormat';
import { readLine } from './readLine';

describe('chosenFormat', () => {
  it('takes the name of a format', () => {
    const chosen = chosenFormat('hdfs');
    assert.deepEqual(chosen.formats, [{ name: 'hdfs', title: 'Hadoop HDFS', share: 1 }]);
    assert.equal(readLine(chosen.reader(), '081109 203615 148 INFO dfs.DataNode: x')?.content, 'x');
    assert.equal(readLine(chosen.reader(), 'something else'), undefined);
  });

  it("takes LogPAI's notation", () => {
    const reader = chosenFormat('<Month> <Day> <Time> <Level> <Component>: <Content>').reader(2020);
    const read = readLine(reader, 'Jun 4 15:16:01 WARN app: slow');
    assert.deepEqual(
      [read?.time, read?.level, read?.component, read?.content],
      ['2020-06-04T15:16:01', 'warn', 'app', 'slow'],
    );
    const dated = chosenFormat('[<Date> <Time>] <Content>').reader();
    assert.equal(readLine(dated, '[2024-05-01 10:00:00] error: x')?.time, '2024-05-01T10:00:00');
    assert.throws(() => chosenFormat('<Date><Content>'), UserError);
  });

  it('takes a regular expression with named groups', () => {
    const reader = chosenFormat(
      String.raw`^(?<time>\S+ \S+) \[(?P<level>\w+)\] (?:(?<logger>[\w.]+): )?(?<message>.*)$`,
    ).reader();
    const read = readLine(reader, '2024-05-01 10:00:00 [ERROR] ä.b.c: größer als ä');
    assert.deepEqual([read?.time, read?.level, read?.content], ['2024-05-01T10:00:00', 'error', 'ä.b.c: größer als ä']);
    const named = readLine(reader, '2024-05-01 10:00:00 [INFO] b.c: größer');
    assert.deepEqual([named?.component, named?.content], ['b.c', 'größer']);
    assert.equal(readLine(reader, 'x'), undefined);
    assert.throws(() => chosenFormat('(?<time>x'), UserError);
    assert.throws(() => chosenFormat('(?<time>x)'), UserError);
  });

  it('refuses what is none of them and says what there is', () => {
    assert.throws(
      () => chosenFormat('sysloog'),
      (error: unknown) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, /"sysloog".*syslog/);
        return true;
      },
    );
  });
});
