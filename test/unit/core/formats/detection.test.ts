import assert from 'node:assert/strict';
import { detectFormat } from '../../../../src/core/formats/detection';
import { utf8 } from '../../../support/bytes';
import { readLine } from './readLine';

const SYSLOG = 'Jun  4 15:16:01 combo sshd[1]: session opened';
const ACCESS = '10.0.0.1 - - [10/Oct/2023:13:55:36 +0000] "GET / HTTP/1.1" 200 5';
const GENERAL = '2024.05.01 10:00:00 something happened';

function detect(lines: readonly string[]): ReturnType<typeof detectFormat> {
  return detectFormat(lines.map(utf8));
}

function repeat(line: string, count: number): string[] {
  return Array.from({ length: count }, () => line);
}

describe('detectFormat', () => {
  it('finds several formats in one log, the most frequent first', () => {
    const detected = detect([...repeat(ACCESS, 60), ...repeat(SYSLOG, 38), ...repeat('INFO: started', 2)]);
    assert.deepEqual(
      detected.formats.map(({ name, share }) => [name, share]),
      [
        ['access-log', 0.6],
        ['syslog', 0.38],
        ['level-first', 0.02],
      ],
    );
    const reader = detected.reader(2020);
    assert.equal(readLine(reader, SYSLOG)?.time, '2020-06-04T15:16:01');
    assert.equal(readLine(reader, ACCESS)?.format, 'access-log');
  });

  it('finds the format of the lines that another wraps', () => {
    const wrap = (line: string): string => `2024-05-01T10:00:00.123456789Z stdout F ${line}`;
    const detected = detect(repeat(wrap(ACCESS), 5));
    assert.deepEqual(
      detected.formats.map(({ name }) => name),
      ['cri', 'access-log'],
    );
    const read = readLine(detected.reader(), wrap('10.0.0.1 - - [10/Oct/2023:13:55:36 +0000] "GET / HTTP/1.1" 500 5'));
    assert.deepEqual(
      [read?.content, read?.level, read?.time],
      ['"GET / HTTP/1.1" 500 5', 'error', '2024-05-01T10:00:00.123'],
    );
  });

  it('reads by rules what others wrap and no format fits', () => {
    const wrapped = (text: string): string => `web-1  | [2024-05-01T10:00:00,123][${text}`;
    const { reader } = detect(repeat(wrapped('INFO ][shop.Node] started'), 5));
    const read = readLine(reader(), wrapped('ERROR][shop.Node] no memory'));
    assert.deepEqual(
      [read?.content, read?.level, read?.time, read?.source],
      ['[shop.Node] no memory', 'error', '2024-05-01T10:00:00.123', 'web-1'],
    );
  });

  it('falls back to rules: time, then brackets and numbers up to a level', () => {
    const detected = detect(repeat(GENERAL, 3));
    assert.deepEqual(detected.formats, [{ name: 'general', title: 'Time and text', share: 1 }]);
    const reader = detected.reader();
    for (const [line, content, level] of [
      [GENERAL, 'something happened', 'unknown'],
      ['[01.05.2024 10:00:00] (main) [7] WARN - slow', 'slow', 'warn'],
      ['2024.05.01 10:00:00 96.03% [ERROR] sofia.c: no', 'sofia.c: no', 'error'],
      ['2024.05.01 10:00:00 [main] no level here', '[main] no level here', 'unknown'],
      ['10:00:00 error: no', 'no', 'error'],
      ['2024.05.01 10:00:00', '2024.05.01 10:00:00', 'unknown'],
    ] as const) {
      const read = readLine(reader, line);
      assert.deepEqual([read?.content, read?.level], [content, level], line);
    }
    assert.equal(readLine(reader, 'no time'), undefined);
    assert.equal(readLine(reader, '2024.05.01 10:00:00x'), undefined);
  });

  it('finds nothing in text, and says that its lines stand alone', () => {
    const detected = detect(['Lorem ipsum', 'dolor sit amet', '']);
    assert.deepEqual(detected.formats, []);
    assert.deepEqual(detected.reader().rules, {
      multiline: false,
      loose: true,
      margin: 0,
      console: false,
      objects: false,
    });
    assert.deepEqual(detect([]).formats, []);
  });

  it('reads a rare line of time and level among others', () => {
    const reader = detect(repeat(ACCESS, 100)).reader();
    assert.equal(readLine(reader, '2024-05-01 10:00:00 ERROR no')?.level, 'error');
  });

  it('does not count continuation lines against a format', () => {
    const record = ['2024-05-01 10:00:00,123 ERROR [main] a.B - no', 'java.io.IOException: x', '\tat a.B.c(B.java:1)'];
    assert.deepEqual(detect([...record, ...record]).reader().rules, {
      multiline: false,
      objects: false,
      loose: false,
      margin: 0,
      console: false,
    });
  });

  it('looks at the whole of a long sample', () => {
    const detected = detect([...repeat(SYSLOG, 5000), ...repeat(ACCESS, 5000)]);
    assert.deepEqual(detected.formats.map(({ name }) => name).sort(), ['access-log', 'syslog']);
  });

  describe('tells console output', () => {
    const isConsole = (lines: readonly string[], coloured = 0): boolean =>
      detectFormat(lines.map(utf8), coloured).reader().rules.console;
    const text = repeat('reading the next item', 100);

    it('by what build tools write', () => {
      assert.ok(isConsole([...text, '> Task :core:compileJava', 'BUILD FAILED in 41s']));
      assert.ok(!isConsole([...text, 'BUILD FAILED in 41s']));
    });

    it('by colours, where lines have no times', () => {
      assert.ok(isConsole(text, 5));
      assert.ok(isConsole([...text, 'ERROR: the first check', 'ERROR: the second check'], 5));
      assert.ok(!isConsole(text, 1));
      assert.ok(!isConsole(repeat(GENERAL, 100), 50));
      assert.ok(!isConsole(repeat(SYSLOG, 100), 50));
    });

    it('not by what a log with times holds here and there, nor by long traces below them', () => {
      assert.ok(!isConsole([...repeat(GENERAL, 100), 'make: *** [Makefile:21: a.o] Error 1', 'ninja: build stopped.']));
      const trace = [GENERAL, ...repeat('    at a.B.c(B.java:12)', 30)];
      assert.ok(!isConsole([...trace, ...trace, ...trace], 40));
    });

    it('not where lines have a header that names who wrote them', () => {
      assert.ok(!isConsole(repeat('web-1  | listening on 8080', 100), 90));
    });

    it('not by levels or bracketed times, which services write too', () => {
      const services = [
        'INFO:     10.0.0.7 - "GET /stock HTTP/1.1" 200 OK',
        '[2024-05-01T10:00:00.000] job 12 started',
      ];
      for (const line of services) {
        assert.ok(!isConsole(repeat(line, 100)));
      }
      const jvm = ['WARNING: An illegal reflective access has occurred', 'WARNING: All of it will be denied'];
      assert.ok(!isConsole([...jvm, ...repeat(GENERAL, 300)]));
      assert.ok(isConsole([...repeat('[INFO] --- jar:3.3 (default) @ shop ---', 3), ...repeat('[INFO] Building', 90)]));
      assert.ok(
        isConsole([
          ...repeat('[2024-05-01T10:00:00.000Z] [Pipeline] sh', 3),
          ...repeat('[2024-05-01T10:00:00.000Z] ok', 90),
        ]),
      );
    });
  });
});
