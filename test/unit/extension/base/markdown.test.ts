import assert from 'node:assert/strict';
import { escapeMarkdown } from '../../../../src/extension/base/markdown';

describe('escapeMarkdown', () => {
  it('takes their meaning from links, images, tags, icons and addresses', () => {
    for (const text of ['[a](command:b)', '![](https://x.y/z.png)', '<img src=x>', '$(warning)', '**bold**', '&lt;']) {
      const escaped = escapeMarkdown(text);
      assert.notEqual(escaped, text);
      assert.equal(escaped.replace(/\\(.)/g, '$1'), text);
    }
    assert.equal(escapeMarkdown('http://x'), 'http\\://x');
  });
});
