import { UserError } from '../errors/userError';
import { WILDCARD } from '../templates/masking';
import { matchesWildcards } from '../templates/wildcardMatcher';
import type { FindingCause } from './fingerprint';
import { templateText } from './templateText';

const FINGERPRINT = /^[0-9a-f]{16}$/;

/** A template with wildcards has to hold a part of so much text: three letters or digits, or two of a script without cases. */
const SPECIFIC = /[\p{L}\p{N}]{3}|\p{Lo}{2}/u;
/** From this share on of the findings that are suppressed, the note says so. */
const NEARLY_ALL = 0.9;

/** A template as it was copied from a report: reasons have it between quotes, and "…" in it for what varies. */
function withWildcards(entry: string): string {
  const plain = entry.replace(/^(["`])(.*)\1$/s, '$2');
  return /…./s.test(plain) ? plain.replaceAll('…', WILDCARD) : plain;
}

/** Tells which findings a user does not want to be told. */
export class Suppression {
  private readonly fingerprints: ReadonlySet<string>;
  private readonly texts: ReadonlySet<string>;
  private readonly patterns: readonly (readonly string[])[];

  /**
   * @param entries fingerprints, and templates as reports show them, in which `<*>` or "…" stands for any text
   * @param origin where they come from, for the notes
   * @throws SuppressionError if one of them would suppress nearly everything
   */
  constructor(
    entries: readonly string[],
    private readonly origin = 'the settings',
  ) {
    const templates = entries.map((entry) => withWildcards(entry.trim())).filter((entry) => !FINGERPRINT.test(entry));
    const empty = templates.find((template) => template.replaceAll(WILDCARD, '').trim() === '');
    if (empty !== undefined) {
      throw new UserError('suppresses-all', { template: empty });
    }
    const broad = templates.find(
      (template) => template.includes(WILDCARD) && !template.split(WILDCARD).some((text) => SPECIFIC.test(text)),
    );
    if (broad !== undefined) {
      throw new UserError('suppresses-nearly-all', { template: broad, wildcard: WILDCARD });
    }
    this.fingerprints = new Set(entries.map((entry) => entry.trim()).filter((entry) => FINGERPRINT.test(entry)));
    this.texts = new Set(templates.map(templateText));
    this.patterns = templates.filter((text) => text.includes(WILDCARD)).map((text) => text.split(WILDCARD));
  }

  /**
   * What a report says about the findings that were suppressed.
   * @param found those that are anomalous, with the suppressed ones
   */
  note(suppressed: number, found: number): string {
    const note = `${suppressed} of ${found} findings suppressed by ${this.origin}`;
    return suppressed > 0 && suppressed >= NEARLY_ALL * found
      ? `${note}: that is nearly all, so make sure that its templates are not too general`
      : note;
  }

  /** Whether a finding of this cause is suppressed. */
  covers({ template, fingerprint }: FindingCause): boolean {
    return (
      this.fingerprints.has(fingerprint) ||
      this.texts.has(template) ||
      this.patterns.some((literals) => matchesWildcards(literals, template))
    );
  }
}
