import assert from 'node:assert/strict';
import { escapeMarkdown, sentenceMarkdown } from '../../../../src/extension/base/markdown';

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

describe('sentenceMarkdown', () => {
  it('keeps code spans and escapes the rest', () => {
    assert.equal(sentenceMarkdown('`a <*> b` is new; [x] too'), '`a <*> b` is new; \\[x\\] too');
  });

  it('lets no code span reach beyond its line', () => {
    assert.equal(sentenceMarkdown('`a\n\n# b` c'), '`a # b` c');
  });

  it('escapes where a backtick has no partner', () => {
    assert.equal(sentenceMarkdown('one ` [two](command:three)'), 'one  \\[two\\]\\(command\\:three\\)');
  });
});
