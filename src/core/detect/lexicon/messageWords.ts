/** Where a message says that there was no trouble: such places count for nothing. */
const NO_TROUBLE =
  /\b(?:0|no|without|zero|free of) (?:\w+ )?(?:errors?|fail(?:ures?|ed|s)?|warnings?|exceptions?|problems?|issues|conflicts?|crash(?:es)?|violations?|vulnerabilit(?:y|ies))\b|\b(?:errors?|fail(?:ed|ures?|s)?|warnings?|exceptions?|problems?|dropped|lost|timeouts?|crash(?:es|ed)?) ?[:=] ?(?:0|none|no|false|null)\b(?![.x])/gi;

/** Options of compilers and programs (`-Werror`, `--fail-fast`): names of what may happen, not words for what did. */
const OPTION = /^--?[A-Za-z]/;

/** Paths, addresses of the web, and files with their line (`src/error.c:12:3`). */
const PATH =
  /^(?:[a-z]:)?[\\/.~]*[\\/]\w|:\/\/|[\\/].*[\\/]|^[\w$-]+(?:\.\w+)*\.[a-z]\w{0,4}(?::\d+)*$|[\w.-]+[\\/][\w.-]+\.\w+/i;

/** Names of exceptions and errors as languages write them, at the end of what may be a qualified name. */
const EXCEPTION = /^(?:[\w$]+[.:]+)*[A-Z][\w$]*(?:Exception|Error|Failure)$/;

/** Names of classes, functions and variables: more than one hump, or parts between `_`, `.` and `::`. */
const NAME = /[a-z\d][A-Z]|\w_\w|\w\.\w|\w::\w|^_+\w/;

/** Beginnings of words that speak of trouble in the logs of any system. */
const TROUBLE =
  /^(?:error|fail|fatal|panic|exception|denied|refus|timeout|abort|crash|invalid|unable|cannot|cant|could?nt|missing|corrupt|lost|unreachable|kill|segfault|segmentation|traceback|critical|severe|illegal|unexpected|dead|overflow|reject|exceeded|broken|bad$|violation|unauthori|forbidden|wrong|undefined|conflict|exhaust|oom$|disconnect|down$|unavailable|unknown|interrupt|assert)/;
const MOST_TROUBLE = 3;

/** Characters read between two spaces: patterns may take the square of it. */
const LONGEST_CHUNK = 200;

const PART = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g;

/**
 * The words of a message by which its gravity is judged, in their order: lower case, without numbers, wildcards, options,
 * paths, and what says that there was no trouble. A part of a name is marked by a point before it (`.error` of
 * `errorHandler`), the name of a field by `=` behind it, since neither says what happened. The name of an exception is
 * the word `exception`. Behind them stands a `!` for each of the first three different words of trouble (`!`, `!!`, `!!!`):
 * what rare ones weigh, which no statement taught, is learned from all of them together.
 */
export function messageWords(text: string): string[] {
  const words: string[] = [];
  for (const chunk of text.replaceAll('<*>', ' ').replace(NO_TROUBLE, ' ').split(/\s+/)) {
    const bare = chunk.slice(0, LONGEST_CHUNK).replace(/^[^\p{L}\d\-_/\\.~]+|[^\p{L}\d_=/\\]+$/gu, '');
    if (bare === '' || OPTION.test(bare)) {
      continue;
    }
    if (EXCEPTION.test(bare)) {
      words.push('exception');
    } else if (!PATH.test(bare)) {
      addWords(words, bare);
    }
  }
  const troubles = new Set(words.filter((word) => TROUBLE.test(word) && !word.endsWith('='))).size;
  for (let i = 1; i <= Math.min(troubles, MOST_TROUBLE); i++) {
    words.push('!'.repeat(i));
  }
  return words;
}

function addWords(words: string[], chunk: string): void {
  for (const [token, name, isField] of chunk.matchAll(/([\p{L}\d_$.:]+(?:['’]\p{L}+)?)(=?)/gu)) {
    if (isField !== '') {
      words.push(`${lettersOf(name)}=`);
    } else if (NAME.test(name)) {
      for (const [part] of token.matchAll(PART)) {
        words.push(`.${part.toLowerCase()}`);
      }
    } else {
      for (const word of name.replace(/['’]/g, '').match(/\p{L}+/gu) ?? []) {
        words.push(word.toLowerCase());
      }
    }
  }
}

function lettersOf(name: string): string {
  return name.replace(/[^\p{L}]/gu, '').toLowerCase();
}
