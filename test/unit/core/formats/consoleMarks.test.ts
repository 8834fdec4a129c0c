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
