import { Random } from '../../src/core/numeric/random';
import { TimeQueue } from './timeQueue';

/** What goes wrong in the life of an anomalous block. */
type Fault =
  | 'writeFailed'
  | 'abandoned'
  | 'redundantReport'
  | 'emptyPackets'
  | 'lateReplication'
  | 'deletedTwice'
  | 'reportedAfterDelete';

const FAULTS: readonly Fault[] = [
  'writeFailed',
  'redundantReport',
  'deletedTwice',
  'abandoned',
  'lateReplication',
  'emptyPackets',
  'reportedAfterDelete',
];

const SHOWN_BY_DELETION: ReadonlySet<Fault> = new Set(['lateReplication', 'deletedTwice', 'reportedAfterDelete']);

export interface HdfsLogOptions {
  /** Equal seeds give equal logs. */
  seed: number;
  /** How many blocks live in the log, about 21 lines each; Infinity for a log without end. */
  blocks: number;
  /** Share of the blocks that are anomalous, 0…1; the faults come in turn. */
  anomalousShare: number;
}

/** A block of the log and the truth about it. */
export interface HdfsBlock {
  /** `blk_…` */
  id: string;
  /** Undefined for a normal block. */
  fault: Fault | undefined;
}

/**
 * Invents the log of a small HDFS cluster in the wording of Hadoop 0.18, line by line: `date time thread level
 * component: message`. Blocks are allocated, written to three datanodes, stored, read, verified and deleted as the
 * protocol has it, interleaved by time as in a real log; a line `BLOCK* ask … to delete` names many blocks. Names,
 * addresses, sizes and times are made up. Memory stays constant however long the log gets: at most the blocks alive
 * within half an hour of log time are held.
 * @param onBlock told of every block when it comes into being
 */
export function* hdfsLog(options: HdfsLogOptions, onBlock?: (block: HdfsBlock) => void): Generator<string> {
  yield* new Cluster(options, onBlock).run();
}

const EPOCH = Date.UTC(2024, 2, 4, 20, 35, 30);
const DATANODES = 14;
const BLOCK_SIZE = 67_108_864;
/** A namenode asks a datanode to delete at most this many blocks at once (`blockInvalidateLimit`). */
const DELETIONS_PER_LINE = 100;

const XCEIVER = 'dfs.DataNode$DataXceiver';
const RESPONDER = 'dfs.DataNode$PacketResponder';
const NAMESYSTEM = 'dfs.FSNamesystem';
const DATASET = 'dfs.FSDataset';

/**
 * In which order the lines of a write reach the log. `A` allocate, `R` a replica is being received; then, when the data
 * are written, `P` a datanode closes (two lines) and `S` the namenode has stored a replica. The orders differ because
 * datanodes report over the network while the namenode logs at once.
 */
const OPENINGS = ['RRRA', 'RRRA', 'RARR', 'RRAR'];
const CLOSINGS = ['PPPSSS', 'PPPSSS', 'PPPSSS', 'PPSSPS', 'PSPPSS'];
/** A block whose allocation is logged first is usually also reported as stored before its writers close. */
const EARLY_OPENING = 'ARRR';
const EARLY_CLOSINGS = ['SSSPPP', 'SSSPPP', 'PPPSSS'];
/** Reads: `G` a reader goes away in mid-block (an exception that is part of everyday life), `V` a block is served. */
const READS = ['GVG', 'GGV', 'VVGVVG'];

interface Line {
  thread: number;
  /** Level, component and message. */
  text: string;
}

interface Block extends HdfsBlock {
  size: number;
  /** Addresses of the replicas; the first datanode writes through to the next. */
  nodes: string[];
  /** Number of the thread that receives the first replica. */
  thread: number;
  /** When the last line before its deletion is written. */
  written: number;
}

/** A program whose output files are written together and deleted together. */
interface Job {
  number: number;
  blocks: Block[];
  /** Blocks still to be written. */
  left: number;
}

class Cluster {
  private readonly random: Random;
  /** Lines to be written, and what the cluster does, by time in seconds. */
  private readonly queue = new TimeQueue<Line | (() => void)>();
  private readonly nodes: string[];
  private now = 0;
  private begun = 0;
  private anomalies = 0;
  private threads = 140;
  private jobs = 0;
  private job: Job;

