import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Drain, FrozenDrain, type DrainOptions } from '../../../../src/core/templates/drain';
import { LINE_UNITS } from '../../../../src/core/patterns/boundedPattern';
import { LineWatch } from '../../../../src/core/patterns/lineWatch';
import { maskMessage } from '../../../../src/core/templates/masking';
import { utf8 } from '../../../support/bytes';

/** Messages in order and the templates that must come of them: the algorithm as data. */
const TABLE: { name: string; options?: Partial<DrainOptions>; messages: string[]; templates: string[] }[] = [
  {
    // The example of Drain3's own tests (test_drain.py, test_add_shorter_than_depth_message and test_add_log_message).
    name: 'the SSH lines of Drain3’s tests',
    messages: [
      'Dec 10 07:07:38 LabSZ sshd[24206]: input_userauth_request: invalid user test9 [preauth]',
      'Dec 10 07:08:28 LabSZ sshd[24208]: input_userauth_request: invalid user webmaster [preauth]',
      'Dec 10 09:12:32 LabSZ sshd[24490]: Failed password for invalid user ftpuser from 0.0.0.0 port 62891 ssh2',
      'Dec 10 09:12:35 LabSZ sshd[24492]: Failed password for invalid user pi from 0.0.0.0 port 49289 ssh2',
      'Dec 10 09:12:44 LabSZ sshd[24501]: Failed password for invalid user ftpuser from 0.0.0.0 port 60836 ssh2',
      'Dec 10 07:28:03 LabSZ sshd[24245]: input_userauth_request: invalid user pgadmin [preauth]',
    ],
    templates: [
      'Dec <*> <*>:<*>:<*> LabSZ sshd[<*>]: input_userauth_request: invalid user <*> [preauth]',
      'Dec <*> <*>:<*>:<*> LabSZ sshd[<*>]: Failed password for invalid user <*> from <*> port <*> <*>',
    ],
  },
  {
    name: 'messages shorter than the tree is deep',
    messages: ['hello', 'hello', 'otherword', ''],
    templates: ['hello', 'otherword', ''],
  },
  {
    name: 'one template for what is similar enough, two for what is not',
    options: { similarity: 0.75 },
    messages: ['aa aa aa', 'aa aa ab', 'aa aa bb', 'xx yy zz'],
    templates: ['aa aa aa', 'aa aa ab', 'aa aa bb', 'xx yy zz'],
  },
  {
    name: 'a wildcard merge',
    options: { depth: 4, similarity: 0.4, maximumChildren: 100 },
    messages: ['aa aa aa', 'aa aa ab', 'aa aa bb', 'aa xx bb'],
    templates: ['aa aa <*>', 'aa xx bb'],
  },
  {
    name: 'no more children than allowed',
    options: { maximumChildren: 2, similarity: 0.1 },
    messages: ['a end now', 'b end now', 'c end now', 'a end later'],
    templates: ['a end <*>', '<*> end now'],
  },
  {
    // Drain3's fast_match: the last message has three tokens in common with either template, but the second has a wildcard.
    name: 'of equally similar templates the one with more wildcards',
    options: { similarity: 0.6 },
    messages: ['go aa pp qq gg', 'go aa xx bb cc', 'go aa xx bb dd', 'go aa xx qq ff'],
    templates: ['go aa pp qq gg', 'go aa xx <*> <*>'],
  },
  {
    name: 'HDFS messages',
    messages: [
      'Receiving block blk_-1608999687919862906 src: /10.250.19.102:54106 dest: /10.250.19.102:50010',
      'PacketResponder 1 for block blk_38865049064139660 terminating',
      'Received block blk_-1608999687919862906 of size 91178 from /10.250.10.6',
      'Receiving block blk_-1 src: /10.250.10.6:40524 dest: /10.250.10.6:50010',
      'PacketResponder blk_2 for block blk_2 terminating',
      'Verification succeeded for blk_7',
    ],
    templates: [
      'Receiving block <*> src: /<*>:<*> dest: /<*>:<*>',
      'PacketResponder <*> for block <*> terminating',
      'Received block <*> of size <*> from /<*>',
      'Verification succeeded for <*>',
    ],
  },
];

function mask(message: string): string {
  const bytes = utf8(message);
  return maskMessage(bytes, 0, bytes.length);
}

describe('Drain', () => {
  for (const { name, options, messages, templates } of TABLE) {
    it(`finds ${name}`, () => {
      const drain = new Drain(options);
      messages.forEach((message) => drain.learn(mask(message)));
      assert.deepEqual(drain.templates(), templates);
      assert.equal(
        drain.clusters.reduce((sum, cluster) => sum + cluster.size, 0),
        messages.length,
      );
    });
  }

  const message = fc
    .array(fc.constantFrom('open', 'close', 'file', 'block', 'a1', 'b2', 'of', '<*>'), { maxLength: 6 })
    .map((tokens) => mask(tokens.join(' ')));

  it('keeps every message within its cluster’s template', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 60 }), (messages) => {
        const drain = new Drain();
        const joined = messages.map((text) => drain.learn(text));
        messages.forEach((text, i) => {
          const tokens = text.split(' ').filter((token) => token !== '');
          assert.equal(tokens.length, joined[i].tokens.length);
          joined[i].tokens.forEach((token, k) => assert.ok(token === '<*>' || token === tokens[k]));
        });
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('frozen, knows every message it has learned and does not change', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 60 }), message, (messages, stranger) => {
        const drain = new Drain();
        messages.forEach((text) => drain.learn(text));
        const before = drain.templates();
        const frozen = new FrozenDrain(before);
        messages.forEach((text) => assert.notEqual(frozen.match(text), -1));
        frozen.match(stranger);
        assert.deepEqual(drain.templates(), before);
      }),
      { seed: 6, numRuns: 300 },
    );
  });
});

describe('FrozenDrain', () => {
  const frozen = new FrozenDrain(['open <*> of <*>', 'open file of <*>', '<*> file of disk', 'done', 'a <*>', '<*> b']);
  for (const [text, expected] of [
    ['open x of y', 0],
    ['open file of y', 1],
    ['open file of disk', 1],
    ['close file of disk', 2],
    ['done', 3],
    ['a b', 4],
    ['undone', -1],
    ['open x of', -1],
    ['', -1],
    ['open   x  of\ty', 0],
  ] as const) {
    it(`matches ${JSON.stringify(text)}`, () => {
      assert.equal(frozen.match(text), expected);
    });
  }

  it('ends by a count of its work where very many templates fit: the message has none then', () => {
    const watch = new LineWatch();
    // All paths of as many bits, each token of which is there or variable.
    const templates = Array.from({ length: 1 << 12 }, (_, i) =>
      Array.from({ length: 12 }, (_, bit): string => ((i >> bit) & 1 ? 'a' : '<*>'))
        .concat(Array<string>(150).fill('a'))
        .join(' '),
    );
    const matcher = new FrozenDrain([...templates, 'b <*>'], watch);
    assert.equal(matcher.match(Array(162).fill('a').join(' ')), -1);
    assert.ok(watch.units >= LINE_UNITS && watch.units < 1.1 * LINE_UNITS, String(watch.units));
    assert.equal(matcher.match('b c'), templates.length);
  });
});
