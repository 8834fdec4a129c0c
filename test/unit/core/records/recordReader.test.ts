import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chosenFormat } from '../../../../src/core/formats/chosenFormat';
import { detectFormat, type DetectedFormat } from '../../../../src/core/formats/detection';
import { LEVEL_NAMES } from '../../../../src/core/formats/level';
import { NotTextError } from '../../../../src/core/input/byteDecoder';
import { previewOf, sampleLines } from '../../../../src/core/records/logPreview';
import type { RecordReader } from '../../../../src/core/records/recordReader';
import { cut, places, text, utf8 } from '../../../support/bytes';
import { recordReader } from '../../../support/records';

interface ReadRecord {
  line: number;
  /** Lines that belong to it, with its first. */
  length: number;
  content: string;
  level: string;
  component?: string;
  trace?: string;
}

function readChunks(chunks: readonly Uint8Array[], format?: DetectedFormat): ReadRecord[] {
  const records: ReadRecord[] = [];
  const log = Buffer.concat(chunks);
  const reader = recordReader(
    log,
    {
      onRecord: (bytes, _start, _end, line, header) => {
        records.push({
          line,
          length: 1,
          content: text(bytes, header.contentStart, header.contentEnd),
          level: LEVEL_NAMES[header.level],
          ...(header.componentEnd > header.componentStart && {
            component: text(bytes, header.componentStart, header.componentEnd),
          }),
        });
      },
      onContinuation: (firstLine) => {
        const last = records.at(-1);
        assert.equal(last?.line, firstLine);
        last.length++;
      },
      onTrace: (signature, line, firstLine) => {
        const last = records.at(-1);
        assert.ok(last?.line === firstLine && line >= firstLine && line < firstLine + last.length);
        last.trace = signature;
      },
    },
    format && { preview: previewOf(log, format) },
  );
  chunks.forEach((chunk) => reader.push(chunk));
  reader.finish();
  return records;
}

function read(lines: readonly string[], format?: DetectedFormat): ReadRecord[] {
  return readChunks([utf8(lines.join('\n'))], format);
}

/** First lines of the records. */
function starts(lines: readonly string[]): number[] {
  return read(lines).map(({ line }) => line);
}

const SPRING = (level: string, content: string): string =>
  `2024-05-01 10:00:00.123 ${level} 1 --- [main] c.e.Shop : ${content}`;
const TRACE = [
  'java.lang.IllegalStateException: no',
  '\tat c.e.Shop.order(Shop.java:42)',
  'Caused by: java.io.IOException',
  '\t... 3 more',
];
const SIGNATURE = 'java.lang.IllegalStateException < java.io.IOException at c.e.Shop.order';