  constructor(
    private readonly options: HdfsLogOptions,
    private readonly onBlock: ((block: HdfsBlock) => void) | undefined,
  ) {
    this.random = new Random(options.seed);
    this.nodes = Array.from({ length: DATANODES }, (_, i) => `10.20.${30 + (i % 3)}.${11 + i * 7}`);
    this.job = this.beginJob();
  }

  *run(): Generator<string> {
    let nextBlock = 0;
    for (;;) {
      if (this.begun < this.options.blocks && nextBlock <= this.queue.nextTime) {
        this.now = nextBlock;
        this.beginBlock();
        nextBlock += this.between(1, 9);
        continue;
      }
      const time = this.queue.nextTime;
      const item = this.queue.pop();
      if (item === undefined) {
        return;
      }
      this.now = time;
      if (typeof item === 'function') {
        item();
      } else {
        yield `${timestamp(time)} ${item.thread} ${item.text}`;
      }
    }
  }

  private beginJob(): Job {
    return { number: this.jobs++, blocks: [], left: 8 + this.random.below(40) };
  }

  private beginBlock(): void {
    this.begun++;
    const fault =
      this.random.next() < this.options.anomalousShare ? FAULTS[this.anomalies++ % FAULTS.length] : undefined;
    const nodes = new Set<string>();
    while (nodes.size < 3) {
      nodes.add(this.pick(this.nodes));
    }
    const block: Block = {
      id: `blk_${BigInt.asIntN(64, (BigInt(this.random.below(2 ** 32)) << 32n) | BigInt(this.random.below(2 ** 32)))}`,
      fault,
      size: this.random.next() < 0.9 ? BLOCK_SIZE : 1_000_000 + this.random.below(BLOCK_SIZE - 1_000_000),
      nodes: [...nodes],
      thread: (this.threads += 3),
      written: 0,
    };
    this.onBlock?.({ id: block.id, fault });
    this.write(block);
    if (fault !== 'writeFailed' && fault !== 'abandoned') {
      this.job.blocks.push(block);
    }
    if (--this.job.left === 0 || this.begun === this.options.blocks) {
      this.endJob();
    }
  }

  /** Plans the lines of a block from its allocation to the day it is verified. */
  private write(block: Block): void {
    const { random } = this;
    const { fault } = block;
    const early = random.next() < 0.3;
    const opening = this.openingOf(fault, early ? EARLY_OPENING : this.pick(OPENINGS));
    let replica = 0;
    let time = this.now;
    for (const step of opening) {
      time += random.next();
      if (step === 'A') {
        this.namesystem(time, `BLOCK* NameSystem.allocateBlock: ${this.path(block)} ${block.id}`);
      } else {
        const from = replica === 0 ? this.pick(this.nodes) : block.nodes[replica - 1];
        this.receiving(time, block, replica++, from);
      }
    }
    if (fault === 'abandoned') {
      return;
    }
    time += this.between(20, 60);
    if (fault === 'writeFailed') {
      const cause = 'java.io.IOException: Could not read from stream';
      this.line(time, block.thread, `INFO ${XCEIVER}: writeBlock ${block.id} received exception ${cause}`);
      return;
    }
    time = this.close(block, early && fault === undefined ? this.pick(EARLY_CLOSINGS) : this.pick(CLOSINGS), time);
    if (fault === 'lateReplication') {
      time = this.replicate(block, time + this.between(5, 30));
    }
    if (fault === undefined && random.next() < 0.15) {
      time = this.read(block, this.pick(READS), time);
    }
    if (fault === undefined && random.next() < 0.15) {
      time += this.between(10, 200);
      this.line(time, 13, `INFO dfs.DataBlockScanner: Verification succeeded for ${block.id}`);
    }
    block.written = time;
  }

  /** A failed write ends before all replicas are under way. */
  private openingOf(fault: Fault | undefined, opening: string): string {
    if (fault === 'abandoned') {
      return opening.startsWith('A') ? 'AR' : 'RA';
    }
    return fault === 'writeFailed' ? opening.replace('R', '') : opening;
  }

