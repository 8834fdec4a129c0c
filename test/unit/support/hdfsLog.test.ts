import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type HdfsBlock, type HdfsLogOptions, hdfsLog } from '../../support/hdfsLog';

const LINE = /^(\d{6} \d{6}) \d+ (INFO|WARN) dfs\.[\w$]+: (.+)$/;

/** Every wording of the log with the letter that stands for it below. */
const WORDINGS: [letter: string, wording: RegExp][] = [
  ['A', /^BLOCK\* NameSystem\.allocateBlock: \/user\/root\/\S+ blk_-?\d+$/],
  ['R', /^Receiving block blk_-?\d+ src: \/[\d.]+:\d+ dest: \/[\d.]+:50010$/],
  ['P', /^PacketResponder [012] for block blk_-?\d+ terminating$/],
  ['B', /^Received block blk_-?\d+ of size \d+ from \/[\d.]+$/],
  ['S', /^BLOCK\* NameSystem\.addStoredBlock: blockMap updated: [\d.]+:50010 is added to blk_-?\d+ size \d+$/],
  ['V', /^[\d.]+:50010 Served block blk_-?\d+ to \/[\d.]+$/],
  ['G', /^[\d.]+:50010:Got exception while serving blk_-?\d+ to \/[\d.]+:$/],
  ['C', /^Verification succeeded for blk_-?\d+$/],
  ['I', /^BLOCK\* NameSystem\.delete: blk_-?\d+ is added to invalidSet of [\d.]+:50010$/],
  ['', /^BLOCK\* ask [\d.]+:50010 to delete {2}blk_-?\d+( blk_-?\d+){0,99}$/],
  ['D', /^Deleting block (blk_-?\d+) file \/mnt\/hadoop\/dfs\/data\/current\/subdir\d+\/\1$/],
  ['x', /^writeBlock blk_-?\d+ received exception java\.io\.IOException: Could not read from stream$/],
  [
    'u',
    /^BLOCK\* NameSystem\.addStoredBlock: Redundant addStoredBlock request received for blk_-?\d+ on \S+ size \d+$/,
  ],
  ['e', /^Receiving empty packet for block blk_-?\d+$/],
  ['q', /^BLOCK\* ask [\d.]+:50010 to replicate blk_-?\d+ to datanode\(s\) [\d.]+:50010$/],
  ['t', /^[\d.]+:50010 Starting thread to transfer block blk_-?\d+ to [\d.]+:50010$/],
  ['T', /^[\d.]+:50010:Transmitted block blk_-?\d+ to \/[\d.]+:50010$/],
  ['b', /^Received block blk_-?\d+ src: \/[\d.]+:\d+ dest: \/[\d.]+:50010 of size \d+$/],
  ['d', /^Unexpected error trying to delete block blk_-?\d+\. BlockInfo not found in volumeMap\.$/],
  [
    'n',
    /^BLOCK\* NameSystem\.addStoredBlock: addStoredBlock request received for blk_-?\d+ on \S+ size \d+ But it does not belong to any file\.$/,
  ],
];

/** What must be in the life of a block with each fault, and is not in that of a normal one. */
const SIGNS: Record<NonNullable<HdfsBlock['fault']>, RegExp> = {
  writeFailed: /^(ARR|RAR|RRA)x$/,
  abandoned: /^(AR|RA)$/,
  redundantReport: /u/,
  emptyPackets: /ePB.*ePB.*ePB/,
  lateReplication: /qtRbTSS.*IIIIDDDD$/,
  deletedTwice: /DDdD$/,
  reportedAfterDelete: /DDnSD$/,
};

/** The lives of the blocks of a log as letters, and the number of lines that name several blocks. */
function lives(options: HdfsLogOptions): { blocks: HdfsBlock[]; lifeOf: Map<string, string>; shared: number } {
  const blocks: HdfsBlock[] = [];
  const lifeOf = new Map<string, string>();
  let shared = 0;
  let last = '';
  for (const line of hdfsLog(options, (block) => blocks.push(block))) {
    const [, time, , message] = LINE.exec(line) ?? assert.fail(`no HDFS line: ${line}`);
    assert.ok(time >= last, 'times never go back');
    last = time;
    const fitting = WORDINGS.filter(([, wording]) => wording.test(message));
    assert.equal(fitting.length, 1, message);
    const ids = new Set(message.match(/blk_-?\d+/g));
    shared += ids.size > 1 ? 1 : 0;
    ids.forEach((id) => lifeOf.set(id, (lifeOf.get(id) ?? '') + fitting[0][0]));
  }
  return { blocks, lifeOf, shared };
}

describe('hdfsLog', () => {
  const { blocks, lifeOf, shared } = lives({ seed: 11, blocks: 2000, anomalousShare: 0.1 });

  it('names every block once as it comes into being, and no other in a line', () => {
    assert.equal(blocks.length, 2000);
    assert.deepEqual([...lifeOf.keys()].sort(), blocks.map(({ id }) => id).sort());
  });

  it('lets normal blocks live as the protocol has it', () => {
    for (const { id, fault } of blocks) {
      if (fault === undefined) {
        const life = lifeOf.get(id) ?? '';
        const closing = '(?=(S*(PB)){3})(?=((PB)*S){3})[PBS]{9}';
        assert.match(life, new RegExp(`^(ARRR|RARR|RRAR|RRRA)${closing}([GV]{3}|[GV]{6})?C?(IIIDDD)?$`));
      }
    }
  });

  it('makes about the wanted share anomalous, in all the ways there are, each with its sign', () => {
    const faulty = blocks.filter(({ fault }) => fault !== undefined);
    assert.ok(faulty.length > 150 && faulty.length < 250, `${faulty.length} of 2000`);
    assert.deepEqual(new Set(faulty.map(({ fault }) => fault)), new Set(Object.keys(SIGNS)));
    for (const { id, fault } of faulty) {
      assert.match(lifeOf.get(id) ?? '', SIGNS[fault ?? assert.fail()], fault);
    }
  });

  it('has lines that name many blocks', () => assert.ok(shared > 100));

  it('interleaves blocks', () => {
    const first = [...hdfsLog({ seed: 2, blocks: 50, anomalousShare: 0 })].slice(0, 200);
    const ids = first.map((line) => /blk_-?\d+/.exec(line)?.[0]);
    const switches = ids.filter((id, i) => i > 0 && id !== ids[i - 1]).length;
    assert.ok(switches > 50, `${switches} changes of block in 200 lines`);
  });

  it('depends on the seed alone', () => {
    const log = (seed: number): string => [...hdfsLog({ seed, blocks: 40, anomalousShare: 0.2 })].join('\n');
    assert.equal(log(3), log(3));
    assert.notEqual(log(3), log(4));
  });

  it('goes on for as long as it is asked', () => {
    const lines = hdfsLog({ seed: 1, blocks: Infinity, anomalousShare: 0.03 });
    for (let i = 0; i < 50_000; i++) {
      assert.equal(lines.next().done, false);
    }
  });
});

describe('samples/hdfs-small', () => {
  it('is what scripts/generateSample.mjs writes', () => {
    const labels = ['BlockId,Label'];
    const note = ({ id, fault }: HdfsBlock): unknown => labels.push(`${id},${fault ? 'Anomaly' : 'Normal'}`);
    const lines = [...hdfsLog({ seed: 1, blocks: 105, anomalousShare: 0.08 }, note)];
    assert.equal(readFileSync('samples/hdfs-small.log', 'utf8'), `${lines.join('\n')}\n`);
    assert.equal(readFileSync('samples/hdfs-small-labels.csv', 'utf8'), `${labels.join('\n')}\n`);
  });
});
