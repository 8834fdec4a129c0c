import { countVectorDistance } from './baselines/countVectorDistance';
import type { EventLog, LabelFreeDetector } from './eventLog';
import { fuseConsole, fuseSessions, fuseStream, type Fusion } from './fusion';
import { LEXICAL_WEIGHTS, lexicalScores, type TextJudge } from './lexicalScore';
import type { OpenNextEventNet } from './nextEventNet';
import { surpriseOf, type Surprise } from './surprise';

/** What judging without labels needs from outside, and its seed. */
interface LabelFreeParts {
  openNextEventNet: OpenNextEventNet;
  /** The text CNN; without it the words and levels decide. */
  textJudge?: TextJudge;
  seed: number;
}

/** All that is known about a log that was judged without labels. */
interface LabelFreeJudgement extends Fusion {
  /** Per template. */
  lexical: Float64Array;
  /** Left out where it was not asked for: in what a run wrote to its console. */
  surprise?: Surprise;
}

/** Judges a log by what its templates say and by how its events follow each other, learned from the log itself. */
export async function judgeWithoutLabels(log: EventLog, parts: LabelFreeParts): Promise<LabelFreeJudgement> {
  const lexical = await lexicalScores(log.templates, LEXICAL_WEIGHTS[log.kind], parts.textJudge);
  if (log.kind === 'console') {
    return { ...fuseConsole(log, lexical), lexical };
  }
  const surprise = await surpriseOf(log, parts.openNextEventNet, parts.seed);
  const fusion =
    log.kind === 'sessions'
      ? fuseSessions(log, lexical, surprise, (await countVectorDistance.score(log)).blocks)
      : fuseStream(log, lexical, surprise);
  return { ...fusion, lexical, surprise };
}

/** {@link judgeWithoutLabels} as a detector among others. */
export function labelFree(parts: LabelFreeParts): LabelFreeDetector {
  return { name: 'label-free', score: (log) => judgeWithoutLabels(log, parts) };
}
