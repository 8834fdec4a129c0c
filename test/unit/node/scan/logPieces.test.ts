import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { openLog, type LogSource } from '../../../../src/node/files/logSource';
import { LogScanner } from '../../../../src/node/scan/scanLog';
import { cut, places } from '../../../support/bytes';
import { listed } from '../../../support/listed';
import { temporaryFolder } from '../../../support/temporaryFolder';
import { writeTinyBundle } from '../../../support/tinyBundle';

describe('a log in pieces', () => {
  const at = temporaryFolder();

  // Sixteen lines of other kind are exactly as much as decides on a model; what follows would be read by one.
  const undecided = `${`${'x'.repeat((1 << 16) - 1)}\n`.repeat(16)}${'INFO open key_1\nINFO read key_1\n'.repeat(4000)}`;
  const sample = readFileSync('samples/hdfs-small.log', 'latin1').repeat(5);
  const unsupervised = { unsupervised: true };
  const logFormat = '<Date> <Time> <Pid> <Level> <Component>: <Content>';
  for (const [name, content, settings] of [
    ['on whose beginning it depends which model reads it', Buffer.from(undecided), {}],
    ['that is judged without labels', Buffer.from(sample), unsupervised],
    ['in UTF-16', Buffer.from(`\ufeff${sample}`, 'utf16le'), unsupervised],
    ['behind a hole', Buffer.concat([Buffer.alloc(4097), Buffer.from(sample)]), unsupervised],
    ['in a format and with a session key that are given', Buffer.from(sample), { logFormat, sessionKey: 'blk_-?\\d+' }],
  ] as const) {
    it(`gives the findings and notes of the file, ${name}`, async () => {
      const scanner = new LogScanner(at('models'));
      writeTinyBundle(at('models', 'tiny'));
      writeFileSync(at('a.log'), content);
      writeFileSync(at('a.log.gz'), gzipSync(content));
      const scan = async (source: LogSource) => listed((await scanner.scan(source, settings)).verdict);
      try {
        const source = await openLog(at('a.log'));
        const expected = await scan(source);
        assert.deepEqual(await scan(await openLog(at('a.log.gz'))), expected);
        await fc.assert(
          fc.asyncProperty(places, async (ends) => {
            const pieces = cut(content, ends);
            const chunks = async function* () {
              yield* pieces;
            };
            const found = await scan({ ...source, file: undefined, chunks, changes: async () => [] });
            assert.deepEqual(found, expected);
          }),
          { seed: 10, numRuns: 5 },
        );
      } finally {
        await scanner.release();
      }
    });
  }
});
