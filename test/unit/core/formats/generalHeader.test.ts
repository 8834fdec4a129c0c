import assert from 'node:assert/strict';
import { detectFormat } from '../../../../src/core/formats/detection';
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

  it('reads a time behind other words only where most lines have one there', () => {
    const lines = ['server since 2024-03-14 12:34:56 up', 'one more line', 'and a third', 'and a fourth'];
    assert.equal(readLine(detectFormat(lines.map(utf8)).reader(), lines[0]), undefined);
  });

  it('takes the second of two times where the first names no day', () => {
    assert.deepEqual(read('12:34:56 2024-03-14 12:34:57 up'), ['2024-03-14T12:34:57', 'unknown', '', 'up']);
  });
});
