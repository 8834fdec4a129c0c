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

/** Names of levels, each with its words; those of other languages as their systems write them. */
const NAMES: readonly (readonly [level: number, words: string])[] = [
  [TRACE, 'trace trc finest finer silly'],
  [DEBUG, 'debug dbg dbug debu fine verbose vrb отладка 调试 デバッグ'],
  [INFO, 'info inf inform information informational notice'],
  [INFO, 'infos información informação informazioni сообщение замечание инфо информация 信息 情報 정보'],
  [WARN, 'warn warning wrn warni'],
  [WARN, 'warnung avertissement attention advertencia advertência avvertenza attenzione varning ostrzeżenie uyarı'],
  [WARN, 'предупреждение попередження 警告 경고'],
  [ERROR, 'error err eror erro severe'],
  [ERROR, 'fehler schwerwiegend erreur errore grave błąd hata ошибка помилка 错误 錯誤 严重 エラー 重大 오류 심각'],
  [FATAL, 'fatal ftl critical crit alert emerg emergency panic'],
  [FATAL, 'kritisch panik panique важно паника 致命错误 致命的 致命的エラー 치명적오류'],
];

/** Words that say as much where a level is wanted, but are no names of levels. */
const FURTHER_WORDS: readonly (readonly [level: number, words: string])[] = [
  [INFO, 'note config log success ok hinweis aviso 日志 注意 ログ 로그'],
  // What databases add to the message before, which has the level.
  [DEBUG, 'hint detail statement context tipp zusammenhang anweisung astuce détail contexte instruction detalle'],
  [DEBUG, 'sugerencia contexto sentencia dica detalhe comando suggerimento dettaglio контекст оператор подробности'],
  [DEBUG, 'подсказка 提示 详细信息 语句 上下文 ヒント 詳細 文'],
  [ERROR, 'failure fail failed'],
];

/** Words by which a severity is graded; they are levels only where a field says that it is one. */
const GRADES: readonly (readonly [level: number, words: string])[] = [
  [INFO, 'low'],
  [WARN, 'medium moderate'],
  [ERROR, 'high'],
  [FATAL, 'very-high'],
];

/** Bytes of the longest word in UTF-8. */
const LONGEST = 32;
const SLOTS = 1024;

/** Words by a hash of their letters; probed linearly and compared in full, so that no text is made of a log's bytes. */
const slotWords: (Uint8Array | undefined)[] = Array.from({ length: SLOTS }, () => undefined);
const slotLevels = new Int32Array(SLOTS);
const slotLists = new Uint8Array(SLOTS);
/** The lists of words, by their numbers in {@link slotLists}; behind them come the grades. */
const NAME = 0;
const FURTHER = 1;

function addWord(word: string, level: number, list: number): void {
  const bytes = new TextEncoder().encode(word).map((byte) => byte | CASE_BIT);
  let slot = hashOf(bytes, 0, bytes.length) & (SLOTS - 1);
  while (slotWords[slot] !== undefined) {
    slot = (slot + 1) & (SLOTS - 1);
  }
  slotWords[slot] = bytes;
  slotLevels[slot] = level;
  slotLists[slot] = list;
}

[NAMES, FURTHER_WORDS, GRADES].forEach((words, list) => {
  for (const [level, line] of words) {
    for (const word of line.split(' ')) {
      addWord(word, level, list);
      if (word.toUpperCase() !== word && !/^[a-z]+$/.test(word)) {
        // Beyond ASCII the cases differ by more than a bit.
        addWord(word.toUpperCase(), level, list);
      }
    }
  }
});

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let i = start; i < end; i++) {
    hash = Math.imul(hash, 31) + (bytes[i] | CASE_BIT);
  }
  return hash ^ (hash >>> 9);
}

/** The level that the word `bytes[start…end)` names, in upper or lower case; −1 if it is no level word. */
export function levelOf(bytes: Uint8Array, start: number, end: number): number {
  const slot = slotOf(bytes, start, end);
  return slot < 0 || slotLists[slot] > FURTHER ? -1 : slotLevels[slot];
}

/** The level of a field that is known to say how grave the record is: also by a grade, such as `high`; −1 if it is none. */
export function gradedLevel(bytes: Uint8Array, start: number, end: number): number {
  const slot = slotOf(bytes, start, end);
  return slot < 0 ? -1 : slotLevels[slot];
}

/** The level whose name the word is: stands for one wherever it is met in a header; −1 if it is none. */
export function namedLevel(bytes: Uint8Array, start: number, end: number): number {
  const slot = slotOf(bytes, start, end);
  return slot < 0 || slotLists[slot] !== NAME ? -1 : slotLevels[slot];
}

function slotOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length < 2 || length > LONGEST) {
    return -1;
  }
  let slot = hashOf(bytes, start, end) & (SLOTS - 1);
  for (let word = slotWords[slot]; word !== undefined; word = slotWords[slot]) {
    if (word.length === length && isWord(word, bytes, start)) {
      return slot;
    }
    slot = (slot + 1) & (SLOTS - 1);
  }
  return -1;
}

function isWord(word: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < word.length; i++) {
    // 0x20 makes ASCII letters lower case, and no other byte becomes one by it but those from 0x41 to 0x5a.
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

/** Level of a severity from 0 to 10, as ArcSight's Common Event Format grades it. */
export function levelOfTen(severity: number): number {
  return severity > 10 ? UNKNOWN_LEVEL : severity > 8 ? FATAL : severity > 6 ? ERROR : severity > 3 ? WARN : INFO;
}

/**
 * Level of a status of HTTP: what a server fails in is an error, what it refuses is not.
 * @param hundreds its first digit
 */
export function levelOfStatus(hundreds: number): number {
  return hundreds === 5 ? ERROR : INFO;
}

/** Level of a syslog severity, 0 (emergency) … 7 (debug), as RFC 5424, section 6.2.1, numbers them. */
export function levelOfSeverity(severity: number): number {
  return severity < 0 || severity > 7 ? UNKNOWN_LEVEL : [FATAL, FATAL, FATAL, ERROR, WARN, INFO, INFO, DEBUG][severity];
}
