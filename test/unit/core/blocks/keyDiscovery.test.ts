import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { discoverSessionKey, SAMPLE_RECORDS } from '../../../../src/core/blocks/keyDiscovery';
import { LearningEvents } from '../../../../src/core/templates/eventSource';
import { Random } from '../../../../src/core/numeric/random';
import { utf8 } from '../../../support/bytes';
import { sharedData, skipWithoutSharedData } from '../../../support/sharedData';

/** The session key of a log of one record a line. */
function keyOf(lines: readonly string[]): ReturnType<typeof discoverSessionKey> {
  const events = new LearningEvents();
  const sample = lines.slice(0, SAMPLE_RECORDS);
  const provisional = sample.map((line) => events.eventOf(utf8(line), 0, utf8(line).length));
  const { eventOf } = events.miner.finish();
  return discoverSessionKey(sample.map((text, i) => ({ text, event: eventOf[provisional[i]] })));
}

/** Stories of `steps`, five at a time: in each step a random one of them goes on. */
function interleaved(count: number, steps: (id: number, random: Random) => string[]): string[] {
  const random = new Random(5);
  const lines: string[] = [];
  const open: string[][] = [];
  for (let id = 0; id < count || open.length > 0;) {
    if (open.length < 5 && id < count) {
      open.push(steps(1000 + 37 * id++, random));
      continue;
    }
    const story = open[random.below(open.length)];
    lines.push(story.shift()!);
    if (story.length === 0) {
      open.splice(open.indexOf(story), 1);
    }
  }
  return lines;
}

describe('discoverSessionKey', () => {
  it('finds the id of interleaved stories and says why', () => {
    const lines = interleaved(60, (id) => [
      `order ${id} placed`,
      `payment of order ${id} accepted`,
      `order ${id} packed`,
      `order ${id} left the house`,
    ]);
    const found = keyOf(lines);
    assert.equal(found?.pattern, 'order\\s+(\\d+)');
    assert.match(
      found?.reason ?? '',
      /^The number after `order` groups 100 % of the first 240 records into 60 sessions /,
    );
  });

  it('prefers the key that tells the whole story to one that tells a step', () => {
    const lines = interleaved(60, (id, random) => {
      const steps = ['claim', 'create image', 'start', 'pause', 'resume', 'stop', 'delete files', 'gone'];
      let request = 0;
      return steps.map((step, i) => {
        request = i % 4 === 0 ? random.below(1e9) : request;
        return `[req-${request}] [instance: vm-${id}] ${step}`;
      });
    });
    assert.equal(keyOf(lines)?.pattern, 'vm-\\d+');
  });

  for (const [what, line] of [
    [
      'parameters of single messages',
      (i: number) => [`size ${i * 7919} written`, `port ${(i * 31) % 977} open`][i % 2],
    ],
    ['hosts', (i: number) => `node-${(i * 7) % 40}: ${['up', 'link lost', 'fan slow', 'hot', 'idle'][(i * i) % 5]}`],
    ['threads', (i: number) => `[exec-${i % 8}] ${['begin', 'query', 'render', 'end'][(i >> 3) % 4]} of page`],
    ['dates', (i: number) => `Jul ${1 + Math.floor(i / 30)} ${['begin', 'work', 'rest', 'end'][i % 4]} of day`],
    ['nothing', () => 'tick'],
  ] as const) {
    it(`does not take ${what} for sessions`, () => {
      assert.equal(keyOf(Array.from({ length: 1000 }, (_, i) => line(i))), undefined);
    });
  }

  it('finds nothing in nothing', () => {
    assert.equal(keyOf([]), undefined);
  });

  describe('on real logs', () => {
    const lines = (file: string): string[] => {
      const bytes = readFileSync(sharedData(file)!);
      const whole = file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
      return whole
        .toString('utf8')
        .split(/\r?\n/)
        .filter((line) => line !== '');
    };

    it('finds the block of HDFS, the instance of OpenStack nova and nothing in BGL', function () {
      skipWithoutSharedData(this);
      assert.equal(keyOf(lines('hdfs/HDFS_dev.log.gz'))?.pattern, 'blk_-?\\d+');
      assert.match(keyOf(lines('openstack/nova_dev.log.gz'))?.pattern ?? '', /^instance:\\s\+\(\[0-9a-fA-F\]\{8\}-/);
      assert.equal(keyOf(lines('bgl/BGL_dev.log.gz')), undefined);
    });

    /** Records that a program sees of the beginning of a log, about. */
    const SEEN = 8000;

    /** The keys that are found from places of a log that are equally far apart. */
    const keysFrom = (all: readonly string[], places = 20): Set<string | undefined> => {
      const step = Math.max(0, Math.floor((all.length - SEEN) / places));
      const starts = step === 0 ? [0] : Array.from({ length: places }, (_, i) => i * step);
      return new Set(starts.map((start) => keyOf(all.slice(start, start + SEEN))?.pattern));
    };

    for (const [file, beginning] of [
      ['hdfs/HDFS_dev.log.gz', 'blk_'],
      ['openstack/nova_dev.log.gz', 'instance:'],
    ] as const) {
      it(`finds the same from any place of ${file}`, function () {
        skipWithoutSharedData(this);
        const [found, ...others] = keysFrom(lines(file));
        assert.ok(found?.startsWith(beginning), found);
        assert.deepEqual(others, []);
      });
    }

    it('finds nothing from any place of BGL and of what builds write', function () {
      skipWithoutSharedData(this);
      assert.deepEqual([...keysFrom(lines('bgl/BGL_dev.log.gz'))], [undefined]);
      const folder = sharedData('ci_pairs')!;
      const builds = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
        /\.(?:good|fail)$/.test(file),
      );
      assert.ok(builds.length >= 8);
      builds.forEach((file) => assert.deepEqual([...keysFrom(lines(`ci_pairs/${file}`), 3)], [undefined], file));
    });

    for (const system of [
      'Android',
      'Apache',
      'HPC',
      'HealthApp',
      'Mac',
      'Proxifier',
      'Spark',
      'Thunderbird',
      'Windows',
    ]) {
      it(`finds nothing in ${system}`, function () {
        skipWithoutSharedData(this);
        assert.equal(keyOf(lines(`formats/loghub_2k/${system}/${system}_2k.log`)), undefined);
      });
    }
  });
});
