import assert from 'node:assert/strict';
import { chosenFormat } from '../../../../src/core/formats/chosenFormat';
import { LONGEST_UNIT } from '../../../../src/core/input/bytes';
import { NotTextError } from '../../../../src/core/input/byteDecoder';
import { BEGINNING_BYTES, LogProbe } from '../../../../src/core/scan/logProbe';
import { utf8 } from '../../../support/bytes';

describe('LogProbe', () => {
  it('looks at the first MiB, behind a hole', () => {
    const bytes = Buffer.alloc(BEGINNING_BYTES + 10, 'x');
    assert.ok(bytes.subarray(0, BEGINNING_BYTES).equals(new LogProbe(bytes).beginning));
    for (const nuls of [1, 2, 4097]) {
      const { beginning } = new LogProbe(Buffer.concat([Buffer.alloc(nuls), bytes]));
      const odd = nuls % LONGEST_UNIT;
      assert.ok(
        Buffer.concat([Buffer.alloc(odd), bytes])
          .subarray(0, BEGINNING_BYTES)
          .equals(beginning),
        `${nuls}`,
      );
    }
  });

  it('has nothing to look at in a hole that nothing follows yet', () => {
    for (const nuls of [0, 1, 2]) {
      const { beginning, preview } = new LogProbe(new Uint8Array(nuls));
      assert.equal(beginning.length, 0);
      assert.deepEqual(preview.format.formats, []);
    }
  });

  it('detects the format once, and none where one is given', () => {
    const probe = new LogProbe(utf8('2025-01-01 10:00:00 INFO app - x\n'.repeat(9)));
    assert.equal(probe.preview, probe.preview);
    assert.equal(probe.preview.isGiven, false);
    const given = chosenFormat('hdfs');
    assert.deepEqual(probe.previewAs(given), { ...probe.preview, format: given, isGiven: true });
  });

  it('refuses what is no text once its lines are asked for', () => {
    const probe = new LogProbe(Uint8Array.from({ length: 999 }, (_, i) => 1 + (i & 7)));
    assert.equal(probe.text.text, false);
    assert.throws(() => probe.preview, NotTextError);
  });
});
