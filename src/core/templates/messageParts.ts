import { VARIABLE } from './normalForm';

/** What a slot of a message holds. */
export enum SlotKind {
  /** A word of the message's language, or a short name. */
  Word,
  /** A name of several parts (`com.example.Thing`): nobody says such a word, so it stands for something. */
  Name,
  /** What follows `=` or stands in quotes or is missing in brackets: a value, even if it looks like a word. */
  Value,
  /** A variable part. */
  Variable,
}

/** Slots of a message at most; the rest of a longer one is its last slot, a variable part. */
const MAX_SLOTS = 64;

/** Quoted texts of more characters are no values but quoted messages. */
const LONGEST_QUOTE = 200;

/** Slots of a phrase that is recognised when it is repeated. */
const LONGEST_PHRASE = 8;

/** A message taken apart: `separators[0] slots[0] separators[1] … slots[n − 1] separators[n]` is its text. */
export interface MessageParts {
  separators: string[];
  slots: string[];
  kinds: SlotKind[];
}

const WORD_CHARS = Uint8Array.from({ length: 128 }, (_, code) => (/[\w.$*-]/.test(String.fromCharCode(code)) ? 1 : 0));

/**
 * Takes the normal form of a message apart into slots (words and values) and the punctuation between them. A phrase
 * with variable parts that is repeated at once (`node 1 <ok> node 2 <ok> …`) is taken once.
 */
export function messageParts(text: string): MessageParts {
  const parts: MessageParts = { separators: [], slots: [], kinds: [] };
  let separator = '';
  const put = (slot: string, kind: SlotKind): void => {
    parts.separators.push(separator);
    parts.slots.push(slot);
    parts.kinds.push(kind);
    separator = '';
  };
  let position = 0;
  while (position < text.length) {
    if (parts.slots.length === MAX_SLOTS - 1) {
      put(VARIABLE, SlotKind.Variable);
      break;
    }
    const char = text[position];
    const follows = position > 0 && isWordChar(text, position - 1);
    if (char === VARIABLE) {
      put(VARIABLE, SlotKind.Variable);
      position++;
    } else if (isWordChar(text, position)) {
      const end = endOfWord(text, position);
      // Dots at the end of a word are the sentence's.
      const word = text.slice(position, end).replace(/\.+$/, '');
      if (word.length > 0) {
        put(word, isName(word) ? SlotKind.Name : SlotKind.Word);
      }
      separator += text.slice(position + word.length, end);
      position = end;
    } else {
      separator += char;
      position++;
      const end = follows && char === '=' ? endOfAssigned(text, position) : endOfEnclosed(text, position, follows);
      if (end >= 0) {
        const value = text.slice(position, end);
        put(value, kindOfValue(value));
        position = end;
      }
    }
  }
  parts.separators.push(separator);
  collapseRepeats(parts);
  return parts;
}

/** The end of the value in quotes or empty brackets that open before `start`, or −1. */
function endOfEnclosed(text: string, start: number, follows: boolean): number {
  const opening = text[start - 1];
  if (opening === '(' || opening === '[') {
    const empty = /^-?(?=[)\]])/.exec(text.slice(start, start + 2));
    return empty === null ? -1 : start + empty[0].length;
  }
  if ((opening !== '"' && opening !== "'") || follows || text[start - 2] === VARIABLE) {
    return -1;
  }
  const end = text.indexOf(opening, start);
  if (end < 0 || end - start > LONGEST_QUOTE || (isWordChar(text, end + 1) && text[end + 1] !== '.')) {
    return -1;
  }
  // Variable parts among words: a quoted message, which is taken apart like any other.
  const value = text.slice(start, end);
  return value.includes(' ') && value.includes(VARIABLE) ? -1 : end;
}

/**
 * The end of the value after an `=`: a blank, comma or semicolon outside brackets, or a bracket that the value did not
 * open; the sentence's dot or colon is not the value's. −1 before a quote, which is looked at next.
 */
function endOfAssigned(text: string, start: number): number {
  let depth = 0;
  let end = start;
  for (; end < text.length; end++) {
    const char = text[end];
    if ('([{'.includes(char)) {
      depth++;
    } else if (')]}'.includes(char)) {
      if (depth-- === 0) {
        break;
      }
    } else if (depth === 0 && ' ,;"\'='.includes(char)) {
      break;
    }
  }
  if (end === start && /["'=]/.test(text[start] ?? '')) {
    return -1;
  }
  while (end > start && '.:'.includes(text[end - 1])) {
    end--;
  }
  return end;
}

function kindOfValue(value: string): SlotKind {
  if (value === VARIABLE) {
    return SlotKind.Variable;
  }
  return value.includes('/') || isName(value) ? SlotKind.Name : SlotKind.Value;
}

/**
 * Whether it is a name of at least three parts. Not those that say what happened: exceptions, and names that end in a
 * constant (`intent.action.SCREEN_ON`).
 */
function isName(word: string): boolean {
  return /^[\w$*\x01-]+(?:\.[\w$*\x01-]+){2,}$/.test(word) && !/(?:Exception|Error|\.[A-Z_]+)$/.test(word);
}

function endOfWord(text: string, start: number): number {
  let end = start;
  while (isWordChar(text, end)) {
    end++;
  }
  return end;
}

/** Whether there is a character at the position and it belongs to a word; what is not ASCII does. */
function isWordChar(text: string, position: number): boolean {
  const code = text.charCodeAt(position);
  return code >= 0x80 || WORD_CHARS[code] === 1;
}

/** Takes out phrases with a variable part that repeat the phrase right before them, the shortest first. */
function collapseRepeats(parts: MessageParts): void {
  const { separators, slots, kinds } = parts;
  if (slots.length < 4 || !kinds.includes(SlotKind.Variable)) {
    return;
  }
  for (let length = 1; length <= LONGEST_PHRASE; length++) {
    for (let start = 0; start + 2 * length <= slots.length;) {
      let same = 0;
      let variable = false;
      while (
        same < length &&
        slots[start + same] === slots[start + length + same] &&
        separators[start + same] === separators[start + length + same]
      ) {
        variable ||= kinds[start + same] === SlotKind.Variable;
        same++;
      }
      if (same === length && variable) {
        separators.splice(start, length);
        slots.splice(start, length);
        kinds.splice(start, length);
      } else {
        start++;
      }
    }
  }
}
