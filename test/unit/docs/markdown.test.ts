import assert from 'node:assert/strict';
import { anchorsOf, codeSpans, proseOf, relativeLinks } from './markdown';

describe('the prose of a document', () => {
  it('is what stands in paragraphs and lists, not in headings, tables, pictures and blocks of code', () => {
    const markdown = [
      '# A heading of five words',
      'One two three. Four five!',
      '',
      '![a picture](a.png)',
      '| a | table |',
      '| - | ----- |',
      '```sh',
      'much code. and more',
      '```',
      '- six `seven eight` [nine ten](a.md#b)',
      '- eleven',
      '  twelve',
    ].join('\n');
    assert.deepEqual(proseOf(markdown), { paragraphs: [5, 4, 2], sentences: [3, 2, 4, 2] });
  });

  it('ends a sentence at a full stop before a blank, and not within a number or a name', () => {
    assert.deepEqual(proseOf('It has F1 .9985, or 1.5 s. (So say Zhu et al. in a.ts.) Good.').sentences, [7, 7, 1]);
  });
});

describe('the marks of a document', () => {
  it('are its relative links, anchors and spans of code', () => {
    const markdown =
      '## What a `score` means?\n[a](b.md#c) [d](https://e.org) ![f](g.png) `h.ts`\n```\n[i](j.md) `k`\n```\n';
    assert.deepEqual(relativeLinks(markdown), ['b.md#c', 'g.png']);
    assert.deepEqual(anchorsOf(markdown), ['what-a-score-means']);
    assert.deepEqual(codeSpans(markdown), ['score', 'h.ts']);
  });
});