  private close(block: Block, closing: string, start: number): number {
    let time = start;
    let closed = 0;
    let stored = 0;
    for (const step of closing) {
      time += 0.6 * this.random.next();
      if (step === 'P') {
        const thread = block.thread + closed + 1;
        if (block.fault === 'emptyPackets') {
          this.line(time, thread, `INFO dfs.DataNode$BlockReceiver: Receiving empty packet for block ${block.id}`);
        }
        this.line(time, thread, `INFO ${RESPONDER}: PacketResponder ${closed} for block ${block.id} terminating`);
        const from = block.nodes[closed++];
        this.line(time, thread, `INFO ${RESPONDER}: Received block ${block.id} of size ${block.size} from /${from}`);
      } else {
        // The last replica of a late block gets lost on its way; it is reported when the block was replicated anew.
        if (block.fault !== 'lateReplication' || stored < 2) {
          this.stored(time, block, block.nodes[stored]);
        }
        stored++;
      }
    }
    if (block.fault === 'redundantReport') {
      const report = `Redundant addStoredBlock request received for ${block.id} on ${block.nodes[0]}:50010`;
      const text = `WARN ${NAMESYSTEM}: BLOCK* NameSystem.addStoredBlock: ${report} size ${block.size}`;
      this.line(time + 1, this.namenodeThread(), text);
    }
    return time + 1;
  }

  /** The namenode misses a replica and has one copied; then the missing one turns up, so that there are four. */
  private replicate(block: Block, start: number): number {
    const source = block.nodes[0];
    const target = this.pick(this.nodes.filter((node) => !block.nodes.includes(node)));
    const transfer = `${block.id} to ${target}:50010`;
    this.line(
      start,
      19,
      `INFO ${NAMESYSTEM}: BLOCK* ask ${source}:50010 to replicate ${block.id} to datanode(s) ${target}:50010`,
    );
    this.line(start + 1, 19, `INFO dfs.DataNode: ${source}:50010 Starting thread to transfer block ${transfer}`);
    const port = this.port();
    const thread = block.thread + 2;
    this.line(
      start + 2,
      thread,
      `INFO ${XCEIVER}: Receiving block ${block.id} src: /${source}:${port} dest: /${target}:50010`,
    );
    const received = `Received block ${block.id} src: /${source}:${port} dest: /${target}:50010 of size ${block.size}`;
    this.line(start + 9, thread, `INFO ${XCEIVER}: ${received}`);
    const transmitted = `${source}:50010:Transmitted block ${block.id} to /${target}:50010`;
    this.line(start + 9, block.thread, `INFO dfs.DataNode$DataTransfer: ${transmitted}`);
    this.stored(start + 11, block, target);
    this.stored(start + 30, block, block.nodes[2]);
    block.nodes.push(target);
    return start + 30;
  }

  private read(block: Block, reads: string, start: number): number {
    let time = start;
    for (const step of reads) {
      time += this.between(5, 60);
      const node = this.pick(block.nodes);
      const thread = block.thread + 2;
      if (step === 'V') {
        this.line(
          time,
          thread,
          `INFO ${XCEIVER}: ${node}:50010 Served block ${block.id} to /${this.pick(block.nodes)}`,
        );
      } else {
        const to = this.pick(this.nodes);
        this.line(time, thread, `WARN ${XCEIVER}: ${node}:50010:Got exception while serving ${block.id} to /${to}:`);
      }
    }
    return time;
  }

  /** The job's blocks have all begun: some time after their last line the output is deleted, or kept for good. */
  private endJob(): void {
    const { blocks, number } = this.job;
    const written = blocks.reduce((latest, block) => Math.max(latest, block.written), this.now);
    // Of the first jobs one is deleted and one is kept, so that also a short log shows both.
    const isDeleted = number === 0 || (number !== 1 && this.random.next() < 0.7);
    if (isDeleted) {
      this.queue.push(written + this.between(60, 600), () => this.deleteOutput(blocks));
    }
    // Faults that show on deletion need one; that a block has four replicas is none before.
    const late = blocks.filter(({ fault }) => fault !== undefined && SHOWN_BY_DELETION.has(fault));
    if (!isDeleted && late.length > 0) {
      this.queue.push(written + this.between(60, 600), () => this.deleteOutput(late));
    }
    this.job = this.beginJob();
  }

