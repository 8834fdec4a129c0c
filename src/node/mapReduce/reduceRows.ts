import { UserError } from '../../core/errors/userError';
import { LF } from '../../core/input/bytes';
import { refuseIfCancelled } from '../../core/cancellation';
import type { Finding } from '../../core/findings/finding';
import type { ModelScorer } from '../../core/findings/findings';
import { eventNames } from '../../core/mapReduce/eventNames';
import { verdictOf, type Verdict } from '../../core/verdict/verdict';
import { ReduceScan, RowError, type ReducedBlocks } from '../../core/mapReduce/reduceScan';
import { bundledModels } from '../models/bundledModels';
import { loadModel } from '../models/loadedModel';
import type { LogSource } from '../files/logSource';
import { readBundleProfile } from '../models/modelBundle';
import { peek } from '../scan/modelChoice';
import type { ReadingHooks } from '../scan/readLog';
import { FindingSpool } from './findingSpool';

/** Blocks are judged together once they have so many entries: enough that equal ones are judged once, yet some 20 MB. */
const BATCH_ENTRIES = 1 << 19;
/** Findings that are given at once. */
const BATCH_FINDINGS = 1000;
/** Most lines of all findings that are held: a gigabyte. */
const MAX_LINES = 1 << 28;
/** The cell of a row that holds the fingerprint of its model. */
const MODEL_CELL = 3;

/** How rows are scored. */
export interface ReduceSettings {
  /** A model bundle; the bundled model with which the rows were mapped if left out. */
  model?: string;
  /** Score from which a block is anomalous; the model's if left out. */
  threshold?: number;
  /** Whether the blocks that are not anomalous are wanted, too. */
  allBlocks: boolean;
  /** Where the bundled models are. */
  modelsFolder: string;
}

/** The judged blocks of all rows. */
export interface ReducedLog {
  /**
   * The findings that are anomalous by falling score, then by their first record; then the others in the order of the
   * rows, which are not held in memory: they are read from their beginning unless they are asked for in their order.
   */
  verdict: Verdict;
  /** Removes what is held on disk. */
  close: () => Promise<void>;
}

/** A finding and the order of its block's first record. */
interface RankedFinding {
  finding: Finding;
  firstOrder: string;
}

/**
 * Judges the rows of mapLog, sorted by block and order. The rows are never held as a whole: blocks are judged as they
 * are complete, and only the findings that are anomalous are kept.
 * @throws UserError if the rows or the model cannot be used, or do not belong together,
 * or if ONNX Runtime cannot be loaded
 * @throws CancelledError if the hooks say so
 */
export async function reduceRows(
  input: LogSource,
  settings: ReduceSettings,
  hooks: Pick<ReadingHooks, 'isCancelled' | 'onProgress'> = {},
): Promise<ReducedLog> {
  const { probe, source, close } = await peek(input, hooks);
  try {
    const path = settings.model ?? (await mappingModel(source, probe.beginning, settings.modelsFolder));
    const { profile, scorer, classifier } = await loadModel(path);
    const threshold = settings.threshold ?? profile.threshold;
    const others = settings.allBlocks ? await FindingSpool.create() : undefined;
    const blocks = new RowFindings(scorer, threshold, others);
    const scan = new ReduceScan(eventNames(profile));
    try {
      for await (const chunk of source.chunks()) {
        refuseIfCancelled(hooks);
        scan.push(chunk);
        if (scan.entries >= BATCH_ENTRIES) {
          await blocks.add(scan.takeComplete(), hooks);
        }
        hooks.onProgress?.(source.bytesRead(), source.size);
      }
      await blocks.add(scan.finish(), hooks);
    } catch (error) {
      await others?.discard();
      throw error;
    } finally {
      await classifier.release();
    }
    return blocks.result(profile.name, scan);
  } catch (error) {
    throw error instanceof RowError ? new UserError('rows-unusable', { path: source.name, why: error.message }) : error;
  } finally {
    await close();
  }
}

