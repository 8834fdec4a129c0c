import type { Hooks } from '../cancellation';
import type { SequenceScorer } from '../detect/model/sequenceScorer';
import type { Profile } from '../model/profile';
import { kindOf, type FindingKind } from './findingKind';
import type { FindingPart } from './findingParts';
import { findingCause, type FindingCause } from './fingerprint';
import { templateText } from './templateText';

/** Why a sequence was found anomalous. */
export interface Explanation {
  kind: FindingKind;
  parts: readonly FindingPart[];
  /** Place of the most suspicious event in the sequence. */
  position: number;
  cause: FindingCause;
}

/** Sequences that are explained together: bounds the memory for their variants. */
const GROUP = 256;
/** An event drove the score if the odds of an anomaly fall to less than a third without it. */
const DRIVING_LOG_ODDS = Math.log(3);
/** An event in fewer normal blocks than this is remarkable by itself. */
const RARE_SHARE = 0.001;
/** An event in more normal blocks than this is missed where it is absent. */
const USUAL_SHARE = 0.9;
/** Events that are left out one by one where nothing simpler explains the score. */
const POSITION_LIMIT = 200;
/** Missing events that are named at most. */
const NAMED = 2;

/**
 * Explains scores by occlusion (Zeiler, Fergus: "Visualizing and Understanding Convolutional Networks", ECCV 2014,
 * section 4.2): the event without which the score falls most has driven it. What occlusion cannot show, an event that is
 * missing or too frequent, is found by comparison with the normal blocks of the training.
 */
export class Explainer {
  private readonly templates: string[];
  private readonly texts: string[];

  constructor(
    private readonly profile: Profile,
    private readonly scorer: SequenceScorer,
  ) {
    const templates = new Map(profile.templates.map(({ id, template }) => [id, template]));
    this.templates = profile.vocabulary.map((id) => templates.get(id) ?? id);
    this.texts = this.templates.map(templateText);
  }

  /**
   * Explains sequences in the given order.
   * @param sequences image columns of each, none empty
   * @param scores the network's score of each
   * @throws CancelledError if the hooks say so
   */
  async explain(
    sequences: readonly Uint16Array[],
    scores: ArrayLike<number>,
    hooks: Hooks = {},
  ): Promise<Explanation[]> {
    const explanations: Explanation[] = [];
    for (let start = 0; start < sequences.length; start += GROUP) {
      const group = sequences.slice(start, start + GROUP);
      explanations.push(...(await this.explainGroup(group, (i) => scores[start + i], hooks)));
      hooks.onProgress?.(Math.min(start + GROUP, sequences.length), sequences.length);
    }
    return explanations;
  }

  private async explainGroup(
    group: readonly Uint16Array[],
    scoreOf: (i: number) => number,
    hooks: Hooks,
  ): Promise<Explanation[]> {
    const quiet = { isCancelled: hooks.isCancelled };
    const withoutEvent = group.map((sequence) => [...new Set(sequence)]);
    const drops = await this.scoreVariants(
      group,
      withoutEvent.map((events, i) => events.map((event) => group[i].filter((other) => other !== event))),
      scoreOf,
      quiet,
    );
    const explanations = group.map((sequence, i) => this.bySimpleCause(sequence, withoutEvent[i], drops[i]));
    // Only what has no simpler cause is looked at event by event.
    const open = group.flatMap((_, i) => (explanations[i] === undefined ? [i] : []));
    const openDrops = await this.scoreVariants(
      open.map((i) => group[i]),
      open.map((i) => onePositionLeftOut(group[i])),
      (k) => scoreOf(open[k]),
      quiet,
    );
    open.forEach((i, k) => (explanations[i] = this.byOrder(group[i], openDrops[k])));
    return explanations.filter((explanation) => explanation !== undefined);
  }

  /** How far the log odds of an anomaly fall from each sequence to each of its variants. */
  private async scoreVariants(
    sequences: readonly Uint16Array[],
    variants: readonly Uint16Array[][],
    scoreOf: (i: number) => number,
    hooks: Hooks,
  ): Promise<number[][]> {
    const all = variants.flat();
    const scores = await this.scorer.score(all.length, (i) => all[i], hooks);
    let next = 0;
    return sequences.map((_, i) => variants[i].map(() => logOdds(scoreOf(i)) - logOdds(scores[next++])));
  }

