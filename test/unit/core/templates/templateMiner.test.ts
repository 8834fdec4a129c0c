import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TemplateMiner } from '../../../../src/core/templates/templateMiner';

/** The templates of the messages and the template of each. */
function mine(messages: readonly string[]): { templates: string[]; of: string[] } {
  const miner = new TemplateMiner();
  const provisional = messages.map((message) => miner.learn(message));
  const { templates, eventOf } = miner.finish();
  return { templates, of: provisional.map((event) => templates[eventOf[event]]) };
}

const names = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi'];

describe('TemplateMiner', () => {
  it('tells messages apart by a place with few words', () => {
    const { templates } = mine(['VM Started (Event)', 'VM Paused (Event)', 'VM Resumed (Event)', 'VM Stopped (Event)']);
    assert.equal(templates.length, 4);
  });

  it('makes a place with many words variable', () => {
    const { templates } = mine(names.map((name) => `Failed password for ${name} from <*>`));
    assert.deepEqual(templates, ['Failed password for <*> from <*>']);
  });

  it('asks for less where other messages have a value', () => {
    const { templates } = mine(['login of user <*> failed', 'login of user bob failed', 'login of user eve failed']);
    assert.deepEqual(templates, ['login of user <*> failed']);
  });

  it('takes a word for a value where another message has one, whatever its punctuation', () => {
    const { templates, of } = mine([
      'clock set by LOCAL(<*>), stratum <*>',
      'started',
      'clock set by <*>, stratum <*>',
      'clock set by #<*>#, stratum <*>',
      'chdir(pwd) failed: no such file',
      'chdir(<*>) failed: no such file',
    ]);
    assert.deepEqual(templates, ['clock set by <*>, stratum <*>', 'started', 'chdir(<*>) failed: no such file']);
    assert.deepEqual([of[0], of[3]], [of[2], of[2]]);
  });

  it('keeps a variant with its template once they are frozen', () => {
    const miner = new TemplateMiner();
    const [variant, main] = ['clock set by #<*># today', 'clock set by <*> today'].map((text) => miner.learn(text));
    miner.freeze();
    const again = miner.learn('clock set by #<*># today');
    const later = miner.learn('clock set by ~<*># today');
    const { eventOf, templates } = miner.finish();
    assert.deepEqual([eventOf[variant], eventOf[main], eventOf[again], eventOf[later]], [0, 0, 0, 1]);
    assert.equal(templates[0], 'clock set by <*> today');
  });

  it('keeps values apart that are few, as they may be states', () => {
    assert.equal(mine(['check done, user=root', 'check done, user=guest']).templates.length, 2);
  });

  it('makes values variable that are many, several at a time', () => {
    const { templates } = mine(names.map((name, i) => `lock taken name=${name}, tag="t${names[7 - i]}"`));
    assert.deepEqual(templates, ['lock taken name=<*>, tag="<*>"']);
  });

  it('takes a second name of several parts for a value', () => {
    assert.deepEqual(mine(['lookup of com.example.a failed', 'lookup of org.example.b failed']).templates, [
      'lookup of <*> failed',
    ]);
  });

  it('makes nothing variable where hardly a word would be left', () => {
    assert.equal(mine(names.map((name) => `${name} <*>`)).templates.length, names.length);
  });

  it('numbers templates by their first message', () => {
    const { templates } = mine([
      'b <*> c',
      'Invalid user alice here',
      'a',
      ...names.map((n) => `Invalid user ${n} here`),
    ]);
    assert.deepEqual(templates, ['b <*> c', 'Invalid user <*> here', 'a']);
  });

  it('keeps its templates once they are frozen, and gives each other form a template of its own', () => {
    const miner = new TemplateMiner();
    const before = names.slice(0, 6).map((name) => miner.learn(`Invalid user ${name} here`));
    const two = [miner.learn('state is up'), miner.learn('state is down')];
    miner.freeze();
    assert.deepEqual(miner.finish().templates, ['Invalid user <*> here', 'state is up', 'state is down']);
    const known = miner.learn('Invalid user heidi here');
    // Six words in one place would have become variable.
    const later = ['left', 'right', 'here', 'there', 'left'].map((word) => miner.learn(`state is ${word}`));
    const { templates, eventOf } = miner.finish();
    const textOf = (event: number): string => templates[eventOf[event]];
    assert.deepEqual(new Set([...before, known].map(textOf)), new Set(['Invalid user <*> here']));
    assert.deepEqual(two.map(textOf), ['state is up', 'state is down']);
    assert.deepEqual(later.map(textOf), [...later.slice(0, 4).map(textOf), 'state is left']);
    assert.equal(new Set(later).size, 4);
    assert.deepEqual(templates.slice(3), ['state is left', 'state is right', 'state is here', 'state is there']);
  });

  it('goes on after it was asked', () => {
    const miner = new TemplateMiner();
    const first = miner.learn('job alpha is done');
    miner.finish();
    const later = names.map((name) => miner.learn(`job ${name} is done`));
    const { templates, eventOf } = miner.finish();
    assert.deepEqual(templates, ['job <*> is done']);
    assert.ok([first, ...later].every((event) => eventOf[event] === 0));
  });

  it('looks at the beginning of long messages alone', () => {
    const miner = new TemplateMiner();
    const payload = 'n: <*>, '.repeat(200);
    const [short, one, longer, other] = [
      'got request',
      `got ${payload}`,
      `got ${payload}${payload}`,
      `lost ${payload}`,
    ].map((message) => miner.learn(message));
    const { eventOf, templates } = miner.finish();
    assert.equal(eventOf[one], eventOf[longer]);
    assert.equal(new Set([short, one, other].map((event) => eventOf[event])).size, 3);
    assert.ok(templates.every((template) => template.length <= 1024));
  });

  it('knows new words in a variable place at once', () => {
    const miner = new TemplateMiner();
    names.forEach((name) => miner.learn(`Invalid user ${name} today`));
    miner.finish();
    assert.equal(miner.learn('Invalid user zoe today'), 0);
  });

  it('finds the same groups in any order', () => {
    const message = fc
      .tuple(fc.constantFrom('opened', 'closed', 'lost'), fc.constantFrom(...names, '<*>', 'a.b.c', 'a.b.d'))
      .chain(([verb, who]) =>
        fc.constantFrom(
          `session ${verb} for user ${who}`,
          `${who}: session was ${verb}`,
          `call ${verb} who=${who}`,
          `lock ${verb} by #${who}# now`,
        ),
      );
    const messages = fc.uniqueArray(message, { minLength: 2, maxLength: 40 });
    const shuffled = messages.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        const a = mine(list);
        const b = mine(other);
        assert.deepEqual([...a.templates].sort(), [...b.templates].sort());
        list.forEach((text, i) => assert.equal(a.of[i], b.of[other.indexOf(text)]));
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('keeps its limits on a log in which no line is like another', () => {
    const miner = new TemplateMiner();
    const letters = (n: number): string =>
      [...n.toString(26)].map((digit) => String.fromCharCode(97 + parseInt(digit, 26))).join('');
    let largest = 0;
    for (let i = 0; i < 20_000; i++) {
      largest = Math.max(largest, miner.learn(`${letters(i)}${'-('.repeat(i % 20)}${letters(i * 7)}`));
    }
    assert.equal(largest, 16_384);
    assert.ok(miner.isFull);
    assert.equal(miner.finish().templates.at(-1), '<*>');
  });

  it('does not number the users of a large log one by one', () => {
    const miner = new TemplateMiner();
    const letters = (n: number): string => [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    const events = new Set<number>();
    for (let i = 0; i < 20_000; i++) {
      events.add(miner.learn(`Invalid user ${letters(i)} from <*>`));
    }
    assert.ok(events.size < 300, `${events.size} provisional events`);
    assert.deepEqual(miner.finish().templates, ['Invalid user <*> from <*>']);
  });
});
