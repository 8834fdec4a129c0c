import assert from 'node:assert/strict';
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  cpSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { UserError } from '../../../../src/core/errors/userError';
import { CancelledError } from '../../../../src/core/cancellation';
import type { Finding, ScanSummary } from '../../../../src/core/findings/finding';
import { followLog, type FollowUpdate } from '../../../../src/node/scan/followLog';
import { Random } from '../../../../src/core/numeric/random';
import { openLog } from '../../../../src/node/files/logSource';
import { LogScanner } from '../../../../src/node/scan/scanLog';
import type { ScanSettings } from '../../../../src/node/settings/scanSettings';
import { springBootLog, unknownFormatLog } from '../../../support/serviceLogs';
import { listed } from '../../../support/listed';
import { temporaryFolder } from '../../../support/temporaryFolder';
import { writeTinyBundle } from '../../../support/tinyBundle';
import { findingText } from '../../../../src/core/findings/wording';

describe('followLog', () => {
  const at = temporaryFolder();
  let path: string;
  let updates: { summary: ScanSummary; findings: Finding[]; file: FollowUpdate['file'] }[];

  beforeEach(() => {
    path = at('a.log');
    updates = [];
    writeTinyBundle(at('models', 'tiny'));
    writeFileSync(path, 'INFO open key_1\nINFO ping key_2\n');
  });

  /**
   * Follows the log; at every pause the next step happens, and the clock goes on by the pause. After the last step it is
   * cancelled, or goes on for as long as it wants.
   */
  async function follow(
    steps: (() => void)[],
    { settings = {}, cancels = true }: { settings?: ScanSettings; cancels?: boolean } = {},
  ): Promise<void> {
    let time = 0;
    let isCancelled = false;
    const following = followLog(path, settings, at('models'), {
      onProgress: () => {},
      onUpdate: async ({ verdict, file }) => {
        updates.push({ ...(await listed(verdict)), file });
      },
      isCancelled: () => isCancelled,
      now: () => time,
      pause: async (milliseconds) => {
        time += milliseconds;
        isCancelled = steps.length === 0 && cancels;
        steps.shift()?.();
      },
    });
    await (cancels ? assert.rejects(following, CancelledError) : following);
  }

  function found(): string[] {
    return updates.map(
      ({ findings, summary }) =>
        `${summary.lines}: ${findings.map(({ block, lines }) => `${block} ${lines.join(',')}`).join('; ')}`,
    );
  }

  it('counts no more anomalous blocks than blocks where several findings lie in one window', async () => {
    const lines = ['alpha', 'bravo charlie', 'delta', 'echo foxtrot golf', 'hotel', 'india juliett'];
    writeFileSync(path, `${lines.map((line) => `INFO ${line}`).join('\n')}\n`);
    await follow([], { settings: { unsupervised: true, threshold: 0 } });
    const [{ summary }] = updates;
    assert.ok(summary.anomalous > 1, `${summary.anomalous} findings`);
    assert.equal(summary.blocks, summary.anomalous);
  });

  it('tells what a log has at first, then what is appended', async () => {
    await follow([
      () => appendFileSync(path, 'INFO read key_3\nINFO ping key_3\n'),
      () => {},
      () => appendFileSync(path, 'INFO close key_1\n'),
    ]);
    assert.deepEqual(found(), ['2: key_1 1', '4: key_1 1; key_3 3,4', '5: key_1 1,5; key_3 3,4']);
    assert.deepEqual(
      updates.map(({ file }) => file.size),
      [32, 64, 81],
    );
    assert.equal(updates[1].findings[0], updates[0].findings[0]);
    assert.notEqual(updates[2].findings[0], updates[0].findings[0]);
  });

  it('reads each file of the log in the encoding that is given', async () => {
    const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
    // Nothing tells that these are UTF-16: no character has a NUL.
    writeFileSync(path, utf16('情報正常'));
    const settings = { unsupervised: true, encoding: 'utf-16be', threshold: 0 };
    await follow([() => renameSync(path, at('a.log.1')), () => writeFileSync(path, utf16('情報\n错误磁盘已满\n'))], {
      settings,
    });
    const last = updates.at(-1)!;
    assert.equal(last.summary.lines, 2);
    assert.ok(last.findings.some(({ template }) => template.includes('错误磁盘已满')));
    await assert.rejects(
      followLog(path, { encoding: 'utf-9' }, at('models'), {
        onProgress: () => {},
        onUpdate: async () => {},
        isCancelled: () => false,
        now: () => 0,
        pause: async () => {},
      }),
      UserError,
    );
  });

  it('takes a line without end after a second of silence, and leaves out what is added to it', async () => {
    await follow([
      () => appendFileSync(path, 'INFO open key_3'),
      () => {},
      () => {},
      () => {},
      () => appendFileSync(path, ' and key_4\nINFO open key_5\n'),
    ]);
    assert.deepEqual(found(), ['2: key_1 1', '2: key_1 1', '3: key_1 1; key_3 3', '4: key_1 1; key_3 3; key_5 4']);
  });

  it('goes on when the log is rotated by renaming, and by copying and cutting', async () => {
    await follow([
      () => {
        appendFileSync(path, 'INFO open key_3');
        renameSync(path, at('a.log.1'));
      },
      () => writeFileSync(path, 'INFO read key_3\nINFO open key_4\n'),
      () => truncateSync(path),
      () => appendFileSync(path, 'INFO close key_4\n'),
    ]);
    assert.deepEqual(found(), ['2: key_1 1', '2: key_1 1', '2: key_3 1; key_4 2', '0: ', '1: key_4 1']);
  });

  for (const model of [true, false]) {
    it(`goes on behind the hole that copying and cutting leave under a writer that does not append${model ? '' : ', without a model'}`, async () => {
      const before = 'INFO read key_1\n'.repeat(2000);
      writeFileSync(path, before);
      const writer = openSync(path, 'r+');
      let end = before.length;
      const write = (text: string): void => {
        end += writeSync(writer, text, end);
      };
      try {
        await follow(
          [
            () => {
              copyFileSync(path, at('a.log.1'));
              truncateSync(path);
            },
            () => write('INFO open key_7\n'),
            () => write('INFO ping key_8\nINFO open key_9\n'),
            () => {
              truncateSync(path);
              write('INFO open key_3\n');
            },
            () => {},
            () => write('INFO close key_3\n'),
            () => {},
          ],
          { settings: { unsupervised: !model } },
        );
      } finally {
        closeSync(writer);
      }
      // The file says that it is as large as it was, and its lines are those behind the hole.
      assert.ok(updates.at(-1)!.file.size > before.length);
      const lines = updates.map(({ summary }) => summary.lines);
      assert.deepEqual(lines, [2000, 0, 1, 3, 1, 2]);
      if (model) {
        assert.deepEqual(found().slice(1), ['0: ', '1: key_7 1', '3: key_7 1; key_9 3', '1: key_3 1', '2: key_3 1,2']);
      }
    });
  }

  it('waits for the first bytes of an empty log, which tell who reads it', async () => {
    writeFileSync(path, '');
    await follow([() => {}, () => appendFileSync(path, 'INFO open key_7\n'), () => {}]);
    assert.deepEqual(found(), ['1: key_7 1']);
  });

  it('ends when the file is gone, with what was last written to it', async () => {
    await follow(
      [
        () => {
          appendFileSync(path, 'INFO open key_3');
          rmSync(path);
        },
      ],
      { cancels: false },
    );
    assert.deepEqual(found(), ['2: key_1 1', '2: key_1 1', '3: key_1 1; key_3 3']);
  });

  it('uses the settings as a scan does', async () => {
    await follow([], { settings: { threshold: 0.9, notes: ['a note'] } });
    assert.deepEqual(found(), ['2: ']);
    assert.equal(updates[0].summary.threshold, 0.9);
    assert.deepEqual(updates[0].summary.notes, [
      'a note',
      'judged by: the model tiny, which explains this log',
      'format: <Level> <Content>, as the model reads it',
      'blocks: sessions by key_\\d+',
    ]);
    await assert.rejects(followWith({ threshold: 2 }), /out of range/);
    await assert.rejects(followWith({ sessionKey: '(' }), UserError);
  });

  it('finds in a log that has grown what a scan finds in all of it', async () => {
    const whole = readFileSync('samples/hdfs-small.log');
    const ends = [0.5, 0.7, 0.7001, 0.9, 1].map((share) => Math.floor(share * whole.length));
    writeFileSync(path, whole.subarray(0, ends[0]));
    cpSync('models', at('models'), { recursive: true });
    await follow(ends.slice(1).map((end, i) => () => appendFileSync(path, whole.subarray(ends[i], end))));
    const scanner = new LogScanner(at('models'));
    try {
      const whole = await listed((await scanner.scan(await openLog(path), {})).verdict);
      const last = updates.at(-1)!;
      assert.deepEqual(last.summary, whole.summary);
      assert.ok(whole.findings.length > 0);
      assert.deepEqual(last.findings, whole.findings);
    } finally {
      await scanner.release();
    }
  });

  describe('without labels', () => {
    /** Scans a log as it is. */
    async function scanned(settings: ScanSettings = {}): Promise<{ summary: ScanSummary; findings: Finding[] }> {
      const scanner = new LogScanner(at('models'));
      try {
        return await listed((await scanner.scan(await openLog(path), settings)).verdict);
      } finally {
        await scanner.release();
      }
    }

    /** How many records a log without stack traces has. */
    function records(text: string): number {
      return text.split('\n').length - 1;
    }

    const spring = springBootLog(5);
    const unknown = unknownFormatLog(5);
    for (const [name, { text, fault }] of [
      ['of Spring Boot', spring],
      ['of an unknown format', unknown],
    ] as const) {
      const lines = text.split(/(?<=\n)/);
      const healthy = lines.slice(0, fault!.first - 1);
      // So long that nothing is learned from what is appended.
      const before = [...healthy, ...healthy, ...healthy].join('');
      const after = lines.slice(fault!.first - 1);
      const length = fault!.last - fault!.first + 1;

      /** The line that is pointed to by the finding that has the fault in it, which begins there. */
      function pointedTo(first: number, update: Pick<(typeof updates)[number], 'findings'>): number | undefined {
        const found = update.findings.find((finding) => finding.lines.includes(first));
        assert.ok(
          found === undefined || findingText(found).includes('nothing like it came before'),
          found && findingText(found),
        );
        return found?.line;
      }

      it(`finds at first what a scan finds in a log ${name}, then what is appended`, async () => {
        writeFileSync(path, before);
        const { summary, findings } = await scanned();
        await follow([
          ...[0, 1, 2].map((k) => () => appendFileSync(path, after.slice(4 * k, 4 * k + 4).join(''))),
          () => appendFileSync(path, after.slice(12).join('')),
        ]);
        assert.deepEqual(updates[0].findings, findings);
        const { notes, ...counts } = updates[0].summary;
        // A followed log has no timeline.
        const { notes: scanNotes, ...scanCounts } = { ...summary, timeline: undefined };
        assert.deepEqual({ ...counts, timeline: undefined }, scanCounts);
        const own = notes.filter((note) => !scanNotes.includes(note));
        assert.deepEqual(own, [
          `followed: by what its first ${records(before)} records have taught; a scan learns anew`,
        ]);
        assert.deepEqual(
          notes.filter((note) => !own.includes(note)),
          scanNotes,
        );
        const first = 3 * healthy.length + 1;
        assert.equal(pointedTo(first, updates[0]), undefined);
        for (const update of updates.slice(1)) {
          const line = pointedTo(first, update);
          assert.ok(line !== undefined && line >= first && line < first + length, String(line));
        }
        assert.equal(updates.length, 5);
        assert.equal(updates.at(-1)!.summary.lines, 3 * healthy.length + after.length);
      });

      it(`goes on with a log ${name} when it is rotated by renaming, and by copying and cutting`, async () => {
        writeFileSync(path, before);
        await follow([
          () => renameSync(path, at('a.log.1')),
          () => writeFileSync(path, after.join('')),
          () => truncateSync(path),
          () => appendFileSync(path, after.join('')),
        ]);
        const [, renamed, cutToNothing, last] = updates;
        assert.deepEqual([cutToNothing.summary.lines, cutToNothing.findings], [0, []]);
        for (const update of [renamed, last]) {
          assert.equal(update.summary.lines, after.length);
          const line = pointedTo(1, update);
          assert.ok(line !== undefined && line <= length, String(line));
        }
      });
    }

    it('reads a log in UTF-16, and one behind a hole, as a scan does', async () => {
      const utf16 = Buffer.from(`\ufeff${spring.text}`, 'utf16le');
      for (const bytes of [utf16, Buffer.concat([Buffer.alloc(4097), Buffer.from(spring.text)])]) {
        updates = [];
        writeFileSync(path, bytes);
        const { findings, summary } = await scanned();
        await follow([]);
        assert.deepEqual([updates[0].findings, updates[0].summary.format], [findings, summary.format]);
        assert.ok(findings.length > 0);
      }
    });

    it('learns anew as long as the log is short, from its first line on', async () => {
      const lines = springBootLog(6, true).text.split(/(?<=\n)/);
      const ends = [1, 60, lines.length];
      writeFileSync(path, lines[0]);
      await follow(ends.slice(1).map((end, i) => () => appendFileSync(path, lines.slice(ends[i], end).join(''))));
      const { findings } = await scanned();
      assert.deepEqual(updates.at(-1)!.findings, findings);
      updates.forEach(({ summary }, i) => {
        const count = ends[i] === 1 ? 'record has' : `${ends[i]} records have`;
        assert.equal(summary.notes.at(-1), `followed: by what its first ${count} taught; a scan learns anew`);
      });
    });

    it('decides anew whether sessions are alike as long as the log is short', async () => {
      const random = new Random(1);
      let second = 0;
      let job = 1000;
      /** Two sessions in turn. */
      const pair = (event: (i: number) => string): string => {
        const first = job++;
        const other = job++;
        return Array.from({ length: 8 }, (_, i) => say(first, event(i)) + say(other, event(i))).join('');
      };
      const say = (id: number, event: string): string =>
        `${new Date(1e12 + 1000 * second++).toISOString()} INFO app - job-${id} ${event}\n`;
      const steps = [
        'opened',
        'reads disk',
        'asks for a lock',
        'writes',
        'sends mail to all',
        'waits',
        'sleeps well',
        'ends',
      ];
      const any = [...steps.slice(1), 'walks', 'jumps up and down', 'rests', 'turns left now', 'sings aloud', 'eats'];
      const unlike = Array.from({ length: 15 }, () =>
        pair((i) => (i === 0 ? steps[0] : any[random.below(any.length)])),
      );
      writeFileSync(path, unlike.join(''));
      await follow([() => appendFileSync(path, Array.from({ length: 60 }, () => pair((i) => steps[i])).join(''))]);
      const blocks = updates.map(({ summary }) => summary.notes.find((note) => note.startsWith('blocks: ')));
      assert.match(blocks[0]!, /these sessions are too unlike each other/);
      assert.doesNotMatch(blocks[1]!, /unlike|windows/);
      assert.deepEqual(updates[1].findings, (await scanned()).findings);
    });

    it('uses the settings as a scan does', async () => {
      writeFileSync(path, unknownFormatLog(5).text);
      const settings = { threshold: 0.2, mask: ['pressure \\S+'] };
      const { summary, findings } = await scanned(settings);
      await follow([], { settings });
      assert.deepEqual(updates[0].findings, findings);
      const { notes } = updates[0].summary;
      assert.deepEqual(
        notes.filter((note) => !note.startsWith('followed')),
        summary.notes,
      );
      await follow([], { settings: { ...settings, suppress: [findings[0].fingerprint] } });
      const { suppressed = 0, anomalous, notes: suppressedNotes } = updates[1].summary;
      assert.ok(suppressed > 0);
      const found = suppressed + anomalous;
      assert.match(
        suppressedNotes.at(-1)!,
        new RegExp(`^${suppressed} of ${found} findings suppressed by the settings`),
      );
      const costly = { threshold: 0.2, mask: ['[^y]+y$|e'] };
      const line = `${'e'.repeat(20_000)}\n`;
      writeFileSync(path, unknownFormatLog(5).text + line.repeat(2));
      await follow([], { settings: costly });
      const limited = (await scanned(costly)).summary.notes.filter((note) =>
        note.startsWith('lines of which patterns'),
      );
      assert.match(limited.join(), /: 2$/);
      assert.deepEqual(
        updates[2].summary.notes.filter((note) => note.startsWith('lines of which patterns')),
        limited,
      );
    });

    it('refuses good logs to compare with', async () => {
      await assert.rejects(
        followWith({ baseline: [path] }),
        /is judged against good logs, which is done with whole logs/,
      );
    });

    it('stops in the middle of learning', async () => {
      writeFileSync(path, springBootLog(5).text);
      let asked = 0;
      const following = followLog(path, {}, at('models'), {
        onProgress: () => {},
        onUpdate: async () => assert.fail('it was not stopped'),
        isCancelled: () => ++asked > 40,
        now: () => 0,
        pause: async () => {},
      });
      await assert.rejects(following, CancelledError);
    });
  });

  it('refuses a log that becomes no text', async () => {
    writeFileSync(path, Buffer.alloc(70_000, 1));
    await assert.rejects(followWith({ model: at('models', 'tiny') }), /is no text/);
  });

  function followWith(settings: ScanSettings): Promise<void> {
    return follow([], { settings, cancels: false });
  }
});
