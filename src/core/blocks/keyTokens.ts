/** A token that might be the key of a session. */
interface KeyToken {
  /** Its kind: form and, where the form alone says too little, what stands before it. Tokens are grouped by it. */
  kind: string;
  key: string;
}

/** Tokens of a record that are looked at. */
const MAX_TOKENS = 48;

const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const IS_UUID = new RegExp(`^${UUID}$`);

/** Between the parts of a kind; no text of a log has it. */
const SEPARATOR = '\x01';

/**
 * The tokens of a text that might be keys, from left to right. Their forms:
 *
 * | form | example | kind |
 * |---|---|---|
 * | name and id | `blk_-123`, `req-1f…` | the name |
 * | UUID | `instance: 5eda3874-…` | the word before it |
 * | hexadecimal, at least 16 digits | `TraceID: 88eb…` | its length and the word before it |
 * | letters and digits, at least 16 | `]  9WHjIQlHS7-RaWIGdJojtA ` | its length and the characters around it |
 * | number | `sshd[24200`, `session=17` | the word before it |
 */
export function keyTokens(text: string): KeyToken[] {
  const tokens: KeyToken[] = [];
  for (const match of text.matchAll(/[A-Za-z0-9][\w-]*/g)) {
    if (tokens.length >= MAX_TOKENS) {
      break;
    }
    const key = match[0];
    if (!/\d/.test(key)) {
      continue;
    }
    const before = wordBefore(text, match.index);
    const named = /^([A-Za-z]{2,20}[_-])(.*\d.*)$/.exec(key);
    let parts: (string | number)[] | undefined;
    if (IS_UUID.test(key)) {
      parts = ['uuid', before];
    } else if (named !== null) {
      parts = ['named', named[1]];
    } else if (/^[0-9a-fA-F]{16,}$/.test(key)) {
      parts = ['hex', before, key.length];
    } else if (/^\d{1,18}$/.test(key)) {
      // Not a part of a decimal, an address or a time.
      const after = text.slice(match.index + key.length, match.index + key.length + 2);
      parts = before === '' || /^[.:]\d/.test(after) ? undefined : ['number', before];
    } else if (key.length >= 16) {
      const left = /[^\w-]{0,3}$/.exec(text.slice(Math.max(0, match.index - 3), match.index))?.[0] ?? '';
      const right = text.slice(match.index + key.length, match.index + key.length + 1);
      parts = ['mixed', left, key.length, right];
    }
    if (parts !== undefined) {
      tokens.push({ kind: parts.join(SEPARATOR), key });
    }
  }
  return tokens;
}

/** The word before a position with the punctuation between, for example `instance: `; empty if there is none. */
function wordBefore(text: string, position: number): string {
  const before = text.slice(Math.max(0, position - 32), position);
  return /[A-Za-z][A-Za-z_.-]*[^A-Za-z0-9]{1,4}$/.exec(before)?.[0] ?? '';
}

/**
 * The session pattern that finds the keys of a kind, and what it is in words.
 * @param kind of {@link keyTokens}
 * @param keys of that kind
 */
export function patternOf(kind: string, keys: readonly string[]): { pattern: string; description: string } {
  const [form, context, length, right] = kind.split(SEPARATOR);
  switch (form) {
    case 'named': {
      const ids = keys.map((key) => key.slice(context.length));
      return { pattern: literal(context) + idPattern(ids), description: `The id that begins with \`${context}\`` };
    }
    case 'uuid':
      return after(context, UUID, 'UUID');
    case 'hex':
      return after(context, `[0-9a-fA-F]{${length}}`, 'hexadecimal id');
    case 'number':
      return after(context, '\\d+', 'number');
    default:
      return {
        pattern: `${literal(context)}([\\w-]{${length}})${literal(right)}`,
        description: `The id of ${length} letters and digits`,
      };
  }
}

function after(context: string, key: string, what: string): { pattern: string; description: string } {
  if (context === '') {
    return { pattern: key, description: `The ${what}` };
  }
  return { pattern: `${literal(context)}(${key})`, description: `The ${what} after \`${context.trim()}\`` };
}

/** The narrowest form that nearly all ids have. */
function idPattern(ids: readonly string[]): string {
  const forms = ['\\d+', '-?\\d+', UUID, '[0-9a-fA-F]+', '\\w+'];
  const fits = (form: string): boolean => {
    const whole = new RegExp(`^${form}$`);
    return ids.filter((id) => whole.test(id)).length >= 0.95 * ids.length;
  };
  return forms.find(fits) ?? '[\\w-]+';
}

/** A pattern for a literal text; runs of blanks may be of any length. */
function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+');
}
