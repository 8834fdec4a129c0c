import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors/userError';
import { MaskedEvents } from '../../../../src/core/templates/maskedEvents';
import { utf8 } from '../../../support/bytes';

function templatesOf(masks: readonly string[], messages: readonly string[]): string[] {
  const events = new MaskedEvents(masks);
  const provisional = messages.map((message) => {
    const bytes = utf8(`>${message}<`);
    return events.eventOf(bytes, 1, bytes.length - 1);
  });
  const { templates, eventOf } = events.miner.finish();
  return provisional.map((event) => templates[eventOf[event]]);
}

describe('MaskedEvents', () => {
  const messages = ['user alice logged in', 'user bob logged in', 'no user at all'];

  it('makes what a mask finds variable, by its group if it has one', () => {
    const expected = ['user <*> logged in', 'user <*> logged in', 'no user at all'];
    assert.deepEqual(templatesOf(['user (\\w+) logged'], messages), expected);
    assert.deepEqual(templatesOf(['alice|bob'], messages), expected);
    assert.notDeepEqual(templatesOf([], messages), expected);
  });

  it('applies several masks one after another, each as often as it is found', () => {
    assert.deepEqual(
      templatesOf(
        ['alice|bob', 'red|green'],
        ['alice meets bob in red', 'bob meets alice in green', `${'red '.repeat(300)}x`],
      ),
      ['<*> meets <*> in <*>', '<*> meets <*> in <*>', templatesOf([], [`${'0 '.repeat(300)}x`])[0]],
    );
  });

  it('refuses a mask that cannot be used', () => {
    assert.throws(
      () => new MaskedEvents(['(']),
      (error) => error instanceof UserError && /^The mask "\("/.test(error.message),
    );
    assert.throws(() => new MaskedEvents(['x*']), /matches the empty text/);
  });
});
