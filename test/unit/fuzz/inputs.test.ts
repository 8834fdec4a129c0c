import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { commandOf, inputOf, targetOf, type InputName } from '../../../fuzz/input';
import { BYTE_MUTATORS } from '../../../fuzz/logs/byteMutators';
import { ENCODING_MUTATORS } from '../../../fuzz/logs/encodingMutators';
import { LINE_MUTATORS } from '../../../fuzz/logs/lineMutators';
import { TEXT_MUTATORS } from '../../../fuzz/logs/textMutators';
import { InputRandom, randomOf } from '../../../fuzz/random';
import { TARGETS } from '../../../fuzz/targets';

/** All that an input is made of. */
function digest(name: InputName): string {
  const { description, files } = inputOf(name);
  const hash = createHash('sha256').update(description);
  files.forEach((file) => hash.update(file.name).update(file.bytes));
  return `${targetOf(name)} ${hash.digest('hex')}`;
}

describe('the inputs of the fuzzer', () => {
  it('are the same for the same seed and number, in whatever order they are made', () => {
    const names = Array.from({ length: 60 }, (_, number) => ({ seed: 5, number }));
    const digests = names.map(digest);
    assert.deepEqual(names.toReversed().map(digest).toReversed(), digests);
    // A few are the same: an empty log, a report without findings.
    assert.ok(new Set(digests).size > 0.9 * names.length);
    assert.notEqual(digest({ seed: 6, number: 0 }), digests[0]);
  });

  it('reach every target, and the one that is asked for', () => {
    const targets = new Set(Array.from({ length: 2000 }, (_, number) => targetOf({ seed: 1, number })));
    assert.deepEqual([...targets].sort(), Object.keys(TARGETS).sort());
    for (const only of Object.keys(TARGETS)) {
      assert.equal(targetOf({ seed: 1, number: 3, only }), only);
      assert.equal(digest({ seed: 1, number: 3, only }), digest({ seed: 1, number: 3, only }));
    }
  });

  it('are made again by the command that is told', () => {
    assert.equal(commandOf({ seed: 2, number: 71 }), 'npm run fuzz -- --seed 2 --from 71 --count 1');
    assert.equal(
      commandOf({ seed: 2, number: 71, only: 'scan' }),
      'npm run fuzz -- --seed 2 --from 71 --count 1 --target scan',
    );
  });

  it('have random choices that neighbouring numbers and seeds do not share', () => {
    const firsts = [0, 1, 2].flatMap((seed) =>
      Array.from({ length: 100 }, (_, number) => randomOf(seed, number).next()),
    );
    assert.equal(new Set(firsts).size, 300);
    assert.ok(Math.abs(firsts.reduce((sum, value) => sum + value, 0) / 300 - 0.5) < 0.06);
  });
});

describe('the mutators of logs', () => {
  const log = '2024-05-13 06:30:00,123 INFO [main] read blk_1 of 512 bytes\n2024-05-13 06:30:01,000 WARN slow disk\n';
  const other = '{"level":30,"msg":"hello"}\n';

  for (const { name, apply } of [...BYTE_MUTATORS, ...LINE_MUTATORS, ...TEXT_MUTATORS, ...ENCODING_MUTATORS]) {
    it(`change a log the same way each time: ${name}`, () => {
      const results = Array.from({ length: 40 }, (_, seed) => apply(log, new InputRandom(seed), other));
      results.forEach((result, seed) => {
        assert.equal(apply(log, new InputRandom(seed), other), result);
        // One character a byte, so that it can be written as it is.
        assert.match(result, /^[\0-\xff]*$/);
      });
      assert.ok(results.some((result) => result !== log));
      assert.doesNotThrow(() => apply('', new InputRandom(1), ''));
    });
  }
});
