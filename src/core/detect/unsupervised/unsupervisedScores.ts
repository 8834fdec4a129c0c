import { refuseIfCancelled } from '../../cancellation';
import type { BigramSurprisal } from './bigramSurprisal';
import { CountNeighbourhoods } from './countNeighbourhoods';
import { highestByBlock, type EventLog } from '../../events/eventLog';
import { Suspicion } from '../suspicion/suspicion';
import { fuseSessions, fuseStream, fuseWords, NO_SLOPE, type Fusion } from './fusion';
import { LEXICAL_WEIGHTS, lexicalScores } from './lexicalScore';
import type { NextEventKnowledge } from './nextEventKnowledge';
import type { OpenNextEventNet } from './nextEventNet';
import { RareVariants } from './rareVariants';
import { surprisalOf, type Surprisal } from './surprisal';

/** What judging without labels needs from outside, and its seed. */
export interface UnsupervisedParts {
  openNextEventNet: OpenNextEventNet;
  seed: number;
}

/** All that is known about a log that was judged without labels. */
export interface UnsupervisedScores extends Fusion {
  /** Per template. */
  lexical: Float64Array;
  /** Left out where it does not count in the scores. */
  surprisal?: Surprisal;
  /** Of entries of a stream that stand out for something new how many records before them were of nothing new. */
  newAfter?: Readonly<Record<number, number>>;
  /** Per template how often the logs believed good have it; left out where there are none. */
  goodCounts?: ArrayLike<number>;
  /** Of a stream or a run's output: how suspicious its records are, and those that come after them. */
  suspicion?: Suspicion;
  /** Of a stream: from which score on a record is remarkable by order, words and newness, of which Suspicion takes the excess. */
  remarkableCut?: number;
  /** What the log has taught of its sequence; left out where that does not count in the scores, or others were learned from. */
  learned?: LearnedSequence;
}

/** What a log has taught of the order and number of its events. */
export interface LearnedSequence {
  knowledge: NextEventKnowledge;
  variants: RareVariants;
  /** Of a stream. */
  order?: BigramSurprisal;
  /** Of a log of sessions. */
  counts?: CountNeighbourhoods;
}

/** A stream of fewer records teaches nothing about their order. */
const MIN_STREAM = 200;

/** Judges a log by what its templates say and by how its events follow each other, learned from the log itself. */
export async function unsupervisedScores(log: EventLog, parts: UnsupervisedParts): Promise<UnsupervisedScores> {
  if (log.kind === 'stream') {
    const remarkable = await remarkableScores(log, parts);
    const suspicion = new Suspicion(log, { margins: marginsOf(remarkable) });
    return {
      ...remarkable,
      ...bySuspicion(log, suspicion),
      usesSequence: remarkable.usesSequence,
      remarkableCut: remarkable.cut,
    };
  }
  const lexical = lexicalScores(log.templates, LEXICAL_WEIGHTS[log.kind]);
  if (log.kind === 'console') {
    return { ...bySuspicion(log, new Suspicion(log)), lexical };
  }
  const variants = new RareVariants(log);
  const folded = variants.fold(log);
  const { knowledge, ...surprisal } = await surprisalOf(folded, parts.openNextEventNet, parts.seed);
  const counts = new CountNeighbourhoods(folded);
  const fusion = fuseSessions(log, lexical, surprisal, counts.blocks);
  return { ...fusion, lexical, surprisal, learned: { knowledge, variants, counts } };
}

/** What of a stream is remarkable by the order of its events, by its words, and by being new after a long time. */
export async function remarkableScores(log: EventLog, parts: UnsupervisedParts): Promise<UnsupervisedScores> {
  const lexical = lexicalScores(log.templates, LEXICAL_WEIGHTS.stream);
  if (log.events.length < MIN_STREAM) {
    return { ...fuseWords(log, lexical), lexical };
  }
  const variants = new RareVariants(log);
  const folded = variants.fold(log);
  const { knowledge, ...surprisal } = await surprisalOf(folded, parts.openNextEventNet, parts.seed);
  const { order, ...fusion } = fuseStream(log, folded, lexical, surprisal);
  return fusion.usesSequence ? { ...fusion, lexical, learned: { knowledge, variants, order } } : { ...fusion, lexical };
}

/** Per entry by how much it passes the cut. */
export function marginsOf({ entries, cut }: Pick<Fusion, 'entries' | 'cut'>): Float64Array {
  return entries.map((score) => score - cut);
}

/** The fusion of a stream or a run's output. */
function bySuspicion(log: EventLog, suspicion: Suspicion): Fusion & { suspicion: Suspicion } {
  const { entries } = suspicion;
  return {
    entries,
    blocks: highestByBlock(log, (entry) => entries[entry]),
    cut: 0,
    slope: NO_SLOPE,
    usesSequence: false,
    suspicion,
  };
}

/** Parts with which judging ends with a CancelledError once its caller says so. */
export function cancellable(parts: UnsupervisedParts, isCancelled: () => boolean): UnsupervisedParts {
  return {
    ...parts,
    openNextEventNet: async (vocabulary) => {
      const net = await parts.openNextEventNet(vocabulary);
      return {
        ...net,
        step: (...args) => {
          refuseIfCancelled({ isCancelled });
          return net.step(...args);
        },
      };
    },
  };
}