  private deleteOutput(blocks: readonly Block[]): void {
    const byNode = new Map<string, string[]>();
    for (const block of blocks) {
      for (const node of block.nodes) {
        this.namesystem(this.now, `BLOCK* NameSystem.delete: ${block.id} is added to invalidSet of ${node}:50010`);
        byNode.set(node, [...(byNode.get(node) ?? []), block.id]);
      }
    }
    const asked = this.now + this.between(2, 20);
    for (const [node, ids] of byNode) {
      for (let i = 0; i < ids.length; i += DELETIONS_PER_LINE) {
        const names = ids.slice(i, i + DELETIONS_PER_LINE).join(' ');
        this.line(asked, 19, `INFO ${NAMESYSTEM}: BLOCK* ask ${node}:50010 to delete  ${names}`);
      }
    }
    blocks.forEach((block) => this.deleteReplicas(block, asked + this.between(3, 40)));
  }

  private deleteReplicas(block: Block, start: number): void {
    let time = start;
    block.nodes.forEach((node, i) => {
      time += this.between(1, 60);
      if (i === 2 && block.fault === 'deletedTwice') {
        const message = `Unexpected error trying to delete block ${block.id}. BlockInfo not found in volumeMap.`;
        this.line(time++, 18, `WARN ${DATASET}: ${message}`);
      }
      if (i === 2 && block.fault === 'reportedAfterDelete') {
        const report = `addStoredBlock request received for ${block.id} on ${node}:50010 size ${block.size}`;
        this.namesystem(time++, `BLOCK* NameSystem.addStoredBlock: ${report} But it does not belong to any file.`);
        this.stored(time++, block, node);
      }
      const file = `/mnt/hadoop/dfs/data/current/subdir${this.random.below(64)}/${block.id}`;
      this.line(time, 19, `INFO ${DATASET}: Deleting block ${block.id} file ${file}`);
    });
  }

  private receiving(time: number, block: Block, replica: number, from: string): void {
    const route = `src: /${from}:${this.port()} dest: /${block.nodes[replica]}:50010`;
    this.line(time, block.thread + replica, `INFO ${XCEIVER}: Receiving block ${block.id} ${route}`);
  }

  private stored(time: number, block: Block, node: string): void {
    const update = `blockMap updated: ${node}:50010 is added to ${block.id} size ${block.size}`;
    this.namesystem(time, `BLOCK* NameSystem.addStoredBlock: ${update}`);
  }

  private namesystem(time: number, message: string): void {
    this.line(time, this.namenodeThread(), `INFO ${NAMESYSTEM}: ${message}`);
  }

  private line(time: number, thread: number, text: string): void {
    this.queue.push(time, { thread, text });
  }

  private path(block: Block): string {
    const { number, left } = this.job;
    const task = `_task_202403042030_${pad(number + 1, 4)}_${number % 3 === 2 ? 'r' : 'm'}_${pad(left, 6)}_0`;
    return `/user/root/${number % 2 === 0 ? 'sort' : 'words'}${number}/_temporary/${task}/part-${pad(block.thread % 100_000, 5)}.`;
  }

  private namenodeThread(): number {
    return 26 + this.random.below(10);
  }

  private port(): number {
    return 32_768 + this.random.below(28_000);
  }

  private between(low: number, high: number): number {
    return low + (high - low) * this.random.next();
  }

  private pick<T>(items: readonly T[]): T {
    return items[this.random.below(items.length)];
  }
}

/** `yymmdd hhmmss` of a time in seconds since the log's beginning. */
function timestamp(seconds: number): string {
  const date = new Date(EPOCH + Math.floor(seconds) * 1000);
  const day = pad(date.getUTCFullYear() % 100, 2) + pad(date.getUTCMonth() + 1, 2) + pad(date.getUTCDate(), 2);
  return `${day} ${pad(date.getUTCHours(), 2)}${pad(date.getUTCMinutes(), 2)}${pad(date.getUTCSeconds(), 2)}`;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
