import assert from 'node:assert/strict';
import { Chronology } from '../../../../src/core/formats/chronology';
import { detectFormat } from '../../../../src/core/formats/detection';
import { GeneralHeader } from '../../../../src/core/formats/generalHeader';
import { utf8 } from '../../../support/bytes';
import { readLine } from './readLine';

/** What is read of a line in a log of its like. */
function read(line: string): (string | null | undefined)[] {
  const { reader } = detectFormat([line, line, line].map(utf8));
  const found = readLine(reader(), line);
  return [found?.time, found?.level, found?.component, found?.content];
}

describe('GeneralHeader', () => {
  const line = (text: string, time: string | null, level: string, component: string, content: string): void => {
    it(`reads ${text}`, () => assert.deepEqual(read(text), [time, level, component, content]));
  };

  describe('finds the level', () => {
    const clock = '1970-01-01T12:34:56';
    line('[12:34:56] [main/WARN]: low', clock, 'warn', '', 'low');
    line('[12:34:56] [Pool #1 - 3/ERROR] [shop/]: no', clock, 'error', 'shop/', 'no');
    line('[12:34:56] [Worker 3 INFO] up', clock, 'info', '', 'up');
    line('[12:34:56.5][E][uart:021]: no answer', '1970-01-01T12:34:56.500', 'error', 'uart:021', 'no answer');
    line('[14Mar2024 12:34:56.5] [main/DEBUG] x', '2024-03-14T12:34:56.500', 'debug', '', 'x');
    line('12:34:56 W | store: slow', clock, 'warn', '', 'store: slow');
    line('12:34:56 daemon.err dhcp[7]: no lease', clock, 'error', '', 'dhcp[7]: no lease');
    line('12:34:56 resolver: warning: refused', clock, 'warn', '', 'refused');
    line('12:34:56 db-1.local ERROR no space', clock, 'error', '', 'no space');
    line('12:34:56 [shop:warn] slow', clock, 'warn', '', 'slow');
    line('[12:34:56 shop/FATAL] gone', clock, 'fatal', '', 'gone');
  });

  describe('takes no word of the message for it', () => {
    const clock = '1970-01-01T12:34:56';
    line('12:34:56 got an ERROR page', clock, 'unknown', '', 'got an ERROR page');
    line('12:34:56 A user is here', clock, 'unknown', '', 'A user is here');
    line('12:34:56 [no error here] yes', clock, 'unknown', '', '[no error here] yes');
    line('12:34:56 GET /error/5', clock, 'unknown', '', 'GET /error/5');
  });

  describe('takes the status of a request for its level', () => {
    const clock = '1970-01-01T12:34:56';
    line('12:34:56 10.0.0.7 GET /cart 502 0.3', clock, 'error', '', '10.0.0.7 GET /cart 502 0.3');
    line('12:34:56 "POST /cart?n=5 HTTP/1.1" 404', clock, 'info', '', '"POST /cart?n=5 HTTP/1.1" 404');
    line('12:34:56 web PUT "/cart" -> 201', clock, 'info', '', 'web PUT "/cart" -> 201');
    line('12:34:56 GET /cart in 500ms', clock, 'unknown', '', 'GET /cart in 500ms');
    line(
      '12:34:56 GET /cart was tried again and then again 500',
      clock,
      'unknown',
      '',
      'GET /cart was tried again and then again 500',
    );
    line('12:34:56 WIDGET /x 500', clock, 'unknown', '', 'WIDGET /x 500');

    it('only where most of the lines without a level are requests', () => {
      const request = '12:34:56 GET /cart 502';
      const lines = [request, '12:34:57 stock is low', '12:34:58 stock is full'];
      const level = (all: string[]): unknown => readLine(detectFormat(all.map(utf8)).reader(), request)?.level;
      assert.deepEqual([level(lines), level([...lines, request])], ['unknown', 'error']);
    });
  });

  describe('reads what stands before the time', () => {
    const time = '2024-03-14T12:34:56';
    line('[E 2024-03-14 12:34:56 ShopApp] no kernel', time, 'error', '', 'no kernel');
    line('[WARN 2024-03-14 12:34:56 main] slow', time, 'warn', '', 'slow');
    line('[Error: 2024-03-14 12:34:56: q7=: net.cc(5)] reset', time, 'error', '', 'reset');
    line('[shop:warn,2024-03-14T12:34:56,shop@host:index]slow', time, 'warn', '', 'slow');
    line('17: 2024-03-14 12:34:56 ERROR: backup failed', time, 'error', '', 'backup failed');
    line('0x1b<Thu Mar 14 12:34:56 UTC 2024> ERROR no', time, 'error', '', 'no');
    line('  shop:error 3/14/2024, 12:34:56 PM no answer', time, 'error', '', 'no answer');
    line('[node-1] [WARN] [1710419696.5] [node]: late', `${time}.500`, 'warn', 'node', 'late');
    line(
      '  | Mar 14, 2024 @ 12:34:56 | 2024-03-14T12:34:56 E STORE [w1] broken',
      time,
      'error',
      '',
      'STORE [w1] broken',
    );
  });

  describe('passes over what may stand between time and level', () => {
    const clock = '1970-01-01T12:34:56';
    const whole = (text: string): void => line(text, clock, 'unknown', '', text.slice('12:34:56 '.length));
    line('12:34:56 [1] [2] [3] [4] [5] ERROR x', clock, 'error', '', 'x');
    whole('12:34:56 [1] [2] [3] [4] [5] [6] ERROR x');
    line('12:34:56 a.b/c d-e [f] g_h ERROR x', clock, 'error', '', 'x');
    line('12:34:56 1 22 3.5 4% #5 ERROR x', clock, 'error', '', 'x');
    line('12:34:56 (worker) ERROR x', clock, 'error', '', 'x');
    whole('12:34:56 (worker ERROR x');
    whole('12:34:56 naïve ERROR x');
    line('12:34:56 ERROR [FML] text', clock, 'error', '', '[FML] text');
    line('12:34:56 ERROR [FML]', clock, 'error', '', '[FML]');
  });

  describe('leaves the bracket in which the time stands', () => {
    const time = '2024-03-14T12:34:56';
    const rest = 'x'.repeat(95);
    line('[2024-03-14 12:34:56 shop (a)] text', time, 'unknown', '', 'text');
    line('[2024-03-14 12:34:56 shop [3] WARN] text', time, 'warn', '', 'text');
    line('[2024-03-14 12:34:56 shop (a] text', time, 'unknown', '', 'shop (a] text');
    line('[2024-03-14 12:34:56 never closed', time, 'unknown', '', 'never closed');
    line(`[2024-03-14 12:34:56 ${rest}] text`, time, 'unknown', '', 'text');
    line(`[2024-03-14 12:34:56 x${rest}] text`, time, 'unknown', '', `x${rest}] text`);
    line('[<2024-03-14 12:34:56>] text', time, 'unknown', '', 'text');
    line('[[ 2024-03-14 12:34:56 ]] text', time, 'unknown', '', 'text');
    line('| 2024-03-14 12:34:56 | text', time, 'unknown', '', 'text');
  });

  it('reads no header behind three brackets, in a word or behind five words', () => {
    const none = [undefined, undefined, undefined, undefined];
    for (const text of ['[[[2024-03-14 12:34:56]]] up', '12:34:56x up', 'a b c d e 2024-03-14 12:34:56 up']) {
      assert.deepEqual(read(text), none, text);
    }
    assert.deepEqual(read('a b c d 2024-03-14 12:34:56 up')[0], '2024-03-14T12:34:56');
  });

  it('takes a clock or a number behind a word for the time only where a level or a bracket makes it sure', () => {
    const time = '2024-03-14T12:34:56';
    assert.deepEqual(read('ERROR 12:34:56 x y'), ['1970-01-01T12:34:56', 'error', '', 'x y']);
    assert.equal(read('shop 12:34:56 x y')[0], undefined);
    assert.deepEqual(read('shop 2024-03-14 12:34:56 x y'), [time, 'unknown', '', 'x y']);
    assert.equal(read('ERROR 1710419696 x')[0], undefined);
    assert.deepEqual(read('[ERROR 1710419696] x'), [time, 'error', '', 'x']);
  });

  it('has a line that is a time alone say that', () => {
    assert.equal(read('[12:34:56]')[3], '[12:34:56]');
  });

  it('knows nothing of the line before', () => {
    const lines = ['[E 2024-03-14 12:34:56 ShopApp] no', 'shop 2024-03-14 12:34:56 (x) yes', 'shop 12:34:56 no'];
    const header = new GeneralHeader(new Chronology(), { leads: 1, requests: false });
    assert.deepEqual(
      lines.map((each) => {
        const found = readLine(header, each);
        return [found?.level, found?.content];
      }),
      [
        ['error', 'no'],
        ['unknown', '(x) yes'],
        [undefined, undefined],
      ],
    );
  });

  it('reads a time behind other words only where most lines have one there', () => {
    const lines = ['server since 2024-03-14 12:34:56 up', 'one more line', 'and a third', 'and a fourth'];
    assert.equal(readLine(detectFormat(lines.map(utf8)).reader(), lines[0]), undefined);
  });

  it('takes the second of two times where the first names no day', () => {
    assert.deepEqual(read('12:34:56 2024-03-14 12:34:57 up'), ['2024-03-14T12:34:57', 'unknown', '', 'up']);
    assert.deepEqual(read('12:34:56 [2024-03-14 12:34:57] up'), ['2024-03-14T12:34:57', 'unknown', '', 'up']);
  });

  it('passes over a second time where the first names a day, and leaves what is no whole one', () => {
    assert.deepEqual(read('2024-03-14 12:34:56 2024-03-14 12:34:59 up'), ['2024-03-14T12:34:56', 'unknown', '', 'up']);
    for (const rest of ['12:34:57 up', '2024-03-14T12:34:57abc up', '1710419696 up']) {
      assert.deepEqual(read(`12:34:56 ${rest}`), ['1970-01-01T12:34:56', 'unknown', '', rest]);
    }
  });
});
