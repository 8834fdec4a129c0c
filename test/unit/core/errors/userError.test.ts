import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { CONFIG_MESSAGES } from '../../../../src/core/errors/configMessages';
import { FILE_MESSAGES } from '../../../../src/core/errors/fileMessages';
import { MAP_REDUCE_MESSAGES } from '../../../../src/core/errors/mapReduceMessages';
import { EDITOR_MESSAGES, MESSAGES, messageOf, textOf, type MessageCode } from '../../../../src/core/errors/messages';
import { MODEL_MESSAGES } from '../../../../src/core/errors/modelMessages';
import { RUNTIME_MESSAGES } from '../../../../src/core/errors/runtimeMessages';
import { SCAN_MESSAGES } from '../../../../src/core/errors/scanMessages';
import { SETTING_MESSAGES } from '../../../../src/core/errors/settingMessages';
import { TABLE_MESSAGES } from '../../../../src/core/errors/tableMessages';
import { TRAINING_MESSAGES } from '../../../../src/core/errors/trainingMessages';
import { isAmong, UserError } from '../../../../src/core/errors/userError';

const TABLES: Partial<Record<MessageCode, string>>[] = [
  CONFIG_MESSAGES,
  FILE_MESSAGES,
  MAP_REDUCE_MESSAGES,
  MODEL_MESSAGES,
  RUNTIME_MESSAGES,
  SCAN_MESSAGES,
  SETTING_MESSAGES,
  TABLE_MESSAGES,
  TRAINING_MESSAGES,
];

/** Messages that end with another one or stand within one. */
const WORDS = ['config-value-unusable', 'sessions-unusable'];

describe('the messages for users', () => {
  it('have a code of their own each, whichever table they are in', () => {
    const codes = TABLES.flatMap(Object.keys);
    assert.equal(codes.length, Object.keys(MESSAGES).length);
    assert.deepEqual(
      codes.filter((code, i) => codes.indexOf(code) !== i),
      [],
    );
    const sentences = Object.values(MESSAGES);
    assert.deepEqual(
      sentences.filter((sentence, i) => sentences.indexOf(sentence) !== i),
      [],
    );
  });

  it('are each a sentence or words within one, with braces for nothing but parameters', () => {
    for (const [code, sentence] of Object.entries(MESSAGES)) {
      assert.match(code, /^[a-z]+(-[a-z]+)*$/);
      assert.match(sentence, /^[^{}]*(\{[a-z][A-Za-z]*\}[^{}]*)*$/, code);
      assert.ok(WORDS.includes(code) || /^(["{A-Z].*\.|[a-z].*[^.;])$/.test(sentence), `${code}: ${sentence}`);
      assert.doesNotMatch(sentence, /\n|\s\s|^\s|\s$/, code);
    }
  });

  it('are all used', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const sources = files
      .filter((name) => !/^core.errors/.test(name))
      .map((name) => readFileSync(`src/${name}`, 'utf8'));
    const all = sources.join('\n');
    assert.deepEqual(
      Object.keys(MESSAGES).filter((code) => !all.includes(`'${code}'`)),
      [],
    );
  });

  it('keep what only the command line tells out of what is translated', () => {
    assert.ok('is-folder' in EDITOR_MESSAGES && !('labels-empty' in EDITOR_MESSAGES));
  });
});

describe('UserError', () => {
  it('says its sentence in English, and by itself or cloned in any other language', () => {
    const pattern = messageOf('mask', { pattern: '"x*"' });
    const why = new UserError('pattern-matches-empty', { pattern });
    const error = new UserError('config-value-unusable', { path: '/a', key: 'masks', why: why.toMessage() });
    assert.equal(
      error.message,
      '/a: "masks" cannot be used: The mask "x*" matches the empty text; make at least one character of it required.',
    );
    const message = structuredClone(error.toMessage());
    assert.deepEqual(message, error.toMessage());
    assert.equal(UserError.of(message).message, error.message);
    const german: Record<string, string> = {
      [MESSAGES['config-value-unusable']]: '{path}: {why} («{key}»)',
      [MESSAGES['pattern-matches-empty']]: '{pattern} findet nichts.',
      [MESSAGES.mask]: 'Maske {pattern}',
    };
    assert.equal(
      textOf(message, (sentence) => german[sentence]),
      '/a: Maske "x*" findet nichts. («masks»)',
    );
  });

  it('takes what fills a parameter for text, whatever it holds', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('{path}', '{why}', '{0}', '$&', '$1', '${path}', '{{why}}', '{constructor}', '\\{path}'),
    );
    fc.assert(
      fc.property(hostile, hostile, (path, why) => {
        assert.equal(
          new UserError('damaged-compression', { path, kind: 'gzip', why }).message,
          `${path} is damaged gzip (${why}); decompress it as far as it goes and scan that.`,
        );
      }),
      { seed: 41, numRuns: 500 },
    );
  });

  it('leaves a parameter that a translation has made up as it is', () => {
    const message = messageOf('is-folder', { path: '/a' });
    assert.equal(
      textOf(message, () => '{path} {toString} {0}'),
      '/a {toString} {0}',
    );
  });

  it('is only made with exactly the parameters of its sentence', () => {
    const make = [
      // @ts-expect-error -- path is missing
      () => new UserError('is-folder', {}),
      // @ts-expect-error -- so are all
      () => new UserError('is-folder'),
      // @ts-expect-error -- why is none of its parameters
      () => new UserError('is-folder', { path: '/a', why: 'x' }),
      // @ts-expect-error -- it has none
      () => new UserError('output-unnamed', { path: '/a' }),
      // @ts-expect-error -- there is no such message
      () => new UserError('is-file', { path: '/a' }),
    ];
    assert.equal(make.length, 5);
  });

  it('is known by the table of its message', () => {
    const error = new UserError('is-folder', { path: '/a' });
    assert.ok(isAmong(FILE_MESSAGES, error));
    assert.ok(!isAmong(MODEL_MESSAGES, error));
    assert.ok(!isAmong(FILE_MESSAGES, Object.assign(new Error('x'), { code: 'is-folder' })));
  });
});
