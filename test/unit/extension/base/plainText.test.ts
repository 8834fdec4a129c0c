import assert from 'node:assert/strict';
import fc from 'fast-check';
import { labelText, notificationText } from '../../../../src/extension/base/plainText';
import { hostileText, rawControls } from '../../../support/hostileText';

/** What VS Code makes a link of in a notification (src/vs/base/common/linkedText.ts). */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

describe('notificationText', () => {
  it('has no link', () => {
    const text = '[Sign in](command:workbench.action.terminal.new).log does not exist; check the path.';
    assert.match(text, LINK);
    assert.doesNotMatch(notificationText(text), LINK);
    assert.equal(notificationText('a.log does not exist.'), 'a.log does not exist.');
  });

  it('has nothing raw, whatever the text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        assert.deepEqual(rawControls(notificationText(text)), []);
        assert.doesNotMatch(notificationText(text), LINK);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});

describe('labelText', () => {
  it('draws no icon', () => {
    assert.equal(labelText('$(error) a\x1b.log'), '\\$(error) a\\u001b.log');
  });
});
