import assert from 'node:assert/strict';
import fc from 'fast-check';
import { grouped } from '../../../../src/core/scan/modelLog';
import { ModelLogScan } from '../../../../src/core/scan/modelLogScan';
import { eventNames, type EventNames } from '../../../../src/core/mapReduce/eventNames';
import { MapScan, type MappedInput } from '../../../../src/core/mapReduce/mapScan';
import { ReduceScan, RowError, type ReducedBlocks } from '../../../../src/core/mapReduce/reduceScan';
import { frozenReading } from '../../../../src/core/scan/frozenReading';
import { cut, places, text, utf8 } from '../../../support/bytes';
import { smallProfile } from '../../../support/profiles';

const WHOLE: MappedInput = { offset: 0, whole: true };
const PROFILE = smallProfile();
const NAMES = eventNames(PROFILE);

function map(chunks: readonly Uint8Array[], input = WHOLE, sessionKey?: string): string[] {
  const scan = new MapScan(frozenReading(PROFILE, sessionKey), NAMES, input);
  const rows = [...chunks.map((chunk) => (scan.push(chunk), text(scan.take()))), text(scan.finish())]
    .join('')
    .split('\n');
  assert.equal(rows.pop(), '', 'the last row is complete');
  assert.equal(scan.rows, rows.length);
  return rows;
}

interface Blocks {
  [block: string]: { events: number[]; lines: number[] };
}

/** The blocks of sorted rows, taken as they are complete. */
function reduce(chunks: readonly Uint8Array[], names: EventNames = NAMES): { blocks: Blocks; linesAgree: boolean } {
  const scan = new ReduceScan(names);
  const blocks: Blocks = {};
  const add = ({ log, recordLines, continuations }: ReducedBlocks): void => {
    const { offsets, events } = log.blocks;
    for (let block = 0; block < log.blockCount; block++) {
      assert.ok(!(log.keyOf(block) in blocks), 'a block is complete only once');
      const [start, end] = [offsets[block], offsets[block + 1]];
      const lines = Array.from(recordLines.subarray(start, end), (line, i) =>
        Array.from({ length: continuations[start + i] + 1 }, (_, k) => (line === 0 ? 0 : line + k)),
      );
      blocks[log.keyOf(block)] = { events: [...events.subarray(start, end)], lines: lines.flat() };
    }
  };
  for (const chunk of chunks) {
    scan.push(chunk);
    add(scan.takeComplete());
  }
  add(scan.finish());
  return { blocks, linesAgree: scan.linesAgree };
}

function sorted(rows: readonly string[]): Uint8Array {
  return utf8(
    [...rows]
      .sort()
      .map((row) => `${row}\n`)
      .join(''),
  );
}

/** The blocks of a log as one process sees them. */
function whole(log: string): Blocks {
  const scan = new ModelLogScan(frozenReading(PROFILE));
  scan.push(utf8(log));
  const { blocks, blockCount, keyOf, continuations } = grouped(scan.finish());
  return Object.fromEntries(
    Array.from({ length: blockCount }, (_, block) => {
      const [start, end] = [blocks.offsets[block], blocks.offsets[block + 1]];
      const lines = Array.from(blocks.lines.subarray(start, end), (line) =>
        Array.from({ length: continuations.countOf(line) + 1 }, (_unused, k) => line + k),
      );
      return [keyOf(block), { events: [...blocks.events.subarray(start, end)], lines: lines.flat() }];
    }),
  );
}

function withoutLines(blocks: Blocks): Record<string, number[]> {
  return Object.fromEntries(Object.entries(blocks).map(([block, { events }]) => [block, events]));
}

const message = fc.constantFrom(
  'open job-1',
  'read job-2',
  'close job-1 of job-2 and job-1',
  'noise job-3',
  'something new about job-2',
  'open nothing',
  'retry job-33',
);
const line = fc.oneof(
  { weight: 4, arbitrary: message },
  { weight: 1, arbitrary: fc.constantFrom('\tat a.b.C(job-4)', '', 'Caused by: x') },
);

