import { fnvStep } from '../numeric/hash';
import { SlotKind, type MessageParts } from './messageParts';
import { VARIABLE } from './normalForm';

/** How many templates that are equal but for some places make those variable; Infinity for never, of strays 0. */
export interface MergeLimits {
  /** Different words in one place. */
  words: number;
  /** Different values (after `=`, in quotes …), in one place or several. */
  values: number;
  /** Different names of several parts. */
  names: number;
  /** Texts of any kind in one place of which one is known to be a value. */
  besideValue: number;
  /** Variants of one template up to which they are taken for it, see valueVariants. */
  strays: number;
  /** Words that templates must share before what differs is taken for a value of theirs. */
  sharedWords: number;
}

/** Templates of a group from which it is generalised while the log is still being read. */
const FIRST_GENERALISATION = 256;

/** Sets of generalised places of which new messages are tried; a log's groups have one to three. */
const MAX_PATTERNS = 32;

/** A template as it grows. */
interface Template {
  /** Its provisional event: the smallest of those that it stands for. */
  event: number;
  slots: string[];
  kinds: SlotKind[];
  /** Slots that became variable here, ascending; those that were so in every message are not among them. */
  generalised: number[];
  /** Slots that are words of at least two letters. */
  words: number;
  /** Two hashes of each slot and its place, and their sums: the template without a slot has the sum without its hash. */
  lows: Int32Array;
  highs: Int32Array;
  low: number;
  high: number;
}

/** Is told that templates turned out to be one: `event` is from now on a part of `into`. */
type MergeSink = (event: number, into: number) => void;

/**
 * The templates that have the same punctuation and number of slots, and their generalisation: which slots hold
 * constants and which hold values is decided by how many different texts they hold where all else is equal. A slot
 * with many is variable, one with few tells templates apart (as "started" and "stopped" do). The criterion is that of
 * IPLoM's partitioning by cardinality (Makanju, Zincir-Heywood, Milios: "Clustering Event Logs Using Iterative
 * Partitioning", KDD 2009, section 3) and of AEL's reconcile step (Jiang, Hassan, Flora, Hamann: "Abstracting Execution
 * Logs to Execution Events for Enterprise Applications", QSIC 2008); the kinds of slots set how much evidence is asked.
 *
 * The result does not depend on the order in which templates were added, as long as there are fewer than 256.
 */
export class TemplateGroup {
  private readonly byText = new Map<string, Template>();
  private patterns: number[][] = [];
  private nextGeneralisation = FIRST_GENERALISATION;
  private changed = false;

  constructor(
    /** The punctuation between the slots; one more than there are slots. */
    readonly separators: readonly string[],
    private readonly onMerge: MergeSink,
    private readonly limits: MergeLimits,
  ) {}

  get templates(): Iterable<Template> {
    return this.byText.values();
  }

  /** The template that the message has, or `undefined`. */
  find({ slots }: MessageParts): Template | undefined {
    const same = this.byText.get(textOf(slots));
    if (same !== undefined) {
      return same;
    }
    for (const pattern of this.patterns) {
      const blanked = slots.slice();
      for (const place of pattern) {
        blanked[place] = VARIABLE;
      }
      const template = this.byText.get(textOf(blanked));
      if (template !== undefined) {
        return template;
      }
    }
    return undefined;
  }

  /** Adds a message that has no template yet as a template of its own. */
  add({ slots, kinds }: MessageParts, event: number): void {
    this.byText.set(textOf(slots), templateOf(event, slots, kinds, []));
    this.changed = true;
    if (this.byText.size >= this.nextGeneralisation) {
      this.generalise();
      this.nextGeneralisation = Math.max(FIRST_GENERALISATION, 2 * this.byText.size);
    }
  }

  /** Merges templates until nothing more can be. Each round takes time linear in the group's text. */
  generalise(): void {
    if (!this.changed) {
      return;
    }
    this.changed = false;
    const { limits } = this;
    let size: number;
    do {
      size = this.byText.size;
      this.mergeWhereEqualWithout((kind) => kind === SlotKind.Name, 1, limits.names);
      this.mergeWhereEqualWithout(
        (kind) => kind === SlotKind.Name || kind === SlotKind.Value,
        limits.sharedWords,
        limits.values,
      );
      for (let place = 0; place < this.separators.length - 1; place++) {
        this.mergeAt(place);
      }
    } while (this.byText.size < size && this.byText.size > 1);
    const patterns = new Map<string, number[]>();
    for (const { generalised } of this.byText.values()) {
      if (generalised.length > 0 && patterns.size < MAX_PATTERNS) {
        patterns.set(generalised.join(), generalised);
      }
    }
    this.patterns = [...patterns.values()];
  }

