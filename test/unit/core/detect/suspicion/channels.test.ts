import assert from 'node:assert/strict';
import type { Channel } from '../../../../../src/core/detect/suspicion/channel';
import { CHANNELS, channelsOf } from '../../../../../src/core/detect/suspicion/channels';
import { channelLog } from '../../../../../src/core/detect/suspicion/evidence';
import { templateGravity } from '../../../../../src/core/detect/suspicion/templateGravity';
import { SUSPICION_WEIGHTS } from '../../../../../src/core/detect/suspicion/weights';

describe('the channels', () => {
  const gravities = [
    templateGravity({ text: 'request served', severity: 'normal' }),
    templateGravity({ text: 'error: disk failure', severity: 'error' }),
    templateGravity({ text: 'cache dropped', severity: 'normal' }),
  ];
  const log = channelLog(gravities, [98, 1, 1]);
  const ofTemplates = ({ ofTemplates }: Channel): number[] =>
    log.templates.map((template) => ofTemplates!(log)(template));

  it('have a weight in each kind of log in which they count, and in no other', () => {
    for (const kind of ['stream', 'console'] as const) {
      assert.deepEqual(Object.keys(SUSPICION_WEIGHTS[kind].channels).sort(), channelsOf(kind).sort());
    }
  });

  it('tell what templates say by their words and their level', () => {
    const [served, failed] = ofTemplates(CHANNELS.words);
    assert.ok(failed > served + 1);
    assert.deepEqual(ofTemplates(CHANNELS.level), [0, 1, 0]);
    const isError = (text: string): boolean => templateGravity({ text, severity: 'unknown' }).isError;
    assert.deepEqual(
      ['stock.c:12:3: error: no field', 'Kernel panic - not syncing: no init', 'stock.c:12:3: note: here'].map(isError),
      [true, true, false],
    );
  });

  it('tell a reason from an outcome', () => {
    const value = CHANNELS.reason.ofTemplates!(log);
    const of = (text: string): number => value({ gravity: templateGravity({ text, severity: 'error' }), count: 1 });
    assert.deepEqual([of('Process completed with exit code <*>'), of('AssertionError: expected <*>')], [0, 1]);
    assert.deepEqual([of('✓ rejects a wrong password'), of('1) rejects a wrong password')], [0, 1]);
  });

  it('know a stack trace', () => {
    const value = CHANNELS.trace.ofTemplates!(log);
    const of = (text: string): number => value({ gravity: templateGravity({ text, severity: 'unknown' }), count: 1 });
    assert.deepEqual([of('java.io.IOException < a.b.FooError at a.b.run a.c.call'), of('IOException: closed')], [1, 0]);
  });

  it('tell how few records are errors, and how few templates are as rare', () => {
    assert.deepEqual(ofTemplates(CHANNELS.fewErrors), [0, Math.log(100), 0]);
    assert.deepEqual(ofTemplates(CHANNELS.rarity), [0, Math.log(3 / 2), Math.log(3 / 2)]);
  });

  it('tell how remarkable a record is and how soon something fails after it, each bounded', () => {
    const record = { margin: 0, toFailure: Infinity };
    assert.deepEqual(
      [-9, 0, 3, 9].map((margin) => CHANNELS.remarkable.ofRecord!({ ...record, margin })),
      [-5, 0, 3, 5],
    );
    assert.deepEqual(
      [0, Math.exp(2) - 1, 1e9, Infinity].map((toFailure) =>
        CHANNELS.beforeFailure.ofRecord!({ ...record, toFailure }),
      ),
      [5, 3, 0, 0],
    );
  });
});
