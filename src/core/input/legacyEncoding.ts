import type { Encoding } from './encoding';

/** Bytes beyond ASCII that are no UTF-8 from which another encoding is looked for, and how many there may be of UTF-8. */
const LEAST_STRANGE = 8;
const MOST_UTF8 = 0.25;
/** Share of what is beyond ASCII that must be the usual characters of an encoding. */
const LEAST_SCORE = 0.6;
/** Least share of what a language has for itself. */
const LEAST_OWN = 0.2;
/** Most characters for each byte beyond ASCII in an encoding of two bytes, of which the second may be ASCII. */
const MOST_CHARACTERS = 0.7;

/** What a capital within a word in capitals counts. */
const CAPITALS_WEIGHT = 0.5;
/** Score that is good enough: the first that has it is taken. */
const GOOD_SCORE = 0.9;

const BEYOND_ASCII = /[^\u0000-\u007f]+/gu;
const JAPANESE = /[\u3001-\u30ff\u4e00-\u9fff\uff01-\uff5e]/;
const KANA = /[\u3041-\u30ff]/;
const CYRILLIC = /[\u0400-\u045f]/;

interface Candidate {
  encoding: Encoding;
  /** What the text is made of. */
  usual: RegExp;
  /** What a part of it is made of, in languages that share the rest with others. */
  own?: RegExp;
  /** Whether characters beyond ASCII have two bytes. */
  isWide?: boolean;
  /** Whether they stand alone among those of ASCII. */
  isSparse?: boolean;
}

/** Those that explain least first. */
const CANDIDATES: readonly Candidate[] = [
  { encoding: 'shift_jis', usual: JAPANESE, own: KANA, isWide: true },
  { encoding: 'euc-jp', usual: JAPANESE, own: KANA, isWide: true },
  { encoding: 'euc-kr', usual: /[\uac00-\ud7a3]/, isWide: true },
  { encoding: 'gbk', usual: /[\u4e00-\u9fff\u3001\u3002\uff01-\uff1f]/, isWide: true },
  { encoding: 'windows-1252', usual: /[\u00c0-\u00ff]/, isSparse: true },
  { encoding: 'windows-1251', usual: CYRILLIC },
  { encoding: 'koi8-r', usual: CYRILLIC },
  { encoding: 'ibm866', usual: CYRILLIC },
];

/**
 * The encoding of a text that is no UTF-8, by what of its usual characters comes out; undefined if it is UTF-8 with a few
 * broken bytes, or no encoding explains it.
 * @param sample the first bytes of the text
 */
export function legacyEncoding(sample: Uint8Array): Encoding | undefined {
  const { strange, utf8, high } = countedBytes(sample);
  if (strange < LEAST_STRANGE || utf8 > MOST_UTF8 * strange) {
    return undefined;
  }
  let best: Encoding | undefined;
  let bestScore = LEAST_SCORE;
  for (const candidate of CANDIDATES) {
    const score = scoreOf(candidate, sample, high);
    if (score > bestScore) {
      best = candidate.encoding;
      bestScore = score;
    }
    if (bestScore >= GOOD_SCORE) {
      break;
    }
  }
  return best;
}

/** Bytes beyond ASCII, characters of UTF-8 among them, and bytes that are part of none. */
function countedBytes(sample: Uint8Array): { strange: number; utf8: number; high: number } {
  let strange = 0;
  let utf8 = 0;
  let high = 0;
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i];
    if (byte < 0x80) {
      continue;
    }
    const wanted = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0;
    let following = 0;
    while (following < wanted && (sample[i + 1 + following] & 0xc0) === 0x80) {
      following++;
    }
    const isCharacter = wanted > 0 && (following === wanted || i + 1 + following === sample.length);
    utf8 += isCharacter ? 1 : 0;
    strange += isCharacter ? 0 : 1;
    high += isCharacter ? 1 + following : 1;
    i += isCharacter ? following : 0;
  }
  return { strange, utf8, high };
}

/** How much of what is beyond ASCII is usual in an encoding, at most 1. */
function scoreOf({ encoding, usual, own, isWide, isSparse }: Candidate, sample: Uint8Array, high: number): number {
  let text: string;
  try {
    text = new TextDecoder(encoding).decode(sample);
  } catch {
    // The system has not got it.
    return 0;
  }
  const words = text.match(BEYOND_ASCII) ?? [];
  const length = words.reduce((sum, word) => sum + word.length, 0);
  let beyond = 0;
  let good = 0;
  let owned = 0;
  // A log repeats itself: what stands on each line, such as a level in capitals, says as much as one word.
  for (const word of isSparse === true ? words : new Set(words)) {
    // Words in capitals are few, but in the encoding whose cases are the other way round.
    const ofCapital = word === word.toUpperCase() ? CAPITALS_WEIGHT : 0;
    let before = '';
    for (const character of word) {
      beyond++;
      // Within words most letters are small; where the cases are those of another encoding, most are capitals.
      const isTurned = before !== '' && isCapital(character);
      const isAlone = before === '';
      const fits = usual.test(character) && (isSparse !== true || isAlone);
      good += !fits ? 0 : isTurned ? ofCapital : 1;
      owned += own === undefined || own.test(character) ? 1 : 0;
      before = character;
    }
  }
  const isOther = (isWide === true && length > MOST_CHARACTERS * high) || owned < LEAST_OWN * beyond;
  return beyond === 0 || isOther ? 0 : good / beyond;
}

function isCapital(character: string): boolean {
  return character !== character.toLowerCase();
}