  /** Merges templates that are equal but for slots of such kinds, if there are `enough` of them. */
  private mergeWhereEqualWithout(isValue: (kind: SlotKind) => boolean, sharedWords: number, enough: number): void {
    const alike = new Map<string, Template[]>();
    for (const template of this.byText.values()) {
      const { slots, kinds } = template;
      if (template.words < sharedWords) {
        continue;
      }
      const text = textOf(slots.map((slot, i) => (isValue(kinds[i]) ? VARIABLE : slot)));
      const list = alike.get(text);
      if (list === undefined) {
        alike.set(text, [template]);
      } else {
        list.push(template);
      }
    }
    for (const templates of alike.values()) {
      if (templates.length >= enough) {
        this.merge(templates);
      }
    }
  }

  /** Merges templates that are equal but for the slot at `place`, if it holds many different texts. */
  private mergeAt(place: number): void {
    const { limits } = this;
    const first = new Map<number, Template>();
    const alike = new Map<number, Template[]>();
    for (const template of this.byText.values()) {
      const own = template.kinds[place] === SlotKind.Word ? 1 : 0;
      if (template.words - own < limits.sharedWords) {
        continue;
      }
      const hash = hashWithout(template, place);
      const other = first.get(hash);
      if (other === undefined) {
        first.set(hash, template);
      } else if (areEqualWithout(other, template, place)) {
        const list = alike.get(hash);
        if (list === undefined) {
          alike.set(hash, [other, template]);
        } else {
          list.push(template);
        }
      }
    }
    for (const templates of alike.values()) {
      const words = templates.some(({ kinds }) => kinds[place] === SlotKind.Word);
      const variable = templates.some(({ kinds }) => kinds[place] === SlotKind.Variable);
      const enough = variable ? limits.besideValue : words ? limits.words : limits.values;
      if (templates.length >= enough) {
        this.merge(templates);
      }
    }
  }

  /** Puts one template in the place of several, with a variable part wherever they differ. */
  private merge(templates: readonly Template[]): void {
    const merged = templates.reduce((first, template) => (template.event < first.event ? template : first));
    const slots = merged.slots.slice();
    const kinds = merged.kinds.slice();
    const generalised = new Set(templates.flatMap((template) => template.generalised));
    for (const template of templates) {
      for (let i = 0; i < slots.length; i++) {
        if (template.slots[i] !== slots[i]) {
          slots[i] = VARIABLE;
          kinds[i] = SlotKind.Variable;
          generalised.add(i);
        }
      }
    }
    const all = new Set(templates);
    const equal = this.byText.get(textOf(slots));
    if (equal !== undefined) {
      all.add(equal);
      equal.generalised.forEach((place) => generalised.add(place));
    }
    const event = Math.min(...[...all].map((template) => template.event));
    for (const template of all) {
      this.byText.delete(textOf(template.slots));
      if (template.event !== event) {
        this.onMerge(template.event, event);
      }
    }
    const places = [...generalised].sort((a, b) => a - b);
    this.byText.set(textOf(slots), templateOf(event, slots, kinds, places));
  }
}

/** Slots as one text: separated by a character that white space handling has removed from messages. */
function textOf(slots: readonly string[]): string {
  return slots.join('\n');
}

function templateOf(event: number, slots: string[], kinds: SlotKind[], generalised: number[]): Template {
  const lows = new Int32Array(slots.length);
  const highs = new Int32Array(slots.length);
  let low = 0;
  let high = 0;
  let words = 0;
  slots.forEach((slot, place) => {
    let a = Math.imul(place + 1, 0x9e3779b1);
    let b = ~a;
    for (let i = 0; i < slot.length; i++) {
      a = fnvStep(a, slot.charCodeAt(i));
      b = Math.imul(b ^ (b >>> 15) ^ slot.charCodeAt(i), 0x85ebca6b);
    }
    lows[place] = a;
    highs[place] = b;
    low = (low + a) | 0;
    high = (high + b) | 0;
    if (kinds[place] === SlotKind.Word && /\p{L}{2}/u.test(slot)) {
      words++;
    }
  });
  return { event, slots, kinds, generalised, words, lows, highs, low, high };
}

/** 53 bits. */
function hashWithout({ low, high, lows, highs }: Template, place: number): number {
  return ((low - lows[place]) >>> 0) * 0x200000 + ((high - highs[place]) >>> 11);
}

function areEqualWithout(a: Template, b: Template, place: number): boolean {
  return a.slots.every((slot, i) => i === place || slot === b.slots[i]);
}
