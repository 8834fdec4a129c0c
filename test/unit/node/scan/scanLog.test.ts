import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { UserError } from '../../../../src/core/errors/userError';
import { CancelledError } from '../../../../src/core/cancellation';
import { openLog } from '../../../../src/node/files/logSource';
import { LogScanner, type ScanOutcome } from '../../../../src/node/scan/scanLog';
import { temporaryFolder } from '../../../support/temporaryFolder';
import { wandering } from '../../core/detect/unsupervised/logs';
import { writeTinyBundle } from '../../../support/tinyBundle';

function profileOf({ read }: ScanOutcome): unknown {
  assert.ok(read.by === 'model');
  return read.profile;
}

describe('LogScanner', () => {
  const at = temporaryFolder();
  let scanner: LogScanner;

  beforeEach(() => {
    writeTinyBundle(at('models', 'tiny'));
    scanner = new LogScanner(at('models'));
    writeFileSync(at('a.log'), 'INFO open key_1\nINFO read key_1\nINFO ping key_2\n');
    writeFileSync(at('other.log'), 'something of another kind\n'.repeat(10));
  });
  afterEach(() => scanner.release());

  it('chooses the bundled model that fits and keeps it open', async () => {
    const first = await scanner.scan(await openLog(at('a.log')), {});
    const second = await scanner.scan(await openLog(at('a.log')), { threshold: 0.9 });
    assert.equal(profileOf(first), profileOf(second));
    assert.deepEqual(first.verdict.summary, {
      model: 'tiny',
      threshold: 0.5,
      lines: 3,
      blocks: 2,
      anomalous: 1,
      unknownRecords: 0,
      clippedLines: 0,
      format: '<Level> <Content>',
      notes: [
        'judged by: the model tiny, which explains this log',
        'format: <Level> <Content>, as the model reads it',
        'blocks: sessions by key_\\d+',
      ],
    });
    assert.equal(second.verdict.summary.anomalous, 0);
  });

  it('loads a model anew when its files have changed, and after it was mended', async () => {
    const first = await scanner.scan(await openLog(at('a.log')), {});
    writeTinyBundle(at('models', 'tiny'), { name: 'tiny-2', threshold: 0.75 });
    const second = await scanner.scan(await openLog(at('a.log')), {});
    assert.notEqual(profileOf(first), profileOf(second));
    assert.equal(second.verdict.summary.model, 'tiny-2');
    writeFileSync(at('models', 'tiny', 'model.onnx'), 'broken');
    await assert.rejects(async () => scanner.scan(await openLog(at('a.log')), {}), UserError);
    writeTinyBundle(at('models', 'tiny'), { name: 'tiny-3' });
    assert.equal((await scanner.scan(await openLog(at('a.log')), {})).verdict.summary.model, 'tiny-3');
  });

  it('counts no more anomalous blocks than blocks where several findings lie in one window', async () => {
    const lines = ['alpha', 'bravo charlie', 'delta', 'echo foxtrot golf', 'hotel', 'india juliett'];
    writeFileSync(at('short.log'), `${lines.map((line) => `INFO ${line}`).join('\n')}\n`);
    const { summary } = (await scanner.scan(await openLog(at('short.log')), { unsupervised: true, threshold: 0 }))
      .verdict;
    assert.ok(summary.anomalous > 1, `${summary.anomalous} findings`);
    assert.equal(summary.blocks, summary.anomalous);
  });

  it('says how many records of a large log it judged by the one before them alone', async () => {
    const sessions = Array.from({ length: 5000 }, (_, i) => ({ key: i + 1, events: wandering(21, i) }));
    const lines = sessions.flatMap(({ key, events }) =>
      [...events].map((event) => `INFO ${event} ${event}${event} ${event}${event}${event} key_${key}`),
    );
    writeFileSync(at('large.log'), lines.join('\n'));
    const settings = { unsupervised: true, sessionKey: 'key_\\d+' };
    const { summary } = (await scanner.scan(await openLog(at('large.log')), settings)).verdict;
    assert.match(summary.notes.join('\n'), /^large log: \d+ records judged by the one before them alone/m);
    const small = await scanner.scan(await openLog(at('a.log')), settings);
    assert.doesNotMatch(small.verdict.summary.notes.join(), /large log/);
  });

  it('says of an empty log that it is empty', async () => {
    writeFileSync(at('empty.log'), '');
    for (const settings of [{}, { unsupervised: true }]) {
      const { summary } = (await scanner.scan(await openLog(at('empty.log')), settings)).verdict;
      assert.equal(summary.notes[0], 'the log is empty: nothing was judged');
      assert.doesNotMatch(summary.notes.join(), /explains this log/);
    }
  });

  it('judges without labels what no model fits, or if it is asked to', async () => {
    for (const [name, settings] of [
      ['other.log', {}],
      ['a.log', { unsupervised: true }],
    ] as const) {
      const { verdict, read } = await scanner.scan(await openLog(at(name)), settings);
      assert.equal(verdict.summary.model, 'label-free');
      assert.equal(read.by, 'mining');
    }
  });

  it('takes a good log for one of another kind only if the judged log has records, and none is alike', async () => {
    writeFileSync(at('blank.log'), '\n \n');
    writeFileSync(at('keyless.log'), 'INFO ping all hosts\n'.repeat(5));
    writeFileSync(at('good.log'), 'INFO read key_1\nINFO ping all hosts\n'.repeat(5));
    const isStrange = async (name: string, good: string, sessionKey?: string): Promise<boolean> => {
      const settings = { baseline: [at(good)], sessionKey };
      const { summary } = (await scanner.scan(await openLog(at(name)), settings)).verdict;
      return summary.notes.some((note) => note.includes('it seems to be a log of another kind'));
    };
    assert.ok(await isStrange('a.log', 'other.log'));
    assert.ok(!(await isStrange('blank.log', 'other.log')));
    assert.ok(!(await isStrange('keyless.log', 'good.log')));
    assert.ok(!(await isStrange('keyless.log', 'good.log', 'key_\\d+')));
    assert.ok(await isStrange('keyless.log', 'other.log', 'key_\\d+'));
  });

  it('refuses a model that knows nothing of the log, and one that is broken', async () => {
    await assert.rejects(
      async () => scanner.scan(await openLog(at('other.log')), { model: at('models', 'tiny') }),
      /the model tiny knows none of the first 10 lines/,
    );
    mkdirSync(at('half'));
    await assert.rejects(
      async () => scanner.scan(await openLog(at('a.log')), { model: at('half') }),
      /half.*does not exist/,
    );
  });

  it('stops when it is cancelled, and can scan again', async () => {
    await assert.rejects(
      async () => scanner.scan(await openLog(at('a.log')), {}, { isCancelled: () => true }),
      CancelledError,
    );
    assert.equal((await scanner.scan(await openLog(at('a.log')), {})).verdict.summary.blocks, 2);
  });

  it('tells its progress in bytes and then in work', async () => {
    const told: string[] = [];
    await scanner.scan(
      await openLog(at('a.log')),
      {},
      { onProgress: (phase, done, total) => told.push(`${phase} ${done}/${total}`) },
    );
    assert.deepEqual(told, ['reading 0/48', 'reading 48/48', 'judging 2/2']);
  });
});