describe('RecordReader', () => {
  it('hangs a stack trace on the record that wrote it', () => {
    assert.deepEqual(read([SPRING('ERROR', 'failed'), ...TRACE, '', SPRING('INFO', 'went on')]), [
      { line: 1, length: 6, content: 'failed', level: 'error', component: 'c.e.Shop', trace: SIGNATURE },
      { line: 7, length: 1, content: 'went on', level: 'info', component: 'c.e.Shop' },
    ]);
  });

  it('also where a container runtime wraps each line', () => {
    const wrap = (line: string): string =>
      JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2024-05-01T10:00:00Z' });
    const records = read([SPRING('ERROR', 'failed'), ...TRACE, SPRING('INFO', 'went on')].map(wrap));
    assert.deepEqual(
      records.map(({ line, length, content, trace }) => [line, length, content, trace]),
      [
        [1, 5, 'failed', SIGNATURE],
        [6, 1, 'went on', undefined],
      ],
    );
  });

  it('takes the trace that a JSON record holds', () => {
    const line = JSON.stringify({ level: 'error', msg: 'no', stacktrace: TRACE.join('\n') });
    assert.equal(read([line, line])[0].trace, SIGNATURE);
  });

  it('joins indented blocks, pretty-printed JSON, XML and closing brackets to their header', () => {
    const header = SPRING('INFO', 'response:');
    assert.deepEqual(starts([header, '  a', '  b', header]), [1, 4]);
    assert.deepEqual(starts([header, '{', '  "a": {', '    "b": 1', '  }', '}', header]), [1, 7]);
    assert.deepEqual(starts([header, '<a>', '<b>text', 'text</b>', '</a>', header]), [1, 6]);
    assert.deepEqual(starts([SPRING('INFO', 'list = ['), 'one,', '];', header]), [1, 4]);
  });

  it('lets the first of several strange lines among headers speak for itself, and what names a level or dies', () => {
    const header = SPRING('INFO', 'x');
    const many = Array.from({ length: 20 }, () => header);
    assert.deepEqual(starts([...many, 'Killed', 'and more', header]).slice(20), [21, 23]);
    assert.deepEqual(starts([...many, 'note', 'ERROR: out of memory', 'and more', header]).slice(20), [21, 22, 24]);
    assert.deepEqual(
      starts([...many, 'panic: oh no', '', 'goroutine 1 [running]:', 'main.f()', header]).slice(20),
      [21, 25],
    );
  });

  it('decides by rules where there is no header at all', () => {
    assert.deepEqual(starts(['', 'first', '  more', 'second', '}', 'third']), [2, 4, 6]);
    const python = [
      'Traceback (most recent call last):',
      '  File "a.py", line 1, in f',
      '    g()',
      'ValueError: x',
      'next',
    ];
    assert.deepEqual(starts(['before', ...python]), [1, 2, 6]);
    assert.equal(read(python)[0].trace, 'ValueError at a.py:f');
  });

  it('takes what all lines are indented by for no sign that they continue something', () => {
    assert.deepEqual(starts(['    first', '      more', '    second', '    third', '    fourth']), [1, 3, 4, 5]);
    const line = '     2024-05-01 10:00:00 ERROR no';
    assert.deepEqual(read([line, line, line, line])[3], { line: 4, length: 1, content: 'no', level: 'error' });
    const frames = ['\tat a.B.c(B.java:1)', '\tat a.B.d(B.java:2)', '\tat a.B.e(B.java:3)'];
    assert.deepEqual(starts(frames), [1]);
  });

  it('joins the parts of lines that a container runtime has split, whatever other streams write in between', () => {
    const cri = (stream: string, tag: string, content: string): string =>
      `2024-05-01T10:00:00.123456789Z ${stream} ${tag} ${content}`;
    const split = [
      cri('stdout', 'P', 'one'),
      cri('stdout', 'P', 'more'),
      cri('stdout', 'F', 'end'),
      cri('stdout', 'F', 'two'),
    ];
    assert.deepEqual(starts(split), [1, 4]);
    assert.deepEqual(starts([split[0], cri('stderr', 'F', 'ERROR no'), split[2], split[3]]), [1, 2, 4]);
    const docker = (log: string): string => JSON.stringify({ log, stream: 'stdout', time: '2024-05-01T10:00:00.1Z' });
    const long = 'x'.repeat(16 * 1024);
    assert.deepEqual(
      starts([docker('a\n'), docker(long), docker('end\n'), docker('b\n'), docker('c\n')]),
      [1, 2, 4, 5],
    );
    assert.deepEqual(starts([docker(`${long}\n`), docker('short'), docker('next'), docker('last')]), [1, 2, 3, 4]);
  });

  it('reads a message of the journal that is written as bytes', () => {
    const entry = (MESSAGE: unknown): string => JSON.stringify({ __REALTIME_TIMESTAMP: '1714557600123456', MESSAGE });
    const bytes = [...utf8('\u001b[31mERROR\u001b[0m no "lock"')];
    assert.deepEqual(read([entry('up'), entry(bytes), entry('down')]), [
      { line: 1, length: 1, content: 'up', level: 'unknown' },
      { line: 2, length: 1, content: 'ERROR no \\"lock\\"', level: 'error' },
      { line: 3, length: 1, content: 'down', level: 'unknown' },
    ]);
  });

  it('takes the HTTP status of the column that a directive names for the level', () => {
    const line = (status: number): string => `2024-05-01 10:00:00 10.0.0.1 GET /x - 443 ${status} 7`;
    const fields = (names: string): string =>
      `#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port ${names}`;
    const levels = (first: string): string[] => read([first, line(200), line(503)]).map(({ level }) => level);
    assert.deepEqual(levels(fields('sc-status time-taken')), ['unknown', 'info', 'error']);
    assert.deepEqual(levels(fields('time-taken x-other')), ['unknown', 'unknown', 'unknown']);
  });

  it('reads headers of two lines', () => {
    const log = ['May 1, 2024 2:00:00 PM a.App main', 'WARNING: full', 'May 1, 2024 2:00:01 PM a.App main', 'INFO: ok'];
    assert.deepEqual(read(log), [
      { line: 1, length: 2, content: 'full', level: 'warn', component: 'a.App' },
      { line: 3, length: 2, content: 'ok', level: 'info', component: 'a.App' },
    ]);
    assert.deepEqual(
      read([...log, log[0], log[2], 'SEVERE: no', log[0]]).map(({ line, length }) => [line, length]),
      [
        [1, 2],
        [3, 2],
        [5, 1],
        [6, 2],
        [8, 1],
      ],
    );
  });

  it('cleans escape sequences and knows where the text was', () => {
    const places: number[] = [];
    const line = `\x1b[32m${SPRING('\x1b[31mERROR\x1b[0m', 'failed')}`;
    const reader: RecordReader = recordReader(utf8(line), {
      onRecord: (_bytes, _start, _end, _line, header) => {
        assert.equal(LEVEL_NAMES[header.level], 'error');
        places.push(reader.sourceOf(header.contentStart));
      },
      onContinuation: () => assert.fail(),
      onTrace: () => assert.fail(),
    });
    reader.push(utf8(line));
    reader.finish();
    assert.deepEqual(places, [line.indexOf('failed')]);
  });

  it('takes a run of overwritten lines for one record in its last state', () => {
    const log = `start\n10 %\r50 %\r100 % done\nnext\r\x1b[0K\r\nlast\r`;
    assert.deepEqual(
      readChunks([utf8(log)]).map(({ line, length, content }) => [line, length, content]),
      [
        [1, 1, 'start'],
        [2, 3, '100 % done'],
        [5, 2, 'next'],
        [7, 1, 'last'],
      ],
    );
  });

  it('takes CR for the line end where there is no other', () => {
    assert.deepEqual(
      readChunks([utf8('one\rtwo\rthree')]).map(({ content }) => content),
      ['one', 'two', 'three'],
    );
  });

  it('notices that a log goes on in another format', () => {
    const first = Array.from({ length: 3000 }, (_, i) => SPRING('INFO', `x${i}`.padEnd(80, '.')));
    const second = Array.from({ length: 600 }, () => 'ERROR:shop.orders:no');
    const records = read([...first, ...second]);
    assert.equal(records.at(-1)?.component, 'shop.orders');
    assert.equal(records.at(-1)?.line, 3600);
  });

  it('reads by a format that was detected in several places of the log', () => {
    const first = utf8(Array.from({ length: 50 }, () => 'just text\n').join(''));
    const second = utf8(Array.from({ length: 50 }, () => `\x1b[1mERROR:shop.orders:no\x1b[0m\r\n`).join(''));
    const format = detectFormat([...sampleLines(first), ...sampleLines(second)]);
    assert.deepEqual(
      format.formats.map(({ name, share }) => [name, share]),
      [['python-logging', 0.5]],
    );
    assert.equal(readChunks([first, second], format).at(-1)?.component, 'shop.orders');
  });

  it('reads by a format that the user chose', () => {
    const format = chosenFormat('<Level>;<Component>;<Content>');
    assert.deepEqual(read(['INFO;a;x', '  more', 'ERROR;b;y'], format), [
      { line: 1, length: 2, content: 'x', level: 'info', component: 'a' },
      { line: 3, length: 1, content: 'y', level: 'error', component: 'b' },
    ]);
  });

  it('gives the same whatever the chunks', () => {
    const log = utf8(
      [
        SPRING('ERROR', 'failed'),
        ...TRACE,
        'a\rb\r\x1b[31mc',
        SPRING('INFO', '{'),
        '  "x": 1',
        '}',
        'May 1, 2024 2:00:00 PM a.App main',
        'INFO: ok',
      ].join('\r\n'),
    );
    const expected = readChunks([log]);
    fc.assert(
      fc.property(places, (at) => assert.deepEqual(readChunks(cut(log, at)), expected)),
      { seed: 12, numRuns: 200 },
    );
  });

  it('refuses what is no text and reads an empty log', () => {
    assert.throws(() => readChunks([new Uint8Array(1000)]), NotTextError);
    assert.deepEqual(readChunks([]), []);
  });

  describe('JSON objects over several lines', () => {
    const objects = ['up', 'slow', 'gone'].map((msg, i) => ({
      time: `2024-05-01T10:00:0${i}Z`,
      level: ['info', 'warn', 'error'][i],
      detail: { n: [i, { deep: '}' }] },
      msg,
    }));
    const pretty = objects.map((object) => JSON.stringify(object, undefined, 2));

    it('are one record each, with its lines', () => {
      const height = pretty[0].split('\n').length;
      const expected = objects.map(({ msg, level }, i) => ({
        line: 1 + i * height,
        length: height,
        content: msg,
        level,
      }));
      assert.deepEqual(read(pretty), expected);
    });

    it('are those that a list has', () => {
      const list = JSON.stringify(objects, undefined, 2).split('\n');
      assert.deepEqual(
        read(list).map(({ content, level }) => [content, level]),
        objects.map(({ msg, level }) => [msg, level]),
      );
    });

    it('are read beside those on one line, and those that break off go with the record before', () => {
      const broken = pretty[1].split('\n').slice(0, 3);
      const lines = [pretty[0], JSON.stringify(objects[1]), ...broken, pretty[2], JSON.stringify(objects[0])];
      assert.deepEqual(
        read(lines).map(({ content, level }) => [content, level]),
        [
          ['up', 'info'],
          ['slow', 'warn'],
          ['gone', 'error'],
          ['up', 'info'],
        ],
      );
    });

    it('belong to the record before where records have headers of their own', () => {
      const lines = objects.flatMap(({ msg }, i) => [`2024-05-01 10:00:0${i} INFO app - ${msg}`, pretty[i]]);
      assert.deepEqual(
        read(lines).map(({ content }) => content),
        ['up', 'slow', 'gone'],
      );
    });

    it('are the same wherever the log is cut, and account for every line', () => {
      const noise = fc.constantFrom(
        '',
        '{',
        '}',
        ']',
        '[',
        ',',
        '{"a":1',
        '"b":2}',
        'text',
        '{"msg":"x","level":"warn"}',
      );
      fc.assert(
        fc.property(fc.array(fc.oneof(noise, fc.constantFrom(...pretty)), { maxLength: 30 }), places, (pieces, at) => {
          const log = utf8([...pretty, ...pieces].join('\n'));
          const records = readChunks(cut(log, at));
          assert.deepEqual(records, readChunks([log]));
          records.slice(1).forEach(({ line }, i) => assert.ok(line >= records[i].line + records[i].length));
        }),
        { seed: 6, numRuns: 200 },
      );
    });
  });
});