function record(second: number, content: string): string {
  const clock = `20${String(Math.floor(second / 60) % 60).padStart(2, '0')}${String(second % 60).padStart(2, '0')}`;
  return `240304 ${clock} 1 INFO a.B: ${content}`;
}

describe('MapScan', () => {
  it('writes a row for each record and block', () => {
    const log = [record(30, 'open job-1'), record(31, 'read job-1 job-2 job-1'), record(31, 'what job-2'), ''].join(
      '\n',
    );
    assert.deepEqual(map([utf8(log)]), [
      `job-1\t1001709582430000-1-0000000000000000\topen\t${NAMES.fingerprint}\t1`,
      `job-1\t1001709582431000-0-0000000000000037\tread\t${NAMES.fingerprint}\t2`,
      `job-2\t1001709582431000-0-0000000000000037\tread\t${NAMES.fingerprint}\t2`,
      `job-2\t1001709582431000-0-0000000000000086\t?\t${NAMES.fingerprint}\t3`,
    ]);
  });

  it('counts the lines that follow a record, and leaves out those before the first one', () => {
    const log = ['\tat a.B', record(1, 'open job-1 job-2'), '\tat a', '\tat b', record(2, 'open nothing'), ''].join(
      '\r\n',
    );
    assert.deepEqual(
      map([utf8(log)]).map((row) => row.split('\t').at(-1)),
      ['2+2', '2+2'],
    );
    assert.deepEqual(
      map([utf8(log)], { offset: 5000, whole: false }).map((row) => row.split('\t').slice(1)),
      Array.from({ length: 2 }, () => ['1001709582401000-1-0000000000005009', 'open', NAMES.fingerprint, '+2']),
    );
  });

  it('keeps keys whole that hold TABs or bytes beyond ASCII, and cuts endless ones', () => {
    const log = `${record(1, 'open <\ufeffa\tä>')}\n${record(2, `open <${'x'.repeat(1000)}>`)}\n`;
    const keys = map([utf8(log)], WHOLE, '<([^>]+)>').map((row) => row.split('\t')[0]);
    assert.deepEqual(keys, [String.raw`\xef\xbb\xbfa\x09\xc3\xa4`, 'x'.repeat(256)]);
    assert.deepEqual(Object.keys(reduce([sorted(map([utf8(log)], WHOLE, '<([^>]+)>'))]).blocks), [
      '\ufeffa\tä',
      'x'.repeat(256),
    ]);
  });

  it('writes a record of thousands of keys once for each', () => {
    const keys = Array.from({ length: 3000 }, (_, i) => `job-${(7 * i) % 2000}`);
    const log = `${record(1, `open ${keys.join(' ')}`)}\n${record(2, 'close job-1')}\n`;
    const rows = map([utf8(log)]);
    assert.equal(rows.length, 2001);
    assert.equal(new Set(rows).size, 2001);
  });

  it('gives the same rows whatever the chunks', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), places, (contents, at) => {
        const log = utf8(
          contents.map((content, i) => (/^\w+ /.test(content) ? record(i, content) : content)).join('\n'),
        );
        assert.deepEqual(map(cut(log, at)), map([log]));
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe('map and reduce', () => {
  it('give the blocks of one process, whatever the times', () => {
    const timed = fc.tuple(fc.nat({ max: 50 }), line);
    fc.assert(
      fc.property(fc.array(timed, { maxLength: 30 }), places, (lines, at) => {
        const log = lines
          .map(([second, content]) => (/^\w+ /.test(content) ? record(second, content) : content))
          .join('\n');
        const { blocks, linesAgree } = reduce(cut(sorted(map([utf8(log)])), at));
        assert.deepEqual(blocks, whole(log));
        assert.ok(linesAgree);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('give the blocks of one process for a log in pieces, mapped in any order', () => {
    const piece = fc.array(fc.tuple(fc.nat({ max: 2 }), message), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
        let now = 0;
        // Each piece has more than one time: within a single one nothing says which piece comes first.
        const logs = pieces.map((lines) =>
          lines
            .map(([step, content], i) => `${record((now += step + (i === lines.length - 1 ? 1 : 0)), content)}\n`)
            .join(''),
        );
        const rows = [...logs].reverse().flatMap((log) => map([utf8(log)]));
        const { blocks } = reduce([sorted(rows)]);
        assert.deepEqual(withoutLines(blocks), withoutLines(whole(logs.join(''))));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('know by the offsets of splits which of equal times comes first', () => {
    const contents = ['open job-1', 'read job-1', 'read job-1', 'close job-1', 'noise job-1'];
    const logs = contents.map((content) => `${record(5, content)}\n`);
    let offset = 0;
    const rows = logs.flatMap((log) => {
      const mapped = map([utf8(log)], { offset, whole: false });
      offset += log.length;
      return mapped;
    });
    const { blocks } = reduce([sorted(rows.reverse())]);
    assert.deepEqual(blocks, { 'job-1': { events: [0, 1, 1, 2, 5], lines: [0, 0, 0, 0, 0] } });
  });

  it('notice that line numbers are of several inputs', () => {
    const first = `${record(1, 'open job-1')}\n${record(2, 'open job-2')}\n`;
    const second = `${record(3, 'open job-3')}\n`;
    assert.ok(reduce([sorted(map([utf8(first)]))]).linesAgree);
    assert.ok(!reduce([sorted([...map([utf8(first)]), ...map([utf8(second)])])]).linesAgree, 'two beginnings');
    const same = `${record(1, 'noise job-1')}\n`;
    assert.ok(!reduce([sorted([...map([utf8(first)]), ...map([utf8(same)])])]).linesAgree, 'two first lines');
  });
});

describe('ReduceScan', () => {
  const rows = map([utf8(`${record(1, 'open job-1')}\n${record(2, 'read job-1 job-2')}\n`)]);
  const refuses = (content: string, message: RegExp): void =>
    assert.throws(
      () => reduce([utf8(content)]),
      (error) => error instanceof RowError && message.test(error.message),
    );

  it('refuses rows that are not sorted', () => {
    refuses(`${[...rows].reverse().join('\n')}\n`, /^row 2 \("job-1"\) comes too late/);
    refuses(`${[rows[0], rows[2], rows[1]].join('\n')}\n`, /^row 3 \("job-1"\) comes too late/);
    refuses(`${[rows[1], rows[0]].join('\n')}\n`, /^row 2 \("job-1"\) comes too late/);
  });

  it('refuses what is no row', () => {
    for (const content of ['x', 'job-1\topen', `\t${rows[0]}`, rows[0].replace('-1-', '-x-'), 'a\tb\tc\td\te\tf']) {
      refuses(content, /^row 1 is none of --map/);
    }
    refuses(`${rows[0]}x`, /^row 1 has "1x" for its lines/);
    refuses(`${rows[0]}+4000000000`, /^row 1 has "1\+4000000000" for its lines/);
  });

  it('refuses rows of another model', () => {
    const other = eventNames({ ...PROFILE, templates: [...PROFILE.templates].reverse() });
    assert.notEqual(other.fingerprint, NAMES.fingerprint);
    refuses(rows[0].replace(NAMES.fingerprint, other.fingerprint), /^row 1 was mapped with another model/);
    refuses(
      rows[0].replace('\topen\t', '\tsqueeze\t'),
      /^row 1 has the event "squeeze", which the model does not know/,
    );
  });

  it('tells an event that is called "?" from an unknown one', () => {
    const names = eventNames({ ...PROFILE, templates: [{ id: '?', template: 'open <*>' }] });
    const scan = new MapScan(
      frozenReading({ ...PROFILE, templates: [{ id: '?', template: 'open <*>' }] }),
      names,
      WHOLE,
    );
    scan.push(utf8(`${record(1, 'open job-1')}\n${record(2, 'shut job-1')}\n`));
    const { blocks } = reduce([scan.finish()], names);
    assert.deepEqual(blocks['job-1'].events, [0, 0xffff]);
  });
});
