import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { discoverSessionKey } from '../../../../src/core/blocks/keyDiscovery';
import { BEGINNING_BYTES, LogProbe } from '../../../../src/core/scan/logProbe';
import { atOnce } from '../../../../src/core/patterns/steps';
import { LearningEvents } from '../../../../src/core/templates/eventSource';
import { utf8 } from '../../../support/bytes';
import { sharedData, skipWithoutSharedData } from '../../../support/sharedData';

const STARTS = 20;

function patternOf(beginning: Uint8Array): string | undefined {
  const probe = new LogProbe(beginning);
  const { sample } = atOnce(probe.firstRecords({ preview: probe.preview }, new LearningEvents()));
  return discoverSessionKey(sample)?.pattern;
}

/** The patterns found from equidistant lines of a log, each with as many bytes behind it as the programs look at. */
function patternsOf(file: string): Set<string | undefined> {
  const bytes = gunzipSync(readFileSync(sharedData(file)!));
  const found = new Set<string | undefined>();
  for (let i = 0; i < STARTS; i++) {
    const at = i === 0 ? 0 : bytes.indexOf(0x0a, Math.floor((i * (bytes.length - BEGINNING_BYTES)) / STARTS)) + 1;
    found.add(patternOf(bytes.subarray(at, at + BEGINNING_BYTES)));
  }
  return found;
}

describe('the session key of a log', () => {
  it('finds the same key from wherever a log is read, and none in a log that has none', function () {
    this.timeout(120_000);
    skipWithoutSharedData(this);
    assert.deepEqual([...patternsOf('hdfs/HDFS_dev.log.gz')], ['blk_-?\\d+']);
    assert.match([...patternsOf('openstack/nova_dev.log.gz')].join(' and '), /^instance:[^ ]*$/);
    assert.deepEqual([...patternsOf('bgl/BGL_dev.log.gz')], [undefined]);
  });

  it('takes no number in the output of a run for a session', () => {
    const progress = Array.from({ length: 101 }, (_, i) =>
      ['remote: Counting objects', 'remote: Compressing objects', 'Receiving objects', 'Resolving deltas'].map(
        (step, k) => `${step}: ${String((i + 7 * k) % 101).padStart(3)}% (${i * 9}/912)`,
      ),
    ).flat();
    const build = ['$ git clone https://example.org/shop.git', ...progress, 'npm ERR! Test failed.', '$ npm test'];
    const marks = Array.from({ length: 40 }, (_, i) => `npm WARN deprecated package-${i}@1.0.${i}: no longer kept`);
    assert.equal(patternOf(utf8([...build, ...marks].join('\n'))), undefined);
  });
});
