import assert from 'node:assert/strict';
import fc from 'fast-check';
import { grown, NumberList } from '../../../../src/core/numeric/columns';

describe('grown', () => {
  it('keeps the contents and the kind, is at least twice as long and as long as asked for, and 0 in what is new', () => {
    const column = fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc.uint16Array({ maxLength: 20 }),
      fc.uint32Array({ maxLength: 20 }),
      fc.int32Array({ maxLength: 20 }),
      fc.float64Array({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(column, fc.option(fc.nat(100), { nil: undefined }), (before, length) => {
        const after = grown(before, length);
        assert.equal(after.constructor, before.constructor);
        assert.equal(after.length, Math.max(2 * before.length, length ?? 0));
        assert.deepEqual(after.slice(0, before.length), before);
        assert.ok(after.subarray(before.length).every((value) => value === 0));
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('NumberList', () => {
  it('holds what an array holds that is pushed and set the same', () => {
    const push = fc.array(fc.double(), { maxLength: 700 });
    const set = fc.record({ index: fc.nat(3000), value: fc.double() });
    fc.assert(
      fc.property(fc.array(fc.oneof(push, set), { maxLength: 8 }), (steps) => {
        const list = new NumberList();
        const model: number[] = [];
        for (const step of steps) {
          if (Array.isArray(step)) {
            list.push(step);
            model.push(...step);
          } else {
            list.set(step.index, step.value);
            while (model.length <= step.index) {
              model.push(0);
            }
            model[step.index] = step.value;
          }
        }
        assert.equal(list.length, model.length);
        assert.deepEqual([...list.view()], model);
        assert.ok(model.every((value, i) => Object.is(list.at(i), value)));
      }),
      { seed: 2, numRuns: 100 },
    );
  });
});
