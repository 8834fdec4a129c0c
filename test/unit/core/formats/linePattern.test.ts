import assert from 'node:assert/strict';
import { Chronology } from '../../../../src/core/formats/chronology';
import { LinePattern, LinePatternError } from '../../../../src/core/formats/linePattern';
import { readLine, type ReadLine } from './readLine';

function read(pattern: string, line: string): ReadLine | undefined {
  return readLine(new LinePattern(pattern, 'test', new Chronology()), line);
}

describe('LinePattern', () => {
  it('reads words up to what follows them, and no further than a blank', () => {
    assert.deepEqual(read('<a>: <content>', 'x:y: z')?.fields, { a: 'x:y', content: 'z' });
    assert.equal(read('<a>: <content>', 'x y: z'), undefined);
    assert.deepEqual(read('[<a:text>] <content>', '[x [y] z] w')?.fields, { a: 'x [y', content: 'z] w' });
    assert.deepEqual(read('[<a:text>] - <content>', '[x [y] z] - w')?.fields, { a: 'x [y] z', content: 'w' });
  });

  it('takes blanks and tabs for one, exactly one for a tilde, and the line end for a blank at the end', () => {
    assert.equal(read('<a> <content>', 'x \t y')?.content, 'y');
    assert.equal(read('<a>~<content>', 'x  y')?.content, ' y');
    assert.equal(read('<a>: <content>', 'x:')?.content, '');
    assert.equal(read('<a> <b>: <content>', 'x'), undefined);
  });

  it('leaves out what may be missing, also when that shows later', () => {
    const pattern = '<a>{[<pid:digits>]}: <content>';
    assert.deepEqual(read(pattern, 'x[7]: y')?.fields, { a: 'x', pid: '7', content: 'y' });
    assert.deepEqual(read(pattern, 'x: y')?.fields, { a: 'x', pid: '', content: 'y' });
    assert.deepEqual(read('{<user> }<level>: <content>', 'LOG:  hi')?.fields, {
      user: '',
      level: 'LOG',
      content: 'hi',
    });
    assert.equal(read('{<user> }<level>: <content>', 'bob ERROR:  hi')?.level, 'error');
  });

  it('knows levels as words, letters, HTTP statuses and priorities', () => {
    assert.equal(read('<level> <content>', 'Warning x')?.level, 'warn');
    assert.equal(read('<level> <content>', 'debug3 x')?.level, 'debug');
    assert.equal(read('<level> <content>', 'loud x'), undefined);
    assert.equal(read('<l:letter>/<content>', 'E/x')?.level, 'error');
    assert.equal(read('<s:status> <content>', '503 x')?.level, 'error');
    assert.equal(read('<s:status> <content>', '5033 x'), undefined);
    assert.equal(read('\\<<p:priority>><content>', '<11>x')?.level, 'error');
    assert.equal(read('\\<<p:priority>><content>', '<14>x')?.level, 'unknown');
  });

  it('reads quoted text, structured data, one of several words, names with dots and looks into the content', () => {
    assert.equal(read('"<q:quoted>" <content>', '"a \\" b" c')?.fields.q, 'a \\" b');
    assert.equal(read('<d:data> <content>', '[a x="]"][b] c')?.fields.d, '[a x="]"][b]');
    assert.equal(read('<s:in out|err> <content>', 'err x')?.fields.s, 'err');
    assert.equal(read('<s:in out|err> <content>', 'log x'), undefined);
    assert.equal(read('<c:dotted>: <content>', 'a.b: x')?.fields.c, 'a.b');
    assert.equal(read('<c:dotted>: <content>', 'ab: x'), undefined);
    const looking = read('<content>"<q:quoted>" <s:status>', '"GET /" 500 7');
    assert.deepEqual([looking?.content, looking?.level], ['"GET /" 500 7', 'error']);
  });

  for (const pattern of ['<a:unknown> <content>', '<a', 'a{b{c}} <content>']) {
    it(`refuses "${pattern}"`, () => {
      assert.throws(() => new LinePattern(pattern, 'test', new Chronology()), LinePatternError);
    });
  }

  it('takes time linear in the line whatever it holds', () => {
    const pattern = new LinePattern('<a:text> - {<b:text> - }<c:text> - <level>: <content>', 'test', new Chronology());
    assert.equal(readLine(pattern, 'x - '.repeat(15_000)), undefined);
  });
});
