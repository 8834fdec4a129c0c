import { WILDCARD } from './masking';
import { messageParts } from './messageParts';
import { LONGEST_TEXT, normalForm, VALUE_RULES, VARIABLE, type ValueRule } from './normalForm';
import { TemplateGroup, type MergeLimits } from './templateGroup';
import { valueVariants } from './valueVariants';

/**
 * Forms that are told apart at most. What comes later and has no template yet shares one, `<*>`, so that a log
 * without any regularity needs no more than some 100 MB.
 */
export const MAX_EVENTS = 1 << 14;

/** Beginnings of long texts whose events are kept. */
const MAX_BEGINNINGS = 1024;

/** By what a {@link TemplateMiner} tells values from constants. */
export interface MiningRules {
  /** What is a value wherever it stands. */
  values: readonly ValueRule[];
  /** What is a value because it changes. */
  merging: MergeLimits;
}

/** Chosen on eight systems, see docs/method/figures.md: `npm run evaluate:templates` says what each of them is worth. */
export const MINING_RULES: MiningRules = {
  values: VALUE_RULES,
  merging: { words: 6, values: 5, names: 2, besideValue: 2, strays: 6, sharedWords: 2 },
};

/** What a {@link TemplateMiner} found. */
interface MinedTemplates {
  /** The templates in the order of their first message, `<*>` for variable parts; the index is the event. */
  templates: string[];
  /** The event of each provisional event that `learn` returned. */
  eventOf: Uint16Array;
}

/**
 * Finds the templates of a log's messages without being told anything about the log.
 *
 * Four steps: masking.ts makes every word with a digit variable, normalForm.ts the values of well-known notations,
 * TemplateGroup the words that change where all else stays the same, and valueVariants.ts what stands where other
 * templates have a value. The last two need to have seen the log, so `learn` returns provisional events and `finish` says
 * which of them are one.
 */
export class TemplateMiner {
  private readonly groups = new Map<string, TemplateGroup>();
  /** For each provisional event the one it was merged into, or itself. */
  private readonly parents: number[] = [];
  /** The events of texts that were longer than what is looked at. */
  private readonly beginnings = new Map<string, number>();
  /** Event of all that came after {@link MAX_EVENTS}, once there is such a message. */
  private overflow = -1;
  /** The templates once they are frozen, and those of the messages since that have none of them, by text. */
  private frozen: (MinedTemplates & { later: Map<string, number> }) | undefined;

  constructor(private readonly rules = MINING_RULES) {}

  /** Whether there were more than {@link MAX_EVENTS} forms, so that some share a template that says nothing. */
  get isFull(): boolean {
    return this.overflow >= 0;
  }

  /**
   * Takes a message in.
   * @param masked a text of `maskMessage`
   * @returns its provisional event, 0…16,384
   */
  learn(masked: string): number {
    if (masked.length <= LONGEST_TEXT) {
      return this.learnWhole(masked);
    }
    // Texts with a payload differ in their length, and only behind what is looked at.
    const beginning = masked.slice(0, LONGEST_TEXT);
    const known = this.beginnings.get(beginning);
    if (known !== undefined) {
      return known;
    }
    const event = this.learnWhole(beginning);
    if (this.beginnings.size === MAX_BEGINNINGS) {
      this.beginnings.clear();
    }
    this.beginnings.set(beginning, event);
    return event;
  }

  private learnWhole(masked: string): number {
    const parts = messageParts(normalForm(masked, this.rules.values));
    const shape = parts.separators.join(VARIABLE);
    let group = this.groups.get(shape);
    const known = group?.find(parts);
    if (known !== undefined) {
      return known.event;
    }
    const { frozen } = this;
    const text = frozen && textOf(parts.separators, parts.slots).replaceAll(VARIABLE, WILDCARD);
    const later = text === undefined ? undefined : frozen?.later.get(text);
    if (later !== undefined) {
      return later;
    }
    if (this.parents.length >= MAX_EVENTS) {
      if (this.overflow < 0) {
        this.overflow = this.newEvent();
      }
      return this.overflow;
    }
    if (frozen !== undefined && text !== undefined) {
      const event = this.newEvent(text);
      frozen.later.set(text, event);
      return event;
    }
    if (group === undefined) {
      const onMerge = (event: number, into: number): void => {
        this.parents[event] = into;
      };
      group = new TemplateGroup(parts.separators, onMerge, this.rules.merging);
      this.groups.set(shape, group);
    }
    const event = this.newEvent();
    group.add(parts, event);
    return event;
  }

  /**
   * Keeps the templates of all messages so far as they are: from now on a message that has none of them is a template of
   * its own, whatever comes after it. So what `finish` says of an event does not change any more.
   */
  freeze(): void {
    const { templates, eventOf } = this.finish();
    const roomy = new Uint16Array(MAX_EVENTS + 1);
    roomy.set(eventOf);
    this.frozen = { templates, eventOf: roomy, later: new Map() };
  }

  /** The templates of all messages so far. More may be learned after it. */
  finish(): MinedTemplates {
    if (this.frozen !== undefined) {
      return this.frozen;
    }
    const texts = new Map<number, string>();
    for (const group of this.groups.values()) {
      group.generalise();
      for (const { event, slots } of group.templates) {
        texts.set(event, textOf(group.separators, slots));
      }
    }
    const variants = valueVariants(texts, this.rules.merging);
    const templates: string[] = [];
    const numbers = new Map<number, number>();
    const eventOf = new Uint16Array(this.parents.length);
    this.parents.forEach((parent, provisional) => {
      if (parent !== provisional) {
        // A template is merged into an earlier one, so the parent has its event.
        eventOf[provisional] = eventOf[parent];
        return;
      }
      const main = variants.get(provisional) ?? provisional;
      const text = texts.get(main)?.replaceAll(VARIABLE, WILDCARD) ?? WILDCARD;
      eventOf[provisional] = numbers.get(main) ?? templates.push(text) - 1;
      numbers.set(main, eventOf[provisional]);
    });
    return { templates, eventOf };
  }

  /** Whether a masked text has no template so far, and some templates begin with it and go on. */
  isBeginning(masked: string): boolean {
    const text = normalForm(masked, this.rules.values);
    const parts = messageParts(text);
    if (this.groups.get(parts.separators.join(VARIABLE))?.find(parts) !== undefined) {
      return false;
    }
    for (const group of this.groups.values()) {
      for (const { slots } of group.templates) {
        if (goesOn(text, textOf(group.separators, slots))) {
          return true;
        }
      }
    }
    return false;
  }

  private newEvent(text = WILDCARD): number {
    const event = this.parents.push(this.parents.length) - 1;
    if (this.frozen !== undefined) {
      this.frozen.eventOf[event] = this.frozen.templates.push(text) - 1;
    }
    return event;
  }
}

/** Whether a template begins with a text, a variable part of it with any word, and goes on behind it. */
function goesOn(text: string, template: string): boolean {
  let place = 0;
  for (let at = 0; at < text.length; place++) {
    if (place === template.length) {
      return false;
    }
    if (template[place] === VARIABLE) {
      while (at < text.length && !/\s/.test(text[at]) && text[at] !== template[place + 1]) {
        at++;
      }
    } else if (template[place] === text[at]) {
      at++;
    } else {
      return false;
    }
  }
  return place < template.length;
}

function textOf(separators: readonly string[], slots: readonly string[]): string {
  return separators.map((separator, i) => separator + (slots[i] ?? '')).join('');
}
