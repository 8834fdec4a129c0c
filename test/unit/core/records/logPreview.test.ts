import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NotTextError } from '../../../../src/core/input/byteDecoder';
import { previewOf } from '../../../../src/core/records/logPreview';
import { LogProbe } from '../../../../src/core/scan/logProbe';
import { RecordReader, type RecordReaderOptions } from '../../../../src/core/records/recordReader';
import { cut, places, text } from '../../../support/bytes';
import { EVERYDAY_LOGS } from '../../../support/everydayLogs';

describe('previewOf', () => {
  /** What a reader gives out, and after which of the pieces first. */
  function read(pieces: readonly Uint8Array[], options: RecordReaderOptions): { records: string[]; first: number } {
    const records: string[] = [];
    const reader = new RecordReader(
      {
        onRecord: (bytes, start, end, line) => records.push(`${line} ${text(bytes, start, end)}`),
        onContinuation: (line) => records.push(`+${line}`),
        onTrace: (signature, line) => records.push(`trace ${line} ${signature}`),
      },
      options,
    );
    let first = 0;
    pieces.forEach((piece, i) => {
      reader.push(piece);
      first ||= records.length > 0 ? i + 1 : 0;
    });
    reader.finish();
    return { records, first };
  }

  it('makes no difference to what is read, in any encoding and pieces, and has nothing held back', () => {
    const logs = EVERYDAY_LOGS.map((log) => log.write(3, log.faults[0]).text);
    const encoding = fc.constantFrom('utf8', 'bom', 'utf16le', 'hole', 'odd');
    fc.assert(
      fc.property(fc.nat(logs.length - 1), encoding, places, (log, as, at) => {
        const own = logs[log];
        const bytes = {
          utf8: () => Buffer.from(own),
          bom: () => Buffer.from(`\ufeff${own}`),
          utf16le: () => Buffer.from(`\ufeff${own}`, 'utf16le'),
          hole: () => Buffer.concat([Buffer.alloc(5000), Buffer.from(own)]),
          odd: () => Buffer.concat([Buffer.alloc(7), Buffer.from(own)]),
        }[as]();
        const hole = { hole: 5000, odd: 6 }[as as string] ?? 0;
        const { preview } = new LogProbe(bytes);
        const expected = read([Buffer.from(own)], { year: 2025, preview: previewOf(Buffer.from(own)) }).records;
        assert.deepEqual(read(cut(bytes, at), { year: 2025, preview }).records, expected);
        const lines = Array.from({ length: Math.ceil(bytes.length / 2000) }, (_, i) =>
          bytes.subarray(2000 * i, 2000 * (i + 1)),
        );
        // Some formats wait for a second line, and stack traces for their ends.
        assert.ok(read(lines, { year: 2025, preview }).first <= 5 + Math.ceil(hole / 2000));
      }),
      { seed: 5, numRuns: 20 },
    );
  });

  it('refuses what is no text', () => {
    assert.throws(() => previewOf(Uint8Array.from({ length: 999 }, (_, i) => i & 15)), NotTextError);
  });
});
