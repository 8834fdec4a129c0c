import { CASE_BIT } from '../input/bytes';

/** Severity of a record, a small integer that ascends with its gravity. */
export const UNKNOWN_LEVEL = 0;
export const TRACE = 1;
export const DEBUG = 2;
export const INFO = 3;
export const WARN = 4;
export const ERROR = 5;
export const FATAL = 6;

/** Names of the levels, by their number. */
export const LEVEL_NAMES = ['unknown', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

const WORDS: readonly (readonly [level: number, words: string])[] = [
  [TRACE, 'trace trc finest finer silly'],
  [DEBUG, 'debug dbg dbug debu fine verbose vrb'],
  [INFO, 'info inf information informational notice note config log success ok hint detail statement context'],
  [WARN, 'warn warning wrn warni'],
  [ERROR, 'error err eror erro severe failure fail failed'],
  [FATAL, 'fatal ftl critical crit alert emerg emergency panic'],
];

const LONGEST = 13;
const SLOTS = 512;

/** Words by a hash of their letters; probed linearly and compared in full, so that no text is made of a log's bytes. */
const slotWords: (Uint8Array | undefined)[] = Array.from({ length: SLOTS }, () => undefined);
const slotLevels = new Int32Array(SLOTS);

function addWord(word: string, level: number): void {
  const bytes = new TextEncoder().encode(word);
  let slot = hashOf(bytes, 0, bytes.length) & (SLOTS - 1);
  while (slotWords[slot] !== undefined) {
    slot = (slot + 1) & (SLOTS - 1);
  }
  slotWords[slot] = bytes;
  slotLevels[slot] = level;
}

for (const [level, words] of WORDS) {
  for (const word of words.split(' ')) {
    addWord(word, level);
  }
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let i = start; i < end; i++) {
    hash = Math.imul(hash, 31) + (bytes[i] | CASE_BIT);
  }
  return hash ^ (hash >>> 9);
}

/** The level that the word `bytes[start…end)` names, in upper or lower case; −1 if it is no level word. */
export function levelOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length < 2 || length > LONGEST) {
    return -1;
  }
  let slot = hashOf(bytes, start, end) & (SLOTS - 1);
  for (let word = slotWords[slot]; word !== undefined; word = slotWords[slot]) {
    if (word.length === length && isWord(word, bytes, start)) {
      return slotLevels[slot];
    }
    slot = (slot + 1) & (SLOTS - 1);
  }
  return -1;
}

function isWord(word: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < word.length; i++) {
    // Letters only: 0x20 makes them lower case, and no other byte becomes one by it but those from 0x41 to 0x5a.
    if ((bytes[start + i] | CASE_BIT) !== word[i]) {
      return false;
    }
  }
  return true;
}

/** Levels of single letters, as glog, logcat, MongoDB and Ruby write them: 256 entries, −1 where there is none. */
export const LETTER_LEVELS = Int8Array.from({ length: 256 }, (_, byte) => {
  const index = 'VTDINWEFCA'.indexOf(String.fromCharCode(byte));
  return byte === 0 || index < 0 ? -1 : [TRACE, TRACE, DEBUG, INFO, INFO, WARN, ERROR, FATAL, FATAL, FATAL][index];
});

/** Level of a syslog severity, 0 (emergency) … 7 (debug), as RFC 5424, section 6.2.1, numbers them. */
export function levelOfSeverity(severity: number): number {
  return severity < 0 || severity > 7 ? UNKNOWN_LEVEL : [FATAL, FATAL, FATAL, ERROR, WARN, INFO, INFO, DEBUG][severity];
}
