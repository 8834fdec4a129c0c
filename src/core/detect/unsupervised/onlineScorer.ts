import { countsOf } from '../../events/eventCounts';
import type { EventTemplate, LogKind } from '../../events/eventLog';
import type { UnsupervisedScores, UnsupervisedParts, LearnedSequence } from './unsupervisedScores';
import { OnlineSurprisal, type LaterEvent } from './onlineSurprisal';
import { LEXICAL_WEIGHTS, lexicalScores } from './lexicalScore';
import type { NextEventNet } from './nextEventNet';

/**
 * Scores records that have come after their log was judged, by what was learned from it then and by nothing else: so the
 * others that come have no say in it. A template that the log did not have is read as the frequent one of which it is a
 * variant; else it is as improbable as any that never occurred, and leaves no trace in what comes after it unless there
 * were rare ones.
 */
export class OnlineScorer {
  /** Per template how much it sounds like trouble. */
  lexical: Float64Array;
  /** How many templates the log has. */
  private readonly templates: number;
  private readonly readAs: number[] = [];
  private readonly learned: LearnedSequence | undefined;
  private net: NextEventNet | undefined;
  private surprisal: OnlineSurprisal | undefined;

  /** @param scores of the log, undefined if there was nothing to judge: then the words alone count */
  constructor(
    private readonly kind: LogKind,
    scores: Pick<UnsupervisedScores, 'learned' | 'lexical'> | undefined,
    private readonly parts: UnsupervisedParts,
  ) {
    this.learned = scores?.learned;
    this.lexical = scores?.lexical ?? new Float64Array(0);
    this.templates = this.lexical.length;
  }

  /** Takes in the templates that there are by now. */
  takeTemplates(templates: readonly EventTemplate[]): void {
    const lexical = new Float64Array(templates.length);
    lexical.set(this.lexical);
    lexical.set(lexicalScores(templates.slice(this.lexical.length), LEXICAL_WEIGHTS[this.kind]), this.lexical.length);
    this.lexical = lexical;
    const { variants } = this.learned ?? {};
    for (let template = this.readAs.length; template < templates.length; template++) {
      const frequent =
        template < this.templates ? variants?.readAsOf(template) : variants?.readAsOfLater(templates[template]);
      this.readAs.push(frequent ?? template);
    }
  }

  /** −log of the probability of each event after those before it, in nats; 0 where their order does not count. */
  async surprisals(events: readonly LaterEvent[]): Promise<Float64Array> {
    const { learned } = this;
    if (learned === undefined || events.length === 0) {
      return new Float64Array(events.length);
    }
    this.net ??= await this.parts.openNextEventNet(learned.knowledge.vocabulary);
    this.surprisal ??= new OnlineSurprisal(learned.knowledge, this.net);
    return this.surprisal.of(
      events.map(({ before, template }) => ({
        before: Array.from(before, (each) => this.readAs[each]),
        template: template === undefined ? undefined : this.readAs[template],
      })),
    );
  }

  /** How unusual it is in a stream, in nats, that one template comes right after another; 0 where that does not count. */
  bigramSurprisal(before: number, template: number): number {
    return this.learned?.order?.ofLater(this.readAs[before], this.readAs[template]) ?? 0;
  }

  /** Distance of a session's event counts from those of the log's sessions, 0…1; 0 where they do not count. */
  distanceOf(templates: ArrayLike<number>): number {
    const { counts } = this.learned ?? {};
    // What the log does not have is one event: the one behind its templates.
    const events = Uint32Array.from(templates, (template) => Math.min(this.readAs[template], this.templates));
    return counts === undefined ? 0 : counts.distanceOf(countsOf(events.sort()));
  }

  /** Frees the native memory. */
  async release(): Promise<void> {
    await this.net?.release();
    this.net = undefined;
    this.surprisal = undefined;
  }
}
