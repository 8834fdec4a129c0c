import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CATALOGUE } from '../../../../src/core/formats/catalogue';
import { Chronology } from '../../../../src/core/formats/chronology';
import type { JsonFields } from '../../../../src/core/formats/formatEntry';
import { JsonLine } from '../../../../src/core/formats/jsonLine';
import { readLine } from './readLine';

const FIELDS: JsonFields = {
  requires: [],
  message: ['message', 'msg'],
  level: ['log.level', 'level'],
  time: ['time'],
  component: ['logger'],
};

const reader = new JsonLine(FIELDS, 'json', new Chronology());

describe('JsonLine', () => {
  it('takes the best of several members, also from nested objects', () => {
    const line = '{"msg":"b","level":"info","log":{"x":{"level":"no"},"level":"ERROR"},"message":"a","logger":"l"}';
    const read = readLine(reader, line);
    assert.deepEqual([read?.content, read?.level, read?.component], ['a', 'error', 'l']);
  });

  it('reads the time in every usual unit', () => {
    for (const value of [
      '1714557600',
      '1714557600.000',
      '1714557600000',
      '"1714557600000000"',
      '"2024-05-01 12:00:00 +0200"',
    ]) {
      assert.equal(readLine(reader, `{"time":${value},"msg":"x"}`)?.time, '2024-05-01T10:00:00', value);
    }
  });

  it('takes the first word of a level, and a grade of severity', () => {
    const levelOf = (value: string): unknown => readLine(reader, `{"level":${JSON.stringify(value)},"msg":"x"}`)?.level;
    assert.deepEqual(
      ['WARN ', ' info', 'High Severity', 'medium', 'Very-High', 'E', 'E 5', 'is high', ''].map(levelOf),
      ['warn', 'info', 'error', 'warn', 'fatal', 'error', 'unknown', 'unknown', 'unknown'],
    );
  });

  it('takes a status or a type for the level where nothing else says one', () => {
    const levelOf = (members: string): unknown => readLine(reader, `{${members},"msg":"x"}`)?.level;
    const told: [members: string, level: string][] = [
      ['"statusCode":503', 'error'],
      ['"response":{"http_status":"200"}', 'info'],
      ['"status":404', 'info'],
      ['"status":503,"level":"warn"', 'warn'],
      ['"event":{"type":"error"}', 'error'],
      ['"status":"warning"', 'warn'],
      ['"event_type":"alert"', 'unknown'],
      ['"type":"trace"', 'unknown'],
      ['"type":"errors"', 'unknown'],
      ['"status":"error page"', 'unknown'],
      ['"status":5003', 'unknown'],
      ['"status":50.3', 'unknown'],
      ['"status":600', 'unknown'],
      ['"exit":503', 'unknown'],
    ];
    assert.deepEqual(
      told.map(([members]) => [members, levelOf(members)]),
      told,
    );
  });

  it('takes a time by its name, the member that is called so before one that only ends so', () => {
    const timeOf = (members: string): unknown => readLine(reader, `{${members},"msg":"x"}`)?.time;
    assert.equal(timeOf('"e":{"datetime":"Thu Mar 14 12:34:56 2024"}'), '2024-03-14T12:34:56');
    assert.equal(
      timeOf('"sent_time":"Thu Mar 14 12:34:56 2024","e":{"ts":1,"time":1714557600}'),
      '2024-05-01T10:00:00',
    );
    assert.equal(timeOf('"starttime":"node-12345678"'), null);
  });

  it('reads a line that breaks off if something was found', () => {
    assert.equal(readLine(reader, '{"level":"warn","msg":"a b')?.content, 'a b');
    assert.equal(readLine(reader, '{"level":"warn","x":[1,')?.level, 'warn');
    assert.equal(readLine(reader, '{"x":[1,'), undefined);
    assert.equal(readLine(reader, '{'), undefined);
    assert.equal(readLine(reader, '{}'), undefined);
    assert.equal(readLine(reader, '{not json}'), undefined);
  });

  it('finds what JSON.parse finds in any object', () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 3 }), fc.string(), fc.boolean(), (other, message, spaced) => {
        const line = JSON.stringify({ ...other, message: undefined, msg: message, log: { a: other, level: 'error' } });
        const indented = JSON.stringify(JSON.parse(line), undefined, ' ').replaceAll(/\n */g, ' ');
        const text = spaced ? indented : line;
        const read = readLine(reader, text);
        assert.equal(read?.content, message === '' ? text : trimmed(JSON.stringify(message).slice(1, -1)));
        assert.equal(read?.level, 'error');
      }),
      { seed: 9, numRuns: 300 },
    );
  });

  it('reads any bytes after a brace without fault', () => {
    const entry = CATALOGUE.find(({ name }) => name === 'json');
    const anyReader = new JsonLine(entry?.json ?? FIELDS, 'json', new Chronology());
    fc.assert(
      fc.property(fc.stringMatching(/^[{}[\]":,\\ 0-9a-emsg]{0,60}$/), (rest) => {
        readLine(anyReader, `{${rest}`);
      }),
      { seed: 10, numRuns: 1000 },
    );
  });
});

/** Line ends at the end of a message are not its content. */
function trimmed(escaped: string): string {
  return escaped.replace(/(?:\\[nr])+$/, '');
}
