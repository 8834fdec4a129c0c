import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileSessionPattern } from '../../../../src/core/blocks/sessionKey';
import { CancelledError } from '../../../../src/core/cancellation';
import { chosenFormat } from '../../../../src/core/formats/chosenFormat';
import { previewOf } from '../../../../src/core/records/logPreview';
import { SliceScan } from '../../../../src/core/scan/logSlice';
import { ModelLogScan } from '../../../../src/core/scan/modelLogScan';
import { SliceMerger } from '../../../../src/core/scan/sliceMerger';
import { LineWatch } from '../../../../src/core/patterns/lineWatch';
import { UnsupervisedLogScan } from '../../../../src/core/scan/unsupervisedLogScan';
import { LearningEvents } from '../../../../src/core/templates/eventSource';
import { MaskedEvents } from '../../../../src/core/templates/maskedEvents';
import { cut, places, utf8 } from '../../../support/bytes';

const COSTLY = 'a[^y]*y|a';
const FORMAT = { header: '<Level> <Content>' };

/** Says that the scan is cancelled when it was asked so many times. */
function cancelledAt(count: number): { isCancelled: () => boolean; asked: () => number } {
  let asked = 0;
  return { isCancelled: () => ++asked >= count, asked: () => asked };
}

function modelLogScan(watch: LineWatch, pattern: string): ModelLogScan {
  const sessionKey = compileSessionPattern(pattern, watch);
  return new ModelLogScan({ format: FORMAT, sessionKey, events: new LearningEvents(), watch });
}

function unsupervisedLogScan(
  watch: LineWatch,
  { pattern = 'nokey(\\d)', masks = [] as string[], format = 'plain' },
): UnsupervisedLogScan {
  return new UnsupervisedLogScan({
    events: new MaskedEvents(masks, watch),
    sessionKey: compileSessionPattern(pattern, watch),
    options: { preview: previewOf(utf8('\n'), format === 'plain' ? undefined : chosenFormat(format)), watch },
  });
}

describe('LineWatch', () => {
  it('is asked within a chunk every 1,024 lines', () => {
    const lines = utf8('INFO all is well\n'.repeat(50_000));
    for (const scanOf of [
      (watch: LineWatch) => modelLogScan(watch, 'id=(\\d+)'),
      (watch: LineWatch) => unsupervisedLogScan(watch, {}),
    ]) {
      const never = cancelledAt(Infinity);
      scanOf(new LineWatch(never)).push(lines);
      assert.ok(never.asked() >= 48, `${never.asked()}`);
      const soon = cancelledAt(3);
      const scan = scanOf(new LineWatch(soon));
      assert.throws(() => scan.push(lines), CancelledError);
      assert.equal(soon.asked(), 3);
    }
  });

  for (const [name, scanOf] of [
    ['a session key, with a model', (watch: LineWatch) => modelLogScan(watch, COSTLY)],
    ['a session key', (watch: LineWatch) => unsupervisedLogScan(watch, { pattern: COSTLY })],
    ['a mask', (watch: LineWatch) => unsupervisedLogScan(watch, { masks: [COSTLY] })],
    ['a log format', (watch: LineWatch) => unsupervisedLogScan(watch, { format: '(?<content>(?:a?){470}[b!]).*' })],
  ] as const) {
    it(`is asked after one or two costly lines of ${name}`, () => {
      const line = `INFO ${'a'.repeat(8000)}\n`;
      const chunk = utf8(line.repeat(400));
      const hooks = cancelledAt(4);
      assert.throws(() => scanOf(new LineWatch(hooks)).push(chunk), CancelledError);
      assert.equal(hooks.asked(), 4);
    });
  }

  it('counts the lines that patterns did not see as a whole, whatever the chunk sizes', () => {
    const kinds = ['INFO short a\n', `INFO ${'a'.repeat(3000)}\n`, `INFO ${'b '.repeat(5000)}\n`, 'no header\n'];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 0, 0, 1, 2, 3), { minLength: 1, maxLength: 8 }),
        places,
        (choices, chunkEnds) => {
          const bytes = utf8(choices.map((kind) => kinds[kind]).join(''));
          const expected = choices.filter((kind) => kind === 1 || kind === 2).length;
          const whole = modelLogScan(new LineWatch(), COSTLY);
          whole.push(bytes);
          assert.equal(whole.finish().limitedLines, expected);
          const model = modelLogScan(new LineWatch(), COSTLY);
          const records = unsupervisedLogScan(new LineWatch(), { pattern: COSTLY, masks: ['a+'] });
          for (const chunk of cut(bytes, chunkEnds)) {
            model.push(chunk);
            records.push(chunk);
          }
          assert.equal(model.finish().limitedLines, expected);
          assert.equal(records.end().log().limitedLines, expected);
        },
      ),
      { seed: 5, numRuns: 12 },
    );
  });

  it('counts each slice of a log, and each log that is read beside another, by itself', () => {
    const bytes = utf8(`INFO ${'a'.repeat(3000)}\nINFO a\n`);
    const watch = new LineWatch();
    const whole = new SliceMerger();
    const sessionKey = compileSessionPattern(COSTLY, watch);
    for (let i = 0; i < 3; i++) {
      const slice = new SliceScan({ format: FORMAT, sessionKey, events: new LearningEvents(), watch });
      slice.push(bytes);
      whole.append(slice.take());
    }
    assert.equal(whole.finish().limitedLines, 3);
    const events = new LearningEvents();
    const scans = [1, 2].map((count) => {
      const scan = new UnsupervisedLogScan({ events, sessionKey, options: { preview: previewOf(bytes), watch } });
      for (let i = 0; i < count; i++) {
        scan.push(bytes);
      }
      return scan.end();
    });
    assert.deepEqual(
      scans.map((ended) => ended.log().limitedLines),
      [1, 2],
    );
  });
});
