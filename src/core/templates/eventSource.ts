import { Drain } from './drain';
import type { EventMatcher } from './eventMatcher';
import { KnownForms, NO_FORM, type VariableWords } from './knownForms';
import { maskMessage, Signature } from './masking';
import { LONGEST_TEXT } from './normalForm';
import { SignatureCache } from './signatureCache';
import { TemplateMiner } from './templateMiner';

/** Turns messages into events. */
export interface EventSource {
  /** The event of the message `bytes[start…end)`: the index of its template, or −1 if it is unknown. */
  eventOf(bytes: Uint8Array, start: number, end: number): number;
  /**
   * Of the message that `eventOf` took last the words with a digit and one of the bytes given to `markBytes`, where it
   * came by them; else undefined.
   */
  readonly markedWords: VariableWords | undefined;
  /** Says which words are of interest, see KnownForms. */
  markBytes(bytes: Uint8Array): void;
}

/**
 * Remembers events by form and by signature, so that text is made only of messages of a form not seen before, and the
 * signature only of those whose form is rare.
 */
abstract class CachedEventSource implements EventSource {
  markedWords: VariableWords | undefined;

  private readonly forms = new KnownForms();
  private readonly signature = new Signature();
  private readonly cache = new SignatureCache();

  /** @param enough characters of a masked text to which its event can be told */
  constructor(private readonly enough = Infinity) {}

  eventOf(bytes: Uint8Array, start: number, end: number): number {
    const { forms, signature, cache } = this;
    const known = forms.find(bytes, start, end);
    if (known !== NO_FORM) {
      this.markedWords = forms.words;
      return known;
    }
    this.markedWords = undefined;
    signature.of(bytes, start, end);
    let event = cache.get(signature.low, signature.high);
    if (event === undefined) {
      event = this.eventOfMasked(maskMessage(bytes, start, end, this.enough));
      cache.set(signature.low, signature.high, event);
    }
    forms.add(bytes, start, end, event);
    return event;
  }

  markBytes(bytes: Uint8Array): void {
    this.forms.mark(bytes);
  }

  protected abstract eventOfMasked(masked: string): number;
}

/** Events by frozen templates: what matches none is unknown. */
export class FrozenEvents extends CachedEventSource {
  constructor(private readonly matcher: EventMatcher) {
    super();
  }

  protected override eventOfMasked(masked: string): number {
    return this.matcher.match(masked);
  }
}

/**
 * Events by a TemplateMiner that learns as it reads. It is shown each form of a message once, however often it occurs.
 * The events are provisional: its `finish` says what each has become.
 */
export class LearningEvents extends CachedEventSource {
  constructor(readonly miner = new TemplateMiner()) {
    super(LONGEST_TEXT);
  }

  /** Whether the message `bytes[start…end)` has no template yet, and others that have one begin with it and go on. */
  isBeginning(bytes: Uint8Array, start: number, end: number): boolean {
    return this.miner.isBeginning(maskMessage(bytes, start, end, LONGEST_TEXT));
  }

  protected override eventOfMasked(masked: string): number {
    return this.miner.learn(masked);
  }
}

/** Events by a Drain that learns as it reads, each form of a message once: for templates that are frozen afterwards. */
export class DrainEvents extends CachedEventSource {
  constructor(readonly drain = new Drain()) {
    super();
  }

  protected override eventOfMasked(masked: string): number {
    return this.drain.learn(masked).index;
  }
}