/** The bundled model with which the first row was mapped; without rows any will do. */
async function mappingModel(source: LogSource, beginning: Uint8Array, folder: string): Promise<string> {
  const end = beginning.indexOf(LF);
  const row = new TextDecoder().decode(beginning.subarray(0, end < 0 ? beginning.length : end));
  const fingerprint = row.split('\t')[MODEL_CELL]?.trimEnd();
  for (const bundle of await bundledModels(folder)) {
    if (beginning.length === 0 || eventNames(await readBundleProfile(bundle)).fingerprint === fingerprint) {
      return bundle;
    }
  }
  throw fingerprint === undefined
    ? new UserError('rows-unknown', { path: source.name })
    : new UserError('rows-of-other-model', { path: source.name, fingerprint: fingerprint.slice(0, 16) });
}

/** Collects the findings of batches of blocks. */
class RowFindings {
  private readonly anomalous: RankedFinding[] = [];
  private blocks = 0;
  /** Lines of the findings that are held. */
  private lines = 0;

  constructor(
    private readonly scorer: ModelScorer,
    private readonly threshold: number,
    private readonly others: FindingSpool | undefined,
  ) {}

  async add(reduced: ReducedBlocks, hooks: Pick<ReadingHooks, 'isCancelled'>): Promise<void> {
    const { log, firstOrders } = reduced;
    const cancelling = { isCancelled: hooks.isCancelled };
    const scored = await this.scorer.score(log, this.threshold, cancelling);
    this.blocks += log.blockCount;
    const found = await this.scorer.findings(scored, 0, scored.anomalous, cancelling);
    found.forEach((finding, rank) => {
      this.lines += lineCount(finding, reduced);
      if (this.lines > MAX_LINES) {
        throw new RowError(`the anomalous blocks are said to have more than ${MAX_LINES} lines`);
      }
      this.anomalous.push({
        finding: withLogLines(finding, reduced),
        firstOrder: firstOrders[scored.ranking[rank]],
      });
    });
    if (this.others !== undefined) {
      // In the order of the rows, whatever their scores: batches end where memory wants it, and must not show.
      scored.ranking.subarray(scored.anomalous).sort();
      for (let start = scored.anomalous; start < log.blockCount; start += BATCH_FINDINGS) {
        const batch = await this.scorer.findings(scored, start, Math.min(log.blockCount, start + BATCH_FINDINGS));
        await this.others.add(batch.map((finding) => withLogLines(finding, reduced)));
      }
    }
  }

  result(model: string, { rows, unknownRows, linesAgree }: ReduceScan): ReducedLog {
    const { anomalous, others, threshold, blocks } = this;
    anomalous.sort((a, b) => b.finding.score - a.finding.score || compareText(a.firstOrder, b.firstOrder));
    const notes = ['read as rows of --map: lines and records are counted once for each block that they belong to'];
    if (!linesAgree) {
      notes.push('line numbers are left out: the log was mapped in pieces, of which each numbers its own');
    }
    const shown = linesAgree ? (finding: Finding) => finding : withoutLines;
    const ranked = {
      total: others === undefined ? anomalous.length : blocks,
      anomalous: anomalous.length,
      findings: async (start: number, end: number) => {
        const found = anomalous.slice(start, end).map(({ finding }) => finding);
        const [first, last] = [start, end].map((rank) => Math.max(0, rank - anomalous.length));
        return [...found, ...((await others?.read(first, last)) ?? [])].map(shown);
      },
    };
    const counts = { lines: rows, blocks, unknownRecords: unknownRows, clippedLines: 0 };
    return {
      verdict: verdictOf(ranked, counts, { model, threshold, format: 'rows of --map', notes }),
      close: async () => others?.discard(),
    };
  }
}

/** How many lines a finding has in the log. */
function lineCount({ lines }: Finding, { continuations }: ReducedBlocks): number {
  return lines.reduce((sum, entry) => sum + 1 + continuations[entry - 1], 0);
}

/** The entries' numbers that the scorer took for lines become the lines of the log. */
function withLogLines(finding: Finding, reduced: ReducedBlocks): Finding {
  const { recordLines, continuations } = reduced;
  const lines = new Uint32Array(lineCount(finding, reduced));
  let next = 0;
  for (const entry of finding.lines) {
    const line = recordLines[entry - 1];
    for (let k = 0; k <= continuations[entry - 1]; k++) {
      lines[next++] = line === 0 ? 0 : line + k;
    }
  }
  return { ...finding, lines, line: recordLines[finding.line - 1] };
}

function withoutLines(finding: Finding): Finding {
  return { ...finding, lines: new Uint32Array(finding.lines.length), line: 0 };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
