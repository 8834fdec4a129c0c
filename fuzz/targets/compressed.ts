import { openLogFile } from '../../src/node/files/logSource';
import { REPETITIVE, SHORT, zipOf } from '../../test/support/compressed';
import { fromBinary, toBinary } from '../binary';
import { demand } from '../fault';
import type { FuzzCase } from '../fuzzCase';
import { BYTE_MUTATORS } from '../logs/byteMutators';
import { refusable } from '../oracles/refusal';
import type { InputRandom } from '../random';

/** No input here holds more, and none may give more. */
const MAX_BYTES = 64 << 20;

/** Compressed bytes of each kind, also one in another, spoilt or whole: they are read to their end or refused. */
export function compressedCase(random: InputRandom): FuzzCase {
  const kind = random.pick(Object.keys(SHORT) as (keyof typeof SHORT)[]);
  let bytes: Uint8Array = random.pick([SHORT, SHORT, REPETITIVE])[kind];
  const isZip = random.chance(0.3);
  if (random.chance(0.2)) {
    bytes = Buffer.concat([bytes, random.pick([bytes, SHORT.gzip, SHORT.zstd])]);
  }
  if (isZip) {
    bytes = zipOf([
      { name: 'app.log', content: bytes, stored: random.chance(0.5) },
      ...(random.chance(0.3) ? [{ name: '../../evil.log', content: 'x' }] : []),
    ]);
  }
  const spoilings = random.below(3);
  for (let i = 0; i < spoilings; i++) {
    bytes = fromBinary(random.pick(BYTE_MUTATORS).apply(toBinary(bytes), random, toBinary(SHORT.xz)));
  }
  return {
    description: `${isZip ? 'zip of ' : ''}${kind}, spoilt ${spoilings} times`,
    files: [{ name: 'app.log', bytes }],
    run: (place) =>
      refusable(async () => {
        const source = await openLogFile(place.path('app.log'));
        let length = 0;
        for await (const chunk of source.chunks()) {
          length += chunk.length;
          demand('more bytes than were compressed', length <= MAX_BYTES, () => String(length));
        }
        await source.changes();
      }),
  };
}
