import assert from 'node:assert/strict';
import { CONSOLE_MARKS, isConsoleMark } from '../../../../src/core/formats/consoleMarks';
import { EVERYDAY_LOGS } from '../../../support/everydayLogs';

describe('CONSOLE_MARKS', () => {
  for (const { tool, pattern, examples } of CONSOLE_MARKS) {
    it(`knows lines of ${tool}`, () => {
      assert.ok(examples.length > 0);
      examples.forEach((line) => assert.match(line, pattern));
    });
  }

  it('knows a long line by its beginning, and looks no further', () => {
    const long = 'x'.repeat(64 * 1024);
    for (const { tool, examples } of CONSOLE_MARKS) {
      assert.ok(
        examples.some((line) => isConsoleMark(`${line} ${long}`)),
        tool,
      );
    }
    assert.ok(isConsoleMark(`> shop@1.2.0 ${long}`));
    for (const line of [`> ${long}@1.2.0 test`, `${long}.py::test_a PASSED [ 12%]`, `${long}: Creating...`]) {
      assert.ok(!isConsoleMark(line));
    }
  });

  it('ends a name at the first sign of its end', () => {
    // To look for another one would take the square of the length.
    assert.ok(!isConsoleMark('> a@b@1 test'));
    assert.ok(!isConsoleMark('a.py:b.py PASSED [ 12%]'));
  });

  it('knows none in logs of services', () => {
    for (const { name, write } of EVERYDAY_LOGS) {
      const lines = write(1).text.split('\n');
      assert.deepEqual(lines.filter(isConsoleMark), [], name);
    }
    assert.ok(
      !isConsoleMark('#0 /var/www/html/vendor/laravel/framework/src/Illuminate/Log/LogManager.php(140): with()'),
    );
    assert.ok(!isConsoleMark('#1 [internal function]: {closure}()'));
  });
});