  /** An event that should not be there, one that is there too often, or one that is missing. */
  private bySimpleCause(
    sequence: Uint16Array,
    events: readonly number[],
    drops: readonly number[],
  ): Explanation | undefined {
    const { normalShare, anomalousShare, normalMaximum } = this.profile.usual;
    const isStrange = (event: number, drop: number): boolean =>
      normalShare[event] < USUAL_SHARE &&
      anomalousShare[event] >= normalShare[event] &&
      (drop >= DRIVING_LOG_ODDS || normalShare[event] < RARE_SHARE);
    const strange = events
      .map((event, k) => ({ event, drop: drops[k] }))
      .filter(({ event, drop }) => isStrange(event, drop))
      .sort((a, b) => b.drop - a.drop || normalShare[a.event] - normalShare[b.event] || a.event - b.event);
    const missing = this.missingEvents(events);
    if (strange.length > 0) {
      const [{ event }, second] = strange;
      const parts: FindingPart[] = [
        { part: 'unusual-step', share: normalShare[event] },
        ...this.lacks(missing),
        ...(second === undefined ? [] : [{ part: 'also' as const, template: this.texts[second.event] }]),
      ];
      return explanation(parts, sequence.indexOf(event), findingCause('strange', this.templates[event]));
    }
    const excess = events
      .map((event) => ({ event, count: sequence.filter((other) => other === event).length }))
      .filter(({ event, count }) => count > normalMaximum[event])
      .sort((a, b) => b.count / (1 + normalMaximum[b.event]) - a.count / (1 + normalMaximum[a.event]))[0];
    if (excess !== undefined) {
      const { event, count } = excess;
      const usual = normalMaximum[event];
      return explanation(
        [{ part: 'too-many', template: this.texts[event], count, usual }, ...this.lacks(missing)],
        placeOf(sequence, event, usual),
        findingCause('excess', this.templates[event]),
      );
    }
    if (missing.length > 0) {
      const last = sequence.length - 1;
      return explanation(
        [{ part: 'ends-early', events: sequence.length }, ...this.lacks(missing)],
        last,
        findingCause('missing', this.templates[sequence[last]], ...missing.map((event) => this.templates[event])),
      );
    }
    return undefined;
  }

  /** Nothing is strange but the order or the counts: the place whose removal calms the network most. */
  private byOrder(sequence: Uint16Array, drops: readonly number[]): Explanation {
    const position = drops.indexOf(Math.max(...drops));
    return explanation(
      [{ part: 'order', events: sequence.length }],
      position,
      findingCause('order', this.templates[sequence[position]]),
    );
  }

  private missingEvents(present: readonly number[]): number[] {
    const { normalShare } = this.profile.usual;
    return normalShare
      .map((share, event) => ({ share, event }))
      .filter(({ share, event }) => share >= USUAL_SHARE && !present.includes(event))
      .sort((a, b) => b.share - a.share || a.event - b.event)
      .map(({ event }) => event);
  }

  private lacks(missing: readonly number[]): FindingPart[] {
    return missing.length === 0
      ? []
      : [
          {
            part: 'lacks',
            templates: missing.slice(0, NAMED).map((event) => this.texts[event]),
            more: Math.max(0, missing.length - NAMED),
          },
        ];
  }
}

function explanation(parts: FindingPart[], position: number, cause: FindingCause): Explanation {
  return { kind: kindOf(parts), parts, position, cause };
}

function onePositionLeftOut(sequence: Uint16Array): Uint16Array[] {
  return Array.from({ length: Math.min(sequence.length, POSITION_LIMIT) }, (_, left) =>
    sequence.filter((_event, position) => position !== left),
  );
}

/** Place of the occurrence number `skip` (from 0) of the event. */
function placeOf(sequence: Uint16Array, event: number, skip: number): number {
  let place = sequence.indexOf(event);
  for (let k = 0; k < skip; k++) {
    place = sequence.indexOf(event, place + 1);
  }
  return place;
}

/** Log odds of a probability, kept finite. */
function logOdds(probability: number): number {
  const p = Math.min(1 - 1e-12, Math.max(1e-12, probability));
  return Math.log(p / (1 - p));
}