describe('RecordReader of a log that goes on', () => {
  let told: string[];
  let reader: RecordReader;

  beforeEach(() => {
    told = [];
    reader = recordReader(utf8(SPRING('INFO', 'one')), {
      onRecord: (_bytes, _start, _end, line) => told.push(`record ${line}`),
      onContinuation: (firstLine) => told.push(`more of ${firstLine}`),
      onTrace: (signature, line) => told.push(`${signature} at line ${line}`),
    });
  });

  function push(...lines: string[]): void {
    reader.push(utf8(lines.map((line) => `${line}\n`).join('')));
  }

  it('gives out what it has, and goes on', () => {
    push(SPRING('INFO', 'one'), SPRING('INFO', 'two'));
    assert.deepEqual(told, ['record 1', 'record 2']);
    push(SPRING('INFO', 'three'));
    assert.equal(told.at(-1), 'record 3');
    assert.equal(reader.lines, 3);
  });

  it('tells a stack trace once, when it is told that it is complete', () => {
    push(SPRING('ERROR', 'failed'), ...TRACE.slice(0, 2));
    assert.deepEqual(told, ['record 1', 'more of 1', 'more of 1']);
    assert.equal(reader.endTrace(), true);
    assert.match(told.at(-1)!, /^java.lang.IllegalStateException at .* at line 2$/);
    assert.equal(reader.endTrace(), false);
    push(...TRACE.slice(2), SPRING('INFO', 'next'));
    assert.deepEqual(told.slice(-3), ['more of 1', 'more of 1', 'record 6']);
  });

  it('begins anew in another file', () => {
    push(SPRING('ERROR', 'failed'), ...TRACE);
    reader.endFile();
    assert.equal(told.at(-1), `${SIGNATURE} at line 4`);
    push('\tat the.Beginning', SPRING('INFO', 'next'));
    assert.deepEqual(told.slice(-2), ['record 6', 'record 7']);
  });
});
