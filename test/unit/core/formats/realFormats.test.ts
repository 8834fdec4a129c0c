import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NotTextError } from '../../../../src/core/input/byteDecoder';
import type { RecordReader } from '../../../../src/core/records/recordReader';
import type { RecordSink } from '../../../../src/core/records/recordSink';
import { goldenDifferences, goldenFile, type GoldenFile } from '../../../support/goldenFormats';
import { recordReader } from '../../../support/records';
import { sharedData, skipWithoutSharedData } from '../../../support/sharedData';

/** Holds no text of the logs: what was found in them, by places, values and checksums. UPDATE_GOLDEN=1 writes it anew. */
const GOLDEN = path.resolve('test/golden/formats.json');

describe('real logs of many formats', () => {
  before(function () {
    skipWithoutSharedData(this);
  });

  it('are read as the golden outputs say', function () {
    this.timeout(60_000);
    const expected = JSON.parse(readFileSync(GOLDEN, 'utf8')) as GoldenFile[];
    assert.ok(expected.length >= 40);
    const actual = expected.map(({ path: name }) => {
      const file = sharedData(name);
      assert.ok(file !== undefined, `${name} is missing`);
      return goldenFile(name, file);
    });
    if (process.env.UPDATE_GOLDEN === '1') {
      writeFileSync(GOLDEN, `${JSON.stringify(actual, undefined, 2)}\n`);
    } else {
      const differences = actual.flatMap((each, i) => goldenDifferences(each, expected[i]));
      assert.equal(differences.length, 0, `${differences.length} differences:\n${differences.slice(0, 40).join('\n')}`);
    }
  });

  it('are all read to the end, every line accounted for', function () {
    this.timeout(120_000);
    const folder = sharedData('formats');
    assert.ok(folder !== undefined);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    assert.ok(files.length > 400);
    const refused: string[] = [];
    for (const entry of files) {
      let lines = 0;
      let leading = 0;
      const bytes = readFileSync(path.join(entry.parentPath, entry.name));
      const sink: RecordSink = {
        onRecord: (_bytes, _start, _end, line) => {
          leading = lines === 0 ? line - 1 : leading;
          lines++;
        },
        onContinuation: () => lines++,
        onTrace: () => undefined,
      };
      let reader: RecordReader;
      try {
        reader = recordReader(bytes, sink);
        reader.push(bytes);
        reader.finish();
      } catch (error) {
        assert.ok(error instanceof NotTextError);
        refused.push(entry.name);
        continue;
      }
      // Blank lines before the first record belong to none.
      assert.equal(lines === 0 ? 0 : lines + leading, lines === 0 ? 0 : reader.lines, entry.name);
    }
    // A sample of all control bytes.
    assert.deepEqual(refused, ['textfile_ctrl.0']);
  });
});
